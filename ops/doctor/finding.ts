/** What looking at a part came to; `not_looked_at` where what it takes was not given, or did not answer. */
export type Result = 'ok' | 'warn' | 'fail' | 'not_looked_at'

/** What was found of one part of an installation and, where it is not well, what to do. No value of a secret is in it. */
export interface Finding {
  check: Check
  result: Result
  says: string
  todo?: string
}

/** The checks, in the order in which they are told. */
export const CHECKS = [
  'settings',
  'placeholders',
  'secrets',
  'database',
  'schema',
  'replica',
  'clock',
  'data keys',
  'index key',
  'signing keys',
  'API keys',
  'floe',
  'lane',
  'outbox',
  'host',
  'sender',
] as const

/** Name of a check. */
export type Check = (typeof CHECKS)[number]

/** Returns the makers of a check's findings. */
export const findingsOf = (check: Check) => ({
  ok: (says: string): Finding => ({ check, result: 'ok', says }),
  warn: (says: string, todo: string): Finding => ({ check, result: 'warn', says, todo }),
  fail: (says: string, todo: string): Finding => ({ check, result: 'fail', says, todo }),
  notLookedAt: (why: string, todo?: string): Finding => ({
    check,
    result: 'not_looked_at',
    says: `not looked at: ${why}`,
    ...(todo !== undefined && { todo }),
  }),
})

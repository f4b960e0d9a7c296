import { describe, expect, test } from 'vitest'
import { shareOf } from '../../core/holdings.ts'
import { lookAtClocks } from '../../ops/doctor/clock.ts'
import { type Finding, findingsOf } from '../../ops/doctor/finding.ts'
import { installationOf } from '../../ops/doctor/installation.ts'
import { exitCodeOf, lines, summary } from '../../ops/doctor/report.ts'
import { lookAtSettings } from '../../ops/doctor/settings.ts'
import { type WrittenVars, writtenVars } from '../../ops/worker-vars.ts'

const KEY = Buffer.alloc(32, 0x5a).toString('base64url')
const SECRETS = {
  TOKEN_KEYS: `1:${KEY}`,
  ACCESS_KEYS: `1:${KEY}`,
  RECEIPT_KEYS: `1:${KEY}`,
  INDEX_KEY: KEY,
  KEY_ENCRYPTION_KEYS: `1:${KEY}`,
  MAIL_URL: 'postmark://hush-hush',
}
const WRITTEN: WrittenVars = {
  ...writtenVars(),
  floe: { ...writtenVars().floe, BASE_URL: 'https://floe.north.co', DATABASE_URL: 'https://db.north.co' },
  'floe-app': {
    ...writtenVars()['floe-app'],
    MAIL_FROM: 'confirm@north.co',
    SECURITY_CONTACT: 'mailto:security@north.co',
  },
}
const found = (written: WrittenVars, env: Record<string, string | undefined> = SECRETS): string[] =>
  lookAtSettings(installationOf(written, env)).map(({ check, result, says }) => `${result} ${check}: ${says}`)
const writing = (worker: keyof WrittenVars, vars: object): WrittenVars => ({
  ...WRITTEN,
  [worker]: { ...WRITTEN[worker], ...vars },
})

describe('settings', () => {
  test('that are whole are in order', () => {
    expect(found(WRITTEN)).toEqual([
      'ok settings: every Worker can read the vars and secrets given',
      'ok placeholders: no var names an example host or address',
      'ok secrets: 6 in the environment, none missing, and none in a file',
    ])
  })

  test.for<[what: string, worker: keyof WrittenVars, vars: object, says: string]>([
    [
      'a var that a Worker would refuse',
      'floe',
      { BASE_URL: 'http://floe.north.co' },
      'fail settings: BASE_URL must be https (RFC 8058 section 3.1); plain http is for this machine only',
    ],
    [
      'a var of one Worker that another contradicts',
      'floe',
      { SENDS_MAIL: 'false' },
      'fail settings: SENDS_MAIL must be false where MAIL_URL is none:, and true otherwise',
    ],
    [
      'an example',
      'floe-app',
      { MAIL_FROM: 'confirm@floe.example.com' },
      'fail placeholders: MAIL_FROM still names an example',
    ],
    [
      'a name that is misspelt',
      'floe',
      { BASE_ULR: 'x' },
      'fail settings: BASE_ULR in wrangler.toml reaches no Worker',
    ],
    [
      'a var in the file of a Worker that may not hold it',
      'floe-lane',
      { BASE_URL: 'https://floe.north.co' },
      'fail settings: BASE_URL in wrangler.lane.toml reaches no Worker',
    ],
    [
      'a secret in a file',
      'floe-app',
      { METRICS_TOKEN: 'hush-hush-hush-hush-hush' },
      'fail secrets: METRICS_TOKEN is a secret and stands in wrangler.app.toml',
    ],
  ])('%s is told', ([, worker, vars, says]) => {
    const told = found(writing(worker, vars))
    expect(told).toContain(says)
    expect(told.join()).not.toContain('hush')
  })

  test('a secret that is malformed is told by its rule, and never by its value', () => {
    const told = found(WRITTEN, { ...SECRETS, TOKEN_KEYS: '1:hush-hush' })
    expect(told[0]).toMatch(/^fail settings: TOKEN_KEYS must be "id:key/)
    expect(told.join()).not.toContain('hush')
  })

  test('secrets that nobody gave are named, and are no fault', () => {
    const { TOKEN_KEYS: _, ...others } = SECRETS
    expect(found(WRITTEN, { ...others, INDEX_KEY: '' })).toEqual([
      'ok settings: every Worker can read the vars and secrets given',
      'ok placeholders: no var names an example host or address',
      'not_looked_at secrets: not looked at: TOKEN_KEYS and INDEX_KEY are not in the environment',
    ])
  })

  test('a var of the environment counts in place of the one that is written, and that is told', () => {
    const BASE_URL = 'https://links.north.co'
    const installation = installationOf(WRITTEN, { ...SECRETS, BASE_URL })
    expect(shareOf('floe', installation.given.floe)).toMatchObject({ BASE_URL })
    expect(found(WRITTEN, { ...SECRETS, BASE_URL })).toContain(
      'warn settings: BASE_URL is taken from the environment; the wrangler files say otherwise',
    )
    expect(found(WRITTEN, { ...SECRETS, BASE_URL: 'https://floe.north.co' })).toHaveLength(3)
  })
})

describe('clocks', () => {
  test.for([
    [0, 'ok'],
    [30_000, 'ok'],
    [-30_000, 'ok'],
    [30_001, 'fail'],
    [-30_001, 'fail'],
  ] as const)('that are %i ms apart are %s', ([aheadMs, result]) => {
    expect(
      lookAtClocks([
        { whose: 'db', aheadMs: 12 },
        { whose: 'floe', aheadMs },
      ]).result,
    ).toBe(result)
  })

  test('are named by how far they are off, and not looked at where nobody has one', () => {
    expect(lookAtClocks([{ whose: 'db.north.co', aheadMs: -312_400 }])).toMatchObject({
      says: 'this machine and others disagree: db.north.co is 312 s behind',
    })
    expect(lookAtClocks([]).result).toBe('not_looked_at')
  })
})

describe('a report', () => {
  const { ok, warn, fail, notLookedAt } = findingsOf('signing keys')
  const finding = fail(
    'Floe does not hold key 1, key 2 of TOKEN_KEYS as it is here, which is a pity',
    'compare it with the vault; give Floe the right one: npm run deploy -- secret TOKEN_KEYS',
  )

  test('hangs in one column at 80', () => {
    expect(lines(finding, 80).split('\n')).toEqual([
      'FAIL  signing keys  Floe does not hold key 1, key 2 of TOKEN_KEYS as it is here,',
      '                    which is a pity',
      '                    → compare it with the vault; give Floe the right one: npm',
      '                      run deploy -- secret TOKEN_KEYS',
    ])
  })

  test('stands below the name of its check at 48', () => {
    expect(lines(finding, 48).split('\n')).toEqual([
      'FAIL  signing keys',
      '      Floe does not hold key 1, key 2 of',
      '      TOKEN_KEYS as it is here, which is a pity',
      '      → compare it with the vault; give Floe the',
      '        right one: npm run deploy -- secret',
      '        TOKEN_KEYS',
    ])
  })

  test.for([20, 48, 60, 80, 200])('breaks nothing at %i columns that could be copied', columns => {
    const host = `${'x'.repeat(70)}.example`
    expect(lines(ok(`${host} answers`), columns)).toContain(host)
  })

  test.for<[findings: Finding[], code: number, last: string]>([
    [[ok('x'), ok('y')], 0, '2 in order; everything was looked at'],
    [[ok('x'), warn('y', 'z')], 0, '1 in order, 1 to watch; everything was looked at'],
    [[ok('x'), notLookedAt('y')], 3, '1 in order; 1 not looked at'],
    [[fail('x', 'z'), notLookedAt('y')], 1, '0 in order, 1 to mend; 1 not looked at'],
  ])('ends with what was found: %j', ([findings, code, last]) => {
    expect([exitCodeOf(findings), summary(findings, 80)]).toEqual([code, last])
  })
})

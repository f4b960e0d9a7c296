/** A Worker, by its name at the platform. */
export type WorkerName = 'floe' | 'floe-app' | 'floe-console' | 'floe-lane'

/** What a Worker is given under one name: a var of its configuration, a secret, or a binding to something of the platform's. */
export interface Holding {
  kind: 'var' | 'secret' | 'binding'
  workers: readonly WorkerName[]
}

const FLOE_AND_APP = ['floe', 'floe-app'] as const
const WITH_DATABASE = ['floe', 'floe-app', 'floe-lane'] as const
const WITH_PAGES = ['floe', 'floe-app', 'floe-console'] as const
const APP = ['floe-app'] as const

/**
 * Every name a Worker can be given, and the Workers that may hold it. A Worker that is given another's does not start: a secret
 * where it does not belong is one more place for it to leak from.
 */
export const HOLDINGS = {
  BASE_URL: { kind: 'var', workers: FLOE_AND_APP },
  DATABASE_URL: { kind: 'var', workers: WITH_DATABASE },
  REPLICA_URLS: { kind: 'var', workers: WITH_DATABASE },
  CLUSTERS: { kind: 'var', workers: WITH_DATABASE },
  SENDER_RATE_UNITS: { kind: 'var', workers: FLOE_AND_APP },
  PUBLIC_RATE_UNITS: { kind: 'var', workers: FLOE_AND_APP },
  SENDS_MAIL: { kind: 'var', workers: FLOE_AND_APP },
  VAULT_URL: { kind: 'var', workers: FLOE_AND_APP },
  VAULT_KEY: { kind: 'var', workers: FLOE_AND_APP },
  VAULT_NAMESPACE: { kind: 'var', workers: FLOE_AND_APP },
  LOG_LEVEL: { kind: 'var', workers: FLOE_AND_APP },
  /** Set for the one deployment in which `floe` takes over from the single Worker, whose secrets are still with it. */
  TAKES_OVER: { kind: 'var', workers: ['floe'] },
  COMMIT: { kind: 'var', workers: WITH_PAGES },
  MAIL_FROM: { kind: 'var', workers: APP },
  SECURITY_CONTACT: { kind: 'var', workers: APP },
  DNS_URL: { kind: 'var', workers: APP },
  REPORTERS: { kind: 'var', workers: APP },
  WEBHOOKS_TO_THIS_MACHINE: { kind: 'var', workers: APP },

  DATABASE_AUTH_TOKEN: { kind: 'secret', workers: WITH_DATABASE },
  CLUSTER_AUTH_TOKENS: { kind: 'secret', workers: WITH_DATABASE },
  TOKEN_KEYS: { kind: 'secret', workers: FLOE_AND_APP },
  INDEX_KEY: { kind: 'secret', workers: FLOE_AND_APP },
  KEY_ENCRYPTION_KEYS: { kind: 'secret', workers: FLOE_AND_APP },
  VAULT_TOKEN: { kind: 'secret', workers: FLOE_AND_APP },
  DATA_KEY: { kind: 'secret', workers: FLOE_AND_APP },
  METRICS_TOKEN: { kind: 'secret', workers: APP },
  ACCESS_KEYS: { kind: 'secret', workers: APP },
  RECEIPT_KEYS: { kind: 'secret', workers: APP },
  MAIL_URL: { kind: 'secret', workers: APP },

  SENDER_RATE: { kind: 'binding', workers: FLOE_AND_APP },
  PUBLIC_RATE: { kind: 'binding', workers: FLOE_AND_APP },
  LANE: { kind: 'binding', workers: WITH_DATABASE },
  READ_LANE: { kind: 'binding', workers: FLOE_AND_APP },
  ASSETS: { kind: 'binding', workers: WITH_PAGES },
  VERSION: { kind: 'binding', workers: WITH_PAGES },
  IDEMPOTENCY: { kind: 'binding', workers: APP },
  APP: { kind: 'binding', workers: ['floe'] },
} as const satisfies Record<string, Holding>

/** Returns the names that a Worker may hold. */
export const namesOf = (worker: WorkerName): string[] =>
  Object.entries<Holding>(HOLDINGS).flatMap(([name, { workers }]) => (workers.includes(worker) ? name : []))

/** Returns the names among a Worker's bindings that only other Workers may hold. */
export function strayNames(worker: WorkerName, given: Readonly<Record<string, unknown>>): string[] {
  const own = namesOf(worker)
  const { TAKES_OVER: takesOver } = given
  // Nobody could take a secret away from the old version, or deploy the new one with it, without refusing clicks meanwhile.
  const isLeft = (kind: Holding['kind']) => worker === 'floe' && takesOver !== undefined && kind === 'secret'
  return Object.entries<Holding>(HOLDINGS).flatMap(([name, { kind }]) =>
    given[name] !== undefined && !own.includes(name) && !isLeft(kind) ? name : [],
  )
}

/** Returns what a Worker may hold of the vars and secrets of all Workers. */
export function shareOf<Value>(
  worker: WorkerName,
  given: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const own = namesOf(worker)
  return Object.fromEntries(Object.entries(given).filter(([name]) => own.includes(name)))
}

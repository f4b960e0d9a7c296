import type { RingCipher, TenantCipher } from '../core/cipher.ts'
import type { Clock } from '../core/clock.ts'
import type { HashMany } from '../core/hash-many.ts'
import type { Ids } from '../core/id.ts'
import type { AddressIndexes, Keyring } from '../core/keys.ts'
import type { LogLevel } from '../core/log.ts'
import type { Mailer } from '../core/mailer.ts'
import type { Database } from '../db/engine/client.ts'
import type { NodeState } from '../db/engine/probe.ts'
import type { TopicOwner } from '../db/topic.ts'
import type { IdempotencyRecords } from './http/idempotency-record.ts'
import type { RateLimits, RatePolicy } from './http/rate-limit.ts'
import type { RuntimeWordsReader } from './http/words.ts'

/** A cluster: a database with its primary, replicas and write lane. */
export interface Cluster {
  /** Its number, the leading part of its tenants' numbers; -1 for a cluster that no setting names. */
  cluster: number
  db: Database
  /** Seals what the rows of its tenants hold, under keys that it keeps itself. */
  cipher: TenantCipher
  /** Asks every node of the cluster how it stands. */
  probe(): Promise<{ primary: NodeState | undefined; replicas: (NodeState | undefined)[] }>
}

/** Everything a verb may need from outside. Its own cluster is the one that the request is about (`cluster/home.ts`). */
export interface Deps extends Cluster {
  baseUrl: string
  /** Every cluster there is, the first one first. */
  clusters: readonly Cluster[]
  /** Stands for a cluster that no setting names; every call to its database fails. */
  unknownCluster: Cluster
  clock: Clock
  ids: Ids
  keyring: Keyring
  /** Signs what opens somebody's data: whoever has the other one opens nothing. */
  accessKeyring: Keyring
  indexes: AddressIndexes
  /** Encrypts what is handed out and comes back, without a look at the database. */
  ring: RingCipher
  /** Whether there is a `DATA_KEY`: what was sealed under it goes with that secret alone, and not on a day. */
  hasFormerKey: boolean
  hashMany: HashMany
  /** The way out for mail; undefined where senders mail confirmations themselves. */
  mailer: Mailer | undefined
  /** From which address confirmations are mailed where a workspace has none of its own. */
  mailFrom: string
  /** Where weaknesses are reported to; undefined where nobody said. */
  securityContact: string | undefined
  /** Where DKIM keys are looked up: a resolver of DNS over HTTPS. */
  dnsUrl: string
  /** Whose signature makes a mail a complaint: domains, or addresses at them. */
  reporters: readonly string[]
  ratePolicy: RatePolicy
  rates: RateLimits
  /** What each network may ask of public routes. */
  publicRates: RateLimits
  site: Fetcher
  /** What is said in the reader's language, beside the pages. */
  words: RuntimeWordsReader
  /** What became of calls that were made under an `Idempotency-Key`. */
  idempotency: IdempotencyRecords
  /** Where a topic belongs, as read so far. */
  topicOwners: Map<number, TopicOwner>
  /** Whose links stand on a host, as asked so far. */
  hosts: Map<string, { workspace: number | undefined; asOf: number }>
  /** Lets a request's afterthought finish when its answer is out. */
  background(work: Promise<unknown>): void
  /** Writes one line about a failure, and the id of its request where it has one. */
  log(event: string, error: unknown, request?: string): void
  /** Writes a line of the log as it is. */
  writeLine(line: string): void
  logLevel: LogLevel
  version: Version
  /** What this isolate is called in what it tells of itself. */
  isolate: string
  /** What opens `/metrics`; undefined where nobody is to read it. */
  metricsToken: string | undefined
}

/** Which Floe this is: the platform's id of what was deployed, and the commit it was built from. */
export interface Version {
  build: string
  commit: string
}

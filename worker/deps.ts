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
  /** Encrypts the contents of its tenants' rows, under data keys stored in the cluster itself. */
  cipher: TenantCipher
  /** Asks every node of the cluster for its state. */
  probe(): Promise<{ primary: NodeState | undefined; replicas: (NodeState | undefined)[] }>
}

/** Everything a verb needs from outside. Its own cluster is the one that the request names (`worker/cluster-of-request.ts`). */
export interface Deps extends Cluster {
  baseUrl: string
  /** Every cluster there is, the first one first. */
  clusters: readonly Cluster[]
  /** Cluster that no setting names; every call to its database fails. */
  unknownCluster: Cluster
  clock: Clock
  ids: Ids
  keyring: Keyring
  /** Signs links and sessions that open a person's data; the other keyring's holder can forge none of them. */
  accessKeyring: Keyring
  indexes: AddressIndexes
  /** Encrypts cursors and remembered answers, without asking the database. */
  ring: RingCipher
  /** Whether a `DATA_KEY` is set. Data sealed under it goes only when that secret goes, not on a date. */
  hasFormerKey: boolean
  hashMany: HashMany
  /** Transport for mail; undefined where senders mail confirmations themselves. */
  mailer: Mailer | undefined
  /** Sender address of confirmations, for workspaces without their own. */
  mailFrom: string
  /** Where to report vulnerabilities; undefined where none is set. */
  securityContact: string | undefined
  /** DNS over HTTPS resolver, for DKIM keys. */
  dnsUrl: string
  /** Domains, or addresses at them, whose DKIM signature makes a mail a complaint. */
  reporters: readonly string[]
  ratePolicy: RatePolicy
  rates: RateLimits
  /** Allowance of each network on public routes. */
  publicRates: RateLimits
  site: Fetcher
  /** Words in the reader's language that are not part of the built pages. */
  words: RuntimeWordsReader
  /** Outcomes of calls made under an `Idempotency-Key`. */
  idempotency: IdempotencyRecords
  /** Owners of topics, cached. */
  topicOwners: Map<number, TopicOwner>
  /** Workspaces by link host, cached. */
  hosts: Map<string, { workspace: number | undefined; asOf: number }>
  /** Keeps the invocation alive until the work is done, after the answer is out. */
  background(work: Promise<unknown>): void
  /** Logs a failure, with its request's id where it has one. */
  log(event: string, error: unknown, request?: string): void
  /** Writes a finished log line. */
  writeLine(line: string): void
  logLevel: LogLevel
  version: Version
  /** Id of this isolate in its metrics and logs. */
  isolate: string
  /** Token that opens `/metrics`; undefined where nobody may read it. */
  metricsToken: string | undefined
}

/** Version of this deployment: the platform's id of it, and the commit it was built from. */
export interface Version {
  build: string
  commit: string
}

import type { RingCipher, TenantCipher } from '../core/cipher.ts'
import type { HashMany } from '../core/hash-many.ts'
import type { AddressIndexes, Keyring } from '../core/keys.ts'
import type { Database } from '../db/engine/client.ts'
import type { NodeState } from '../db/engine/probe.ts'
import type { Services } from './call/services.ts'
import type { Once } from './http/idempotency.ts'
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

/**
 * What features of both Workers share; what one alone needs is in its own `deps.ts`. Its own cluster is the one that the request names
 * (`worker/cluster-of-request.ts`).
 */
export interface Deps extends Omit<Services, 'db'>, Cluster {
  baseUrl: string
  /** Every cluster there is, the first one first. */
  clusters: readonly Cluster[]
  /** Cluster that no setting names; every call to its database fails. */
  unknownCluster: Cluster
  keyring: Keyring
  indexes: AddressIndexes
  hashMany: HashMany
  ratePolicy: RatePolicy
  rates: RateLimits
  /** Allowance of each network on public routes. */
  publicRates: RateLimits
  site: Fetcher
  /** Words in the reader's language that are not part of the built pages. */
  words: RuntimeWordsReader
  /** Runs a call under an `Idempotency-Key`; undefined where no call writes. */
  once?: Once
}

/** What features of `floe-app` share beside that. */
export interface AppDeps extends Deps {
  /** Signs links and sessions that open a person's data; the other keyring's holder can forge none of them. */
  accessKeyring: Keyring
  /** Encrypts cursors and remembered answers, without asking the database. */
  ring: RingCipher
}

/** Services of a verb that needs some of the Worker's own. */
export type Needs<Names extends keyof AppDeps> = Services & Pick<AppDeps, Names>

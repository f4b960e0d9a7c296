import { Fault } from '../../core/fault.ts'
import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import type { BreakerState } from './breaker.ts'
import { writeRequestOf } from './commit.ts'
import type { DatabaseOptions } from './lane-calls.ts'
import type { Freshness, Query } from './query.ts'
import { openRouter, type RoutedAnswer, type Router } from './router.ts'

/** The database, as verbs use it. */
export interface Database {
  /**
   * Runs the queries in one round trip. Throws `database.unavailable`, or `overloaded` where the caller's share of reads is
   * taken; it never guesses an answer.
   */
  read<T extends readonly unknown[]>(
    freshness: Freshness,
    queries: { [K in keyof T]: Query<T[K]> },
  ): Promise<T>
  /**
   * Reads from the nearest copy known to be at most `NEARBY_MS` behind, or as `fresh` where there is none. The answers include
   * everything acknowledged before `asOf` and every denial that is in the write lane's journal alone.
   */
  readNearby<T extends readonly unknown[]>(
    queries: { [K in keyof T]: Query<T[K]> },
  ): Promise<{
    asOf: number
    answers: T
  }>
  /**
   * Applies a batch, whole or not at all, and returns its results. Undefined means acknowledged: stored durably, its denials
   * effective at once, and applied when the database is back. Throws `database.unavailable` when it is neither.
   */
  commit(act: WriteBatch): Promise<StatementResult[] | undefined>
  /**
   * Applies a batch whose results the caller needs; it is never acknowledged without them. Other waiting writes pass one that is
   * `bulk`.
   */
  commit(act: WriteBatch, needs: 'results', bulk?: BulkWriter): Promise<StatementResult[]>
  /** Returns the state of the lane and of each endpoint. */
  health(): Promise<DatabaseHealth>
  /** Returns the same database for a tenant's sender; it reads within that tenant's share of concurrent reads. */
  forTenant(tenant: number): Database
}

/** Whoever writes many large batches one after another, such as an import. */
export interface BulkWriter {
  /** Takes whether other writes came while the last batch was applied; undefined from a lane that does not tell. */
  adapt(othersWaited: boolean | undefined): void
}

/** The lane's status, null when it could not be asked, and the breaker of each endpoint. */
export interface DatabaseHealth {
  lane: LaneStatus | null
  primary: BreakerState
  replicas: BreakerState[]
}

/** The database refused a batch and applied nothing of it. The batch is wrong, or another one came in between. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused'
}

/**
 * Opens the databases of clusters, by their numbers. The database of any other number is always unavailable: a link or key that
 * names it is authentic, and another cluster's answer would be a guess.
 */
export function openDatabases(clusters: ReadonlyMap<number, DatabaseOptions>): (cluster: number) => Database {
  const opened = new Map([...clusters].map(([number, options]) => [number, openDatabase(options)]))
  return cluster => opened.get(cluster) ?? AWAY
}

const away = async (): Promise<never> => {
  throw new Fault({ code: 'database.unavailable' }, { cause: new Error('no setting names its cluster') })
}

const AWAY: Database = {
  read: away,
  readNearby: away,
  commit: away,
  health: async () => ({ lane: null, primary: 'open', replicas: [] }),
  forTenant: () => AWAY,
}

/** Opens the database of a primary, its replicas and the write lane. */
export function openDatabase(options: DatabaseOptions): Database {
  const { lane } = options
  const router: Router = openRouter(options)

  async function commit(
    act: WriteBatch,
    needs?: 'results',
    bulk?: BulkWriter,
  ): Promise<StatementResult[] | undefined> {
    const outcome = await lane
      .commit(writeRequestOf(act, needs === 'results', bulk !== undefined))
      .catch((cause: Error) => ({ ok: false, why: 'unavailable', detail: cause.message }) as const)
    if (outcome.ok) {
      bulk?.adapt(outcome.othersWaited)
      return outcome.results
    }
    if (outcome.why === 'unavailable')
      throw new Fault({ code: 'database.unavailable' }, { cause: new Error(outcome.detail) })
    throw new ActRefused(outcome.detail)
  }

  const as = (tenant?: number): Database => ({
    async read<T extends readonly unknown[]>(
      freshness: Freshness,
      queries: { [K in keyof T]: Query<T[K]> },
    ): Promise<T> {
      return decoded<T>(queries, await router.ask(freshness, queries as readonly Query<unknown>[], tenant))
    },

    async readNearby<T extends readonly unknown[]>(queries: { [K in keyof T]: Query<T[K]> }) {
      const answer = await router.nearby(queries as readonly Query<unknown>[], tenant)
      return { asOf: answer.asOf, answers: decoded<T>(queries, answer) }
    },

    commit: commit as Database['commit'],

    async health() {
      return { lane: await lane.status().catch(() => null), ...router.states() }
    },

    forTenant: as,
  })
  return as()
}

function decoded<T extends readonly unknown[]>(
  queries: { [K in keyof T]: Query<T[K]> },
  { results, pending }: RoutedAnswer,
): T {
  const asked = queries as readonly Query<unknown>[]
  const answers = asked.map((query, i) => query.decode(results[i]!.rows))
  if (!pending.some) return answers as unknown as T
  return asked.map(
    ({ overlayPending: lay }, i) => lay?.(answers[i], pending, answers) ?? answers[i],
  ) as unknown as T
}

import { Fault } from '../../core/fault.ts'
import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import type { BreakerState } from './breaker.ts'
import { writeRequestOf } from './commit.ts'
import type { DatabaseOptions } from './lane-calls.ts'
import type { Freshness, Query } from './query.ts'
import { openRouter, type RoutedAnswer, type Router } from './router.ts'

/** The database, as verbs see it. */
export interface Database {
  /** Runs the queries in one round trip. Throws `database.unavailable`, or `overloaded` where its share of reads is taken; never answers from a guess. */
  read<T extends readonly unknown[]>(
    freshness: Freshness,
    queries: { [K in keyof T]: Query<T[K]> },
  ): Promise<T>
  /**
   * The same of the nearest copy that is known to be at most `NEARBY_MS` behind, and as `fresh` where none is. Everything that was
   * acknowledged before `asOf` is in the answers, and so is whatever is denied in the write lane's journal alone.
   */
  readNearby<T extends readonly unknown[]>(
    queries: { [K in keyof T]: Query<T[K]> },
  ): Promise<{
    asOf: number
    answers: T
  }>
  /**
   * Applies an act, whole or not at all, and returns what it gave. Undefined when it is accepted: kept durably, what it denies in
   * effect at once, and applied when the database is back. Throws `database.unavailable` when it is neither.
   */
  commit(act: WriteBatch): Promise<StatementResult[] | undefined>
  /** The same for an act that is of no use without what it gave: it is never accepted without. */
  commit(act: WriteBatch, needs: 'results'): Promise<StatementResult[]>
  /** Tells how the ways to the database stand. */
  health(): Promise<DatabaseHealth>
  /** The same for a tenant's sender: it reads within that tenant's share of the reads that may be on their way. */
  forTenant(tenant: number): Database
}

/** How the ways to the database stand: the lane's word, null when it could not be asked, and each endpoint's breaker. */
export interface DatabaseHealth {
  lane: LaneStatus | null
  primary: BreakerState
  replicas: BreakerState[]
}

/** The database would not have an act; nothing of it was applied. Either the act is wrong, or another one came in between. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused'
}

/**
 * Opens the databases of clusters, by their numbers. One that is not among them is always away: a link or key that names it is genuine,
 * and another cluster's answer about it would be a guess.
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

/** Opens the database behind a primary, its replicas and the write lane. */
export function openDatabase(options: DatabaseOptions): Database {
  const { lane } = options
  const router: Router = openRouter(options)

  async function commit(act: WriteBatch, needs?: 'results'): Promise<StatementResult[] | undefined> {
    const outcome = await lane
      .commit(writeRequestOf(act, needs === 'results'))
      .catch((cause: Error) => ({ ok: false, why: 'unavailable', detail: cause.message }) as const)
    if (outcome.ok) return outcome.results
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

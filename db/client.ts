import { Fault } from '../worker/core/fault.ts'
import type { Act, Committer } from './commit.ts'
import {
  DatabaseUnreachable,
  type Endpoint,
  run,
  type Statement,
  type StatementResult,
  type Value,
} from './hrana.ts'

/**
 * How new an answer must be. `fresh` asks the primary: checks, and whatever a person just changed.
 * `may-lag` asks the nearest replica, which runs some milliseconds behind, and the primary when that does not answer in time.
 */
export type Freshness = 'fresh' | 'may-lag'

/** A statement that reads, and what its rows mean. */
export interface Query<T> extends Statement {
  decode(rows: Value[][]): T
}

/** The database, as verbs see it. */
export interface Database {
  /** Runs the queries in one round trip. Throws `database.unavailable`; never answers from a guess. */
  read<T extends readonly unknown[]>(
    freshness: Freshness,
    queries: { [K in keyof T]: Query<T[K]> },
  ): Promise<T>
  /** Applies an act, whole or not at all. Throws `database.unavailable` when it is not known to be applied. */
  commit(act: Act): Promise<StatementResult[]>
}

/** The database would not have an act; nothing of it was applied. Either the act is wrong, or another one came in between. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused'
}

const PRIMARY_READ_DEADLINE_MS = 2000
const REPLICA_READ_DEADLINE_MS = 250

/** Opens the database behind a primary, its replicas (nearest first) and the write lane. */
export function openDatabase(primary: Endpoint, replicas: Endpoint[], lane: Committer): Database {
  async function ask(freshness: Freshness, statements: Statement[]): Promise<StatementResult[]> {
    const replica = replicas[0]
    if (freshness === 'may-lag' && replica) {
      try {
        return await run(replica, statements, REPLICA_READ_DEADLINE_MS)
      } catch (error) {
        if (!(error instanceof DatabaseUnreachable)) throw error
      }
    }
    try {
      return await run(primary, statements, PRIMARY_READ_DEADLINE_MS)
    } catch (error) {
      throw error instanceof DatabaseUnreachable ? unavailable(error) : error
    }
  }

  return {
    async read<T extends readonly unknown[]>(
      freshness: Freshness,
      queries: { [K in keyof T]: Query<T[K]> },
    ): Promise<T> {
      const list = queries as readonly Query<unknown>[]
      const results = await ask(
        freshness,
        list.map(({ sql, args }) => ({ sql, args })),
      )
      return list.map((query, i) => query.decode(results[i]!.rows)) as unknown as T
    },

    async commit(act) {
      const outcome = await lane.commit(act)
      if (outcome.ok) return outcome.results
      if (outcome.why === 'unavailable') throw unavailable(new Error(outcome.detail))
      throw new ActRefused(outcome.detail)
    },
  }
}

const unavailable = (cause: Error) => new Fault({ code: 'database.unavailable' }, { cause })

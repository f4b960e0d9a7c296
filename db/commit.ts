import type { Query } from './client.ts'
import {
  type Endpoint,
  run,
  type Statement,
  StatementRefused,
  type StatementResult,
  type Stream,
  transact,
} from './hrana.ts'

/** Everything one verb writes, ledger events included: applied whole or not at all. */
export type Act = Statement[]

/** What became of an act. `refused`: the database would not have it, nothing was applied. `unavailable`: not known to be applied. */
export type Outcome =
  | { ok: true; results: StatementResult[] }
  | { ok: false; why: 'refused' | 'unavailable'; detail: string }

/** The one way a verb's writes reach the database. The write lane implements it. */
export interface Committer {
  commit(act: Act): Promise<Outcome>
}

/** Asks for the number of the last group the database has committed. */
export const lastGroupQuery: Query<number> = {
  sql: 'SELECT committed FROM lane',
  args: [],
  decode: rows => rows[0]![0] as number,
}

/** Returns the number of the last group the database has committed. */
export async function lastGroup(endpoint: Endpoint, deadlineMs: number): Promise<number> {
  const [result] = await run(endpoint, [lastGroupQuery], deadlineMs)
  return lastGroupQuery.decode(result!.rows)
}

/**
 * Applies a group of acts in one transaction, as the group that follows number `group - 1`.
 *
 * The counter turns to NULL, which its column refuses, when another group came in between: then nothing is applied.
 */
export async function commitGroup(
  endpoint: Endpoint,
  group: number,
  acts: Act[],
  deadlineMs: number,
  stream?: Stream,
): Promise<StatementResult[][]> {
  const claim = { sql: 'UPDATE lane SET committed = CASE committed WHEN ?1 - 1 THEN ?1 END', args: [group] }
  const results = await transact(endpoint, [claim, ...acts.flat()], deadlineMs, stream)
  results.shift()
  return acts.map(act => results.splice(0, act.length))
}

/** Whether an error says that the group's number was taken by another group, not that an act was bad. */
export const isOutOfTurn = (error: unknown): boolean =>
  error instanceof StatementRefused && error.message.includes('lane.committed')

import { type Denial, packDenials } from '../../core/write/denial.ts'
import type { LogPosition } from '../../core/write/log-position.ts'
import type { WriteBatch, WriteRequest } from '../../core/write/request.ts'
import type { StatementResult, Wired } from '../../core/write/statement.ts'
import { type Endpoint, run, StatementRefused, type Stream, transact, wired } from './hrana.ts'
import type { Query } from './query.ts'

/** Returns an act as the lane takes it. */
export function writeRequestOf(act: WriteBatch, needsResults = false): WriteRequest {
  const denials: Denial[] = act.flatMap(statement => statement.denies ?? [])
  return { statements: act.map(wired), denials: packDenials(denials), needsResults }
}

/** Asks a copy of the database how far it has come. First in a batch, it says no more than what the rest of the batch saw. */
export const positionQuery: Query<LogPosition> = {
  sql: 'SELECT committed, epoch, at FROM lane',
  args: [],
  decode: rows => {
    const [index, term, at] = rows[0] as [number, number, number]
    return { index, term, at }
  },
}

/** Returns how far a copy of the database has come. */
export async function readPosition(endpoint: Endpoint, deadlineMs: number): Promise<LogPosition> {
  const [result] = await run(endpoint, [positionQuery], deadlineMs)
  return positionQuery.decode(result!.rows)
}

/**
 * Applies statements in one transaction, as the group that follows number `number - 1`.
 *
 * The counter turns to NULL, which its column refuses, when another group came in between: then nothing is applied.
 */
export async function commitGroup(
  endpoint: Endpoint,
  { index, term, at }: LogPosition,
  statements: readonly Wired[],
  deadlineMs: number,
  stream?: Stream,
): Promise<StatementResult[]> {
  const claim = wired({
    sql: 'UPDATE lane SET committed = CASE committed WHEN ?1 - 1 THEN ?1 END, epoch = ?2, at = ?3',
    args: [index, term, at],
  })
  const results = await transact(endpoint, [claim, ...statements], deadlineMs, stream)
  return results.slice(1)
}

/** Whether an error says that the group's number was taken by another group, not that an act was bad. */
export const isOutOfTurn = (error: unknown): boolean =>
  error instanceof StatementRefused && error.message.includes('lane.committed')

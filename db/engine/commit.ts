import { type Denial, packDenials } from '../../core/write/denial.ts'
import type { LogPosition } from '../../core/write/log-position.ts'
import type { WriteBatch, WriteRequest } from '../../core/write/request.ts'
import type { StatementResult, Wired } from '../../core/write/statement.ts'
import { fold, unfold } from './fold.ts'
import { type Endpoint, run, StatementRefused, type Stream, transact, wired } from './hrana.ts'
import type { Query } from './query.ts'

/** Returns a batch as a request to the lane. */
export function writeRequestOf(act: WriteBatch, needsResults = false, isBulk = false): WriteRequest {
  const denials: Denial[] = act.flatMap(statement => statement.denies ?? [])
  const request = { statements: act.map(wired), denials: packDenials(denials), needsResults }
  return isBulk ? { ...request, bulk: true } : request
}

/** Asks a copy of the database for its position. As the first query of a batch it reports no more than the other queries saw. */
export const positionQuery: Query<LogPosition> = {
  sql: 'SELECT committed, epoch, at FROM lane',
  args: [],
  decode: rows => {
    const [index, term, at] = rows[0] as [number, number, number]
    return { index, term, at }
  },
}

/** Returns the position of a copy of the database. */
export async function readPosition(endpoint: Endpoint, deadlineMs: number): Promise<LogPosition> {
  const [result] = await run(endpoint, [positionQuery], deadlineMs)
  return positionQuery.decode(result!.rows)
}

/**
 * Applies statements in one transaction as group `index`, which must follow group `index - 1`.
 *
 * When another group came in between, the counter becomes NULL, which its column refuses: then nothing is applied.
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
  const folded = fold(statements)
  const results = await transact(endpoint, [claim, ...folded.statements], deadlineMs, stream)
  return unfold(results.slice(1), folded)
}

/** Whether an error means that another group took this group's index, rather than that a write was bad. */
export const isOutOfTurn = (error: unknown): boolean =>
  error instanceof StatementRefused && error.message.includes('lane.committed')

import pLimit from 'p-limit'
import { HOUR_MS, MINUTE_MS } from '../../core/clock.ts'
import type { Gate } from '../../core/job.ts'
import type { Statement } from '../../core/write/statement.ts'
import type { Query } from '../../db/engine/query.ts'
import type { Deps } from '../deps.ts'

/** How long whoever tries a mail has it alone, in milliseconds: many times what one try may take. When nothing comes of that, it comes due again. */
export const MAIL_LEASE_MS = 2 * MINUTE_MS
const FIRST_PAUSE_MS = MINUTE_MS
const LONGEST_PAUSE_MS = HOUR_MS
/** Mails in one run, and how long it begins new ones: what is left waits for the next minute. */
const RUN = 200
const RUN_MS = 45_000
/** Mails of one outbox that stand at the gate, so that another one's come in between. */
const AT_A_TIME = 2

/** Mails that are to go out, as rows that say when each is due. */
export interface Outbox<Row extends { ref: Uint8Array }> {
  due(now: number, limit: number): Query<Row[]>
  /** Takes a mail in hand until then, if it is still due when it was found. */
  take(row: Row, until: number): Statement
  /** Sends one and writes down what became of it. Never throws. */
  send(deps: Deps, ref: Uint8Array): Promise<void>
}

/**
 * Sends what is due in an outbox, each mail once: whoever takes one in hand has it alone for two minutes. It is taken when its turn has
 * come and no sooner, so that the lease is not spent on waiting. Throws `database.unavailable`.
 */
export async function sendDue<Row extends { ref: Uint8Array }>(
  deps: Deps,
  gate: Gate,
  { due, take, send }: Outbox<Row>,
): Promise<void> {
  if (!deps.mailer) return
  const stopAt = deps.clock() + RUN_MS
  const [rows] = await deps.db.read('fresh', [due(deps.clock(), RUN)])
  let isAway = false
  const turn = (row: Row) => async () => {
    if (isAway || deps.clock() >= stopAt) return
    const lease = take(row, deps.clock() + MAIL_LEASE_MS)
    const [taken] = await deps.db.commit([lease], 'results').catch(error => {
      isAway = true
      throw error
    })
    if (taken!.affected > 0) await send(deps, row.ref)
  }
  await pLimit(AT_A_TIME).map(rows, row => gate(turn(row)))
}

/** Returns when a mail that could not be sent is due again: later each time, and at most in an hour. */
export const dueAgainAt = (now: number, attempts: number): number =>
  now + Math.min(FIRST_PAUSE_MS * 2 ** attempts, LONGEST_PAUSE_MS)

import pLimit from 'p-limit'
import { HOUR_MS, MINUTE_MS } from '../../core/clock.ts'
import type { Gate } from '../../core/job.ts'
import type { Statement } from '../../core/write/statement.ts'
import type { Query } from '../../db/engine/query.ts'
import type { ActorContext } from '../call/context.ts'
import type { MailDeps } from './deps.ts'

/**
 * Lease on a mail while it is sent, in milliseconds: many times the length of one attempt. A mail whose lease expires is due
 * again.
 */
export const MAIL_LEASE_MS = 2 * MINUTE_MS
const FIRST_PAUSE_MS = MINUTE_MS
const LONGEST_PAUSE_MS = HOUR_MS
/** Mails of one run, and the time after which it begins no more: the rest waits for the next minute. */
const RUN = 200
const RUN_MS = 45_000
/** Mails of one outbox that wait at the gate at once, so that other outboxes get their turn. */
const AT_A_TIME = 2

/** Mails to be sent, as rows that say when each is due. */
export interface Outbox<Row extends { ref: Uint8Array }, D extends MailDeps> {
  due(now: number, limit: number): Query<Row[]>
  /** Leases a mail until then, if it is still due as it was read. */
  take(row: Row, until: number): Statement
  /** Sends a mail and records the outcome. Never throws. */
  send: (floe: ActorContext<D>, ref: Uint8Array) => Promise<void>
}

/**
 * Sends the due mails of an outbox, each once, under a lease of two minutes. The lease is taken when the mail's turn comes,
 * so that waiting does not use it up. Throws `database.unavailable`.
 */
export async function sendDue<Row extends { ref: Uint8Array }, D extends MailDeps>(
  floe: ActorContext<D>,
  gate: Gate,
  { due, take, send }: Outbox<Row, D>,
): Promise<void> {
  if (!floe.mailer) return
  const stopAt = floe.clock() + RUN_MS
  const [rows] = await floe.db.read('fresh', [due(floe.clock(), RUN)])
  let isAway = false
  const turn = (row: Row) => async () => {
    if (isAway || floe.clock() >= stopAt) return
    const lease = take(row, floe.clock() + MAIL_LEASE_MS)
    const [taken] = await floe.db.commit([lease], 'results').catch(error => {
      isAway = true
      throw error
    })
    if (taken!.affected > 0) await send(floe, row.ref)
  }
  await pLimit(AT_A_TIME).map(rows, row => gate(turn(row)))
}

/** Returns when a failed mail is due again: after a pause that doubles, up to an hour. */
export const dueAgainAt = (now: number, attempts: number): number =>
  now + Math.min(FIRST_PAUSE_MS * 2 ** attempts, LONGEST_PAUSE_MS)

import { REQUEST_STATES } from '../core/codes/subscription.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { appendIfChanged } from './event.ts'
import type { RequestRow } from './subscription-request.ts'

/** Always `fresh`. Asks how many mails are due, and since when the oldest is. */
export const mailBacklog = (now: number): Query<{ due: number; oldestAt: number | null }> => ({
  sql: 'SELECT count(*), min(mail_due_at) FROM subscription_request WHERE mail_due_at IS NOT NULL AND mail_due_at <= ?',
  args: [now],
  decode: ([row]) => ({ due: row![0] as number, oldestAt: row![1] as number | null }),
})

/**
 * Leases a mail until `leaseUntil`, if its due time is still the one that was read: of two concurrent runs one sends it, and
 * after a crash it comes due again. Bookkeeping, not a change: it has no ledger event.
 */
export const takeMail = (row: Pick<RequestRow, 'ref' | 'mailDueAt'>, leaseUntil: number): Statement => ({
  sql: `UPDATE subscription_request SET mail_due_at = ?, mail_attempts = mail_attempts + 1
    WHERE ref = ? AND mail_due_at = ? AND state = ${REQUEST_STATES.open}`,
  args: [leaseUntil, row.ref, row.mailDueAt],
})

/** Reschedules a mail that could not be sent for `dueAt`. */
export const mailAgain = (ref: Uint8Array, dueAt: number): Statement => ({
  sql: `UPDATE subscription_request SET mail_due_at = ? WHERE ref = ? AND mail_due_at IS NOT NULL`,
  args: [dueAt, ref],
})

/** Records the outcome of a mail, once; it is due no more. */
export const mailDone = (ref: Uint8Array, entry: LedgerEvent): Statement[] => [
  {
    sql: 'UPDATE subscription_request SET mail_due_at = NULL WHERE ref = ? AND mail_due_at IS NOT NULL',
    args: [ref],
  },
  appendIfChanged(entry),
]

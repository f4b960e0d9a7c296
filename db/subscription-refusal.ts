import { REQUEST_STATES } from '../core/codes/subscription.ts'
import type { LedgerEvent } from '../core/event.ts'
import { REFUSED_MS } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'

/**
 * Always `fresh`. Asks whether a recipient refused a sign-up of a workspace so recently that it may not ask them again at `now`.
 */
export const isRefusing = (
  workspace: About<number>,
  addressId: About<Uint8Array>,
  now: number,
): Query<boolean> => {
  const [at, id] = [subjectOf(workspace), subjectOf(addressId)]
  return {
    sql: `SELECT 1 FROM subscription_request WHERE +workspace = ${at.sql} AND address_id = ${id.sql}
      AND state = ${REQUEST_STATES.refused} AND closed_at > ? LIMIT 1`,
    args: [...at.args, ...id.args, now - REFUSED_MS],
    decode: rows => rows.length > 0,
  }
}

/** Lifts a recipient's refusals at a workspace, with its event, so that it may ask them again. */
export const liftRefusals = (entry: LedgerEvent & { addressId: Uint8Array }): Statement[] => [
  {
    sql: `UPDATE subscription_request SET state = ${REQUEST_STATES.expired} WHERE address_id = ? AND +workspace = ? AND state = ${REQUEST_STATES.refused}`,
    args: [entry.addressId, entry.workspace],
  },
  appendIfChanged(entry),
]

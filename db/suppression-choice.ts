import type { LedgerEvent } from '../worker/core/event.ts'
import { appendIf, appendIfChanged } from './event.ts'
import type { Statement, StatementResult } from './hrana.ts'
import { EXTENDED, type NewSuppression, type SuppressionRow } from './suppression.ts'
import { countRepeat, REPEAT_MS } from './suppression-repeat.ts'

/**
 * Adds what a recipient chose, or renews it: whatever stood already, this is now their last choice in its scope. The ledger has
 * `added` where something changed and `repeated` where it stood already, unless it was told of a repetition there within the hour:
 * then they are counted. The results of the first and the third statement are for `startedBy`.
 */
export const choose = (row: NewSuppression, added: LedgerEvent, repeated: LedgerEvent): Statement[] => {
  const stands = {
    sql: `EXISTS (SELECT 1 FROM suppression WHERE address_id = ? AND scope = ? AND reason = ? AND source = 1
      AND (until IS NULL OR (until > ? AND until >= ?)))`,
    args: [row.addressId, row.scope, row.reason, row.at, row.until],
  }
  return [
    appendIf(added, { ...stands, sql: `NOT ${stands.sql}` }),
    appendIf(repeated, {
      sql: `${stands.sql} AND NOT EXISTS (SELECT 1 FROM suppression_repeat
        WHERE address_id = ? AND scope = ? AND (untold > 0 OR told_at > ?))`,
      args: [...stands.args, row.addressId, row.scope, row.at - REPEAT_MS],
    }),
    {
      // A clock that is behind another's, or the same millisecond, makes no choice an earlier one.
      sql: `INSERT INTO suppression (address_id, scope, reason, source, at, until) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET ${EXTENDED},
          chosen_at = iif(until <= excluded.at, NULL, max(excluded.at, coalesce(chosen_at, at) + 1))
        RETURNING at`,
      args: [row.addressId, row.scope, row.reason, row.source, row.at, row.until],
      denies: [row],
    },
    countRepeat(row, added, repeated),
  ]
}

/** Whether the results of `choose` say that the suppression began with this very act, so that undoing it brings mail back. */
export const startedBy = ([added, , row]: readonly StatementResult[], at: number): boolean =>
  added!.affected > 0 && row!.rows[0]?.[0] === at

/**
 * Takes back what a recipient chose at exactly `doneAt`, with its event, while that was their last choice in its scope: nothing
 * that stood before, nothing that was chosen since, by whomever and for whatever reason.
 */
export const takeBack = (
  {
    addressId,
    scope,
    reason,
    doneAt,
  }: Pick<SuppressionRow, 'addressId' | 'scope' | 'reason'> & { doneAt: number },
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `DELETE FROM suppression WHERE address_id = ?1 AND scope = ?2 AND reason = ?3 AND source = 1 AND at = ?4 AND chosen_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM suppression
        WHERE address_id = ?1 AND scope = ?2 AND reason <> ?3 AND source = 1 AND coalesce(chosen_at, at) >= ?4)`,
    args: [addressId, scope, reason, doneAt],
  },
  appendIfChanged(entry),
]

import { HOUR_MS } from '../core/clock.ts'
import { SCOPE_KINDS } from '../core/codes/scope.ts'
import { SOURCES } from '../core/codes/source.ts'
import { dataText, type EventType, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Statement, StatementResult } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { type Field, fieldsOf, selection } from './engine/selection.ts'
import { appendIfChanged, COLUMNS } from './event.ts'
import {
  EXTENDED_BY_RECIPIENT,
  type NewSuppression,
  type SuppressionRow,
  suppression,
} from './suppression.ts'
import { workspace } from './tenant.ts'

/** Shortest time between two ledger events about the same choice, in milliseconds, per address and scope. */
export const REPEAT_MS = HOUR_MS

/**
 * Adds a recipient's choice, or renews it as the last choice in its scope. The ledger gets `added` where something changed, and
 * otherwise `repeated`, which differs only in id, type and data; a repetition within the hour after the last is only counted.
 * `changedBy` and `startedBy` read the results.
 */
export const choose = (row: NewSuppression, added: LedgerEvent, repeated: LedgerEvent): Statement[] => [
  {
    sql: `INSERT INTO event (${COLUMNS})
      SELECT iif(stands, ?1, ?2), ?3, ?4, ?5, iif(stands, ?6, ?7), ?8, ?9, ?10, iif(stands, ?11, ?12), NULL, iif(stands, ?13, ?14)
      FROM (SELECT EXISTS (SELECT 1 FROM suppression WHERE address_id = ?9 AND scope = ?15 AND reason = ?16 AND source = ${SOURCES.recipient}
        AND (until IS NULL OR (until > ?3 AND until >= ?17))) AS stands)
      WHERE NOT stands OR NOT EXISTS (SELECT 1 FROM suppression WHERE address_id = ?9 AND scope = ?15 AND (untold > 0 OR told_at > ?18))
      RETURNING type`,
    args: [
      ...[repeated.id, added.id, added.at, added.tenant, added.workspace, repeated.type, added.type],
      ...[added.actor, row.addressId, added.subject, dataText(repeated.data), dataText(added.data)],
      ...[leafHash(repeated), leafHash(added), row.scope, row.reason, row.until, row.at - REPEAT_MS],
    ],
  },
  {
    // A slow clock, or an equal millisecond, must not make this choice older than the stored one.
    sql: `INSERT INTO suppression (address_id, scope, reason, source, at, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT DO UPDATE SET ${EXTENDED_BY_RECIPIENT},
        chosen_at = iif(until <= excluded.at, NULL, max(excluded.at, coalesce(chosen_at, at) + 1)),
        (told_at, untold) = (SELECT CASE last WHEN ?7 THEN told_at WHEN ?8 THEN excluded.at ELSE coalesce(told_at, excluded.at) END,
          iif(last IN (?7, ?8), untold, coalesce(untold, 0) + 1)
          FROM (SELECT (SELECT id FROM event WHERE id IN (?7, ?8)) AS last))
      RETURNING at`,
    args: [row.addressId, row.scope, row.reason, row.source, row.at, row.until, added.id, repeated.id],
    denies: [row],
  },
]

/** Whether `choose` changed anything. */
export const changedBy = ([told]: readonly StatementResult[]): boolean =>
  told!.rows[0]?.[0] === ('suppression.added' satisfies EventType)

/** Whether the suppression began with this batch, so that undoing it brings mail back. */
export const startedBy = (results: readonly StatementResult[], at: number): boolean =>
  changedBy(results) && results[1]!.rows[0]?.[0] === at

/**
 * Takes back a choice made at exactly `doneAt`, with its event, if it is still the recipient's last choice in its scope and
 * `allowed` holds. Earlier suppressions and later choices stay, for any reason.
 */
export const takeBack = (
  {
    addressId,
    scope,
    reason,
    doneAt,
  }: Pick<SuppressionRow, 'addressId' | 'scope' | 'reason'> & { doneAt: number },
  entry: LedgerEvent,
  allowed: Pick<Statement, 'sql' | 'args'>,
): Statement[] => [
  {
    sql: `DELETE FROM suppression WHERE address_id = ? AND scope = ? AND reason = ? AND source = ${SOURCES.recipient} AND at = ? AND chosen_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM suppression
        WHERE address_id = ? AND scope = ? AND reason <> ? AND source = ${SOURCES.recipient} AND coalesce(chosen_at, at) >= ?)
      AND ${allowed.sql}`,
    args: [addressId, scope, reason, doneAt, addressId, scope, reason, doneAt, ...allowed.args],
  },
  appendIfChanged(entry),
]

/** A choice repeated in one scope for one reason, and the repetitions that are not yet in the ledger. */
export interface Repeat {
  addressId: Uint8Array
  scope: number
  reason: number
  toldAt: number
  untold: number
  tenant: number
  workspace: number
}

const { addressId, scope, reason, toldAt, untold } = fieldsOf(suppression, 's')
const { tenant, number } = fieldsOf(workspace, 'w')
const REPEAT = selection<Repeat>({
  addressId,
  scope,
  reason,
  // Neither is null where repetitions are counted.
  toldAt: toldAt as Field<number>,
  untold: untold as Field<number>,
  tenant,
  workspace: number,
})

/**
 * Asks for repetitions not in the ledger whose last event is from before `before`, oldest first, one reason per address and
 * scope.
 */
export const repeatsToldBefore = (before: number, limit: number): Query<Repeat[]> => ({
  sql: `SELECT ${REPEAT.list} FROM suppression AS s JOIN workspace AS w
      ON w.number = iif(s.scope % 4 = ${SCOPE_KINDS.workspace}, s.scope / 4, (SELECT workspace FROM topic WHERE number = s.scope / 4))
    WHERE s.untold > 0 AND s.told_at <= ?1 AND NOT EXISTS (SELECT 1 FROM suppression AS o
      WHERE o.address_id = s.address_id AND o.scope = s.scope AND o.reason <> s.reason
        AND (o.told_at > ?1 OR (o.untold > 0 AND (o.told_at, o.reason) < (s.told_at, s.reason))))
    ORDER BY s.told_at LIMIT ?2`,
  args: [before, limit],
  decode: REPEAT.rows,
})

/**
 * Writes the number of repetitions to the ledger; nothing where another came in between, since they are then written together.
 */
export const tellRepeat = (repeat: Repeat, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE suppression SET told_at = ?, untold = NULL
      WHERE address_id = ? AND scope = ? AND reason = ? AND told_at = ? AND untold = ?`,
    args: [entry.at, repeat.addressId, repeat.scope, repeat.reason, repeat.toldAt, repeat.untold],
  },
  appendIfChanged(entry),
]

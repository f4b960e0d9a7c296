import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { fromHex, toHex } from '../core/bytes.ts'
import { HOUR_MS } from '../core/clock.ts'
import { SCOPE_KINDS } from '../core/codes/scope.ts'
import { SOURCES } from '../core/codes/source.ts'
import { dataText, LEAF_BYTES, type LedgerEvent, leafHashes, leafText } from '../core/event.ts'
import type { HashMany } from '../core/hash-many.ts'
import type { Statement, StatementResult } from '../core/write/statement.ts'
import { FOLDABLE, foldableRow } from './engine/fold.ts'
import type { Query } from './engine/query.ts'
import { type Field, fieldsOf, selection } from './engine/selection.ts'
import { appendIfChanged } from './event.ts'
import type { Left } from './subscription.ts'
import { type NewSuppression, type SuppressionRow, suppression } from './suppression.ts'
import { workspace } from './tenant.ts'

/** Shortest time between two ledger events about the same choice, in milliseconds, per address and scope. */
export const REPEAT_MS = HOUR_MS

/** A recipient's stop, as the ledger is told of it: at first, or again, and of the consent that it ends. */
export interface StopRecord {
  row: NewSuppression
  added: LedgerEvent
  repeated: LedgerEvent
  /** The end of the subscriptions that it covers; undefined where it ends none. */
  withdrawn?: { left: Left; entry: LedgerEvent }
}

/** The outcome of a stop. */
export interface StopOutcome {
  /** Whether the suppression was not there before, or lasts longer now. */
  changed: boolean
  /** Whether the suppression began with this act, so that undoing it brings mail back. */
  started: boolean
  /** Whether a subscription ended. */
  withdrew: boolean
  /** Address ids that replaced the recipient's. */
  successors: Uint8Array[]
}

const POSTED = `INSERT INTO posted_stop SELECT key, value ${FOLDABLE}
  RETURNING place, EXISTS (SELECT 1 FROM event WHERE id = unhex(stop ->> 1)),
  (SELECT at FROM suppression WHERE address_id = unhex(stop ->> 0) AND scope = stop ->> 3 AND reason = stop ->> 4) = stop ->> 5,
  EXISTS (SELECT 1 FROM event WHERE id = unhex(stop ->> 2)),
  (SELECT group_concat(hex(address_id)) FROM succession WHERE former_id = unhex(stop ->> 0))`

/**
 * Adds a recipient's choice, or renews it as the last choice in its scope. The ledger gets `added` where something changed, and
 * otherwise `repeated`, which differs only in id, type and data; a repetition within the hour after the last is only counted. It also
 * ends the subscriptions it covers. `stopOutcome` reads the result. Its order of values is that of the trigger `posted_stop_is_read`.
 */
export function stop({ row, added, repeated, withdrawn }: StopRecord, hashMany: HashMany): Statement {
  const entries = [added, repeated, ...(withdrawn ? [withdrawn.entry] : [])]
  const data = entries.map(entry => dataText(entry.data))
  const leaves = leafHashes(
    hashMany,
    entries.map((entry, i) => leafText(entry, data[i])),
  )
  const leaf = (i: number) => toHex(leaves.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES))
  const left = withdrawn?.left
  const values = [
    ...[toHex(row.addressId), toHex(added.id), withdrawn ? toHex(withdrawn.entry.id) : null],
    ...[row.scope, row.reason, row.at, row.until],
    ...[added.at, added.tenant, added.workspace, added.actor, added.subject],
    ...[row.at - REPEAT_MS, left && 'topic' in left ? left.topic : null],
    ...[data[0]!, leaf(0), toHex(repeated.id), data[1]!, leaf(1)],
    ...(withdrawn ? [data[2]!, leaf(2)] : [null, null]),
  ]
  return { sql: POSTED, args: [foldableRow(values)], denies: [row] }
}

/** Whether a statement is a stop. */
export const isStop = ({ sql }: Statement): boolean => sql === POSTED

/** Reads the result of a stop. */
export function stopOutcome({ rows: [row] }: StatementResult): StopOutcome {
  const [, changed, since, withdrew, successors] = row!
  return {
    changed: changed === 1,
    started: changed === 1 && since === 1,
    withdrew: withdrew === 1,
    successors:
      typeof successors === 'string' ? successors.split(',').map(id => fromHex(id, ADDRESS_ID_BYTES)!) : [],
  }
}

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

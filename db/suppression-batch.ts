import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { SOURCES } from '../core/codes/source.ts'
import { dataText, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import {
  CHOSEN_ELSEWHERE,
  EXTEND,
  extendAndBindAt,
  type NewSuppression,
  type SuppressionRow,
  undoable,
} from './suppression.ts'

/** A suppression to add, with its event. */
export interface SuppressionRecord {
  row: NewSuppression
  entry: LedgerEvent
}

const EVENT_ID_BYTES = 16
const LEAF_BYTES = 32
const AT_DIGITS = 13
const SUBJECT_BYTES = 28
const WIDTH = ADDRESS_ID_BYTES + EVENT_ID_BYTES + LEAF_BYTES + AT_DIGITS + SUBJECT_BYTES

/** Returns the SQL for the part at `offset` of the n-th record of the packed list. */
const part = (offset: number, length: number, width = WIDTH) =>
  `substr(?1, n.i * ${width} + ${offset + 1}, ${length})`
const ADDRESS_ID = part(0, ADDRESS_ID_BYTES)
const EVENT_ID = part(ADDRESS_ID_BYTES, EVENT_ID_BYTES)
const LEAF = part(ADDRESS_ID_BYTES + EVENT_ID_BYTES, LEAF_BYTES)
const AT = `CAST(CAST(${part(ADDRESS_ID_BYTES + EVENT_ID_BYTES + LEAF_BYTES, AT_DIGITS)} AS TEXT) AS INTEGER)`
const SUBJECT = `CAST(${part(WIDTH - SUBJECT_BYTES, SUBJECT_BYTES)} AS TEXT)`
const KINDS = `WITH kind AS MATERIALIZED (
    SELECT value->>0 AS first, value->>1 AS last, value->>2 AS scope, value->>3 AS reason, value->>4 AS until, value->>5 AS head, value->>6 AS tail
    FROM json_each(?2))`
/** Returns, as SQL, whether the n-th record would add or extend a row of `s`, and none that is there says as much. */
const isNew = (table: string, addressId: string, sameAndFinal: string, source: string) =>
  `NOT EXISTS (SELECT 1 FROM ${table} AS s WHERE s.address_id = ${addressId} ${sameAndFinal} AND s.reason = k.reason
          AND (s.until IS NULL OR (k.until IS NOT NULL AND s.until >= k.until)) AND (${source} <> ${SOURCES.recipient} OR s.source = ${SOURCES.recipient}))`
/** Returns, as SQL, whether a tenant's row is of the record's scope, cannot be lifted by an undo, and stays whose word it is. */
const inTenant = (tenant: string, source: string) =>
  `AND s.scope = k.scope AND NOT (${undoable('s', '?3', source, tenant)})
          AND NOT (${source} = ${SOURCES.import} AND s.source = ${SOURCES.sender} AND s.reason IN (${CHOSEN_ELSEWHERE}))`
const FROM = 'FROM kind AS k CROSS JOIN number AS n ON n.i BETWEEN k.first AND k.last'
const DATA = `iif(k.tail IS NULL, k.head, k.head || ${AT} || k.tail)`

/**
 * Adds up to 10,000 suppressions of one actor at one time, no two for the same address, scope and reason, in two statements. The
 * first appends an event for each suppression that is added or extended, and returns their ids with `returning`.
 *
 * Fields that differ from row to row travel as one packed list; those that many rows share (scope, reason, end) travel once per
 * kind. So the statement's text does not depend on the number of rows, and the list has the table's order
 * (decision 0003). Those of an import that was undone, by its workspace and name, are not added.
 */
export function suppressMany(
  list: readonly SuppressionRecord[],
  target: 'tenant' | 'platform',
  { returning = '', of }: { returning?: '' | 'RETURNING id'; of?: { workspace: number; name: string } } = {},
): Statement[] {
  const { packed, kinds } = pack(list)
  const { row, entry } = list[0]!
  const place = of ? [of.workspace, of.name] : []
  const stands = (workspace: string, name: string) =>
    of
      ? `AND NOT EXISTS (SELECT 1 FROM import WHERE workspace = ${workspace} AND name = ${name} AND undone_at IS NOT NULL)`
      : ''
  const [table, scope, sameAndFinal, extend] =
    target === 'platform'
      ? ['platform_suppression', ['', ''], '', EXTEND]
      : ['suppression', ['scope, ', 'k.scope, '], inTenant('?4', '?8'), extendAndBindAt('?4', '?5')]
  return [
    {
      sql: `${KINDS} INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
        SELECT ${EVENT_ID}, ?3, ?4, ?5, ?6, ?7, ${ADDRESS_ID}, ${SUBJECT}, ${DATA}, ${LEAF} ${FROM}
        WHERE ${isNew(table, ADDRESS_ID, sameAndFinal, '?8')} ${stands('?9', '?10')} ${returning}`,
      args: [
        packed,
        kinds,
        entry.at,
        entry.tenant,
        entry.workspace,
        entry.type,
        entry.actor,
        row.source,
        ...place,
      ],
    },
    {
      sql: `${KINDS} INSERT INTO ${table} (address_id, ${scope[0]}reason, source, at, until)
        SELECT ${ADDRESS_ID}, ${scope[1]}k.reason, ?3, ${AT}, k.until ${FROM} WHERE true ${stands('?6', '?7')} ${extend}`,
      args: [packed, kinds, row.source, ...(target === 'platform' ? [] : [entry.at, entry.tenant]), ...place],
      denies: list.map(records => records.row),
    },
  ]
}

/**
 * Always `fresh`. Asks how many of a list of a tenant's suppressions `suppressMany` would add or extend: it has the same list and
 * the same condition, and writes nothing.
 */
export function countNew(list: readonly SuppressionRecord[]): Query<number> {
  const { kinds, sorted } = byKind(list)
  const packed = new Uint8Array(sorted.length * ADDRESS_ID_BYTES)
  for (const [i, { row }] of sorted.entries()) packed.set(row.addressId, i * ADDRESS_ID_BYTES)
  const { row, entry } = list[0]!
  const addressId = part(0, ADDRESS_ID_BYTES, ADDRESS_ID_BYTES)
  return {
    sql: `${KINDS} SELECT count(*) ${FROM} WHERE ${isNew('suppression', addressId, inTenant('?4', '?5'), '?5')}`,
    args: [packed, kinds, entry.at, entry.tenant, row.source],
    decode: rows => rows[0]![0] as number,
  }
}

/** A suppression as it was found, with the event of its lifting. */
export interface LiftedRecord {
  row: Pick<SuppressionRow, 'addressId' | 'scope' | 'reason' | 'at' | 'until'>
  entry: LedgerEvent
}

/**
 * Lifts up to 10,000 imported suppressions of which nobody was told anything since the event `asOf`, no two the same, with their
 * events, in two statements. The first one's number of changes is the number of those lifted.
 */
export function liftImported(list: readonly LiftedRecord[], asOf: number): Statement[] {
  const { packed, kinds } = pack(list)
  const { entry } = list[0]!
  return [
    {
      sql: `${KINDS} INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
        SELECT ${EVENT_ID}, ?3, ?4, ?5, ?6, ?7, ${ADDRESS_ID}, ${SUBJECT}, k.head, ${LEAF} ${FROM}
        JOIN suppression AS s ON s.address_id = ${ADDRESS_ID} AND s.scope = k.scope AND s.reason = k.reason
        WHERE s.source = ${SOURCES.import} AND s.at = ${AT} AND s.until IS k.until AND s.chosen_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM event AS e INDEXED BY event_by_address WHERE e.address_id = ${ADDRESS_ID} AND e.seq > ?8)`,
      args: [packed, kinds, entry.at, entry.tenant, entry.workspace, entry.type, entry.actor, asOf],
    },
    {
      sql: `${KINDS} DELETE FROM suppression WHERE (address_id, scope, reason) IN
        (SELECT ${ADDRESS_ID}, k.scope, k.reason ${FROM} WHERE EXISTS (SELECT 1 FROM event WHERE id = ${EVENT_ID}))`,
      args: [packed, kinds],
    },
  ]
}

/** Packs the records of a list, kind by kind, and each kind by address id. A kind gives its first and last index. */
function pack(list: readonly (SuppressionRecord | LiftedRecord)[]): { packed: Uint8Array; kinds: string } {
  const { kinds, sorted } = byKind(list)
  const packed = new Uint8Array(sorted.length * WIDTH)
  for (const [i, { row, entry }] of sorted.entries()) {
    let offset = i * WIDTH
    for (const bytes of [
      row.addressId,
      entry.id,
      leafHash(entry),
      encoder.encode(String(row.at).padStart(AT_DIGITS, '0')),
      encoder.encode(entry.subject),
    ]) {
      packed.set(bytes, offset)
      offset += bytes.length
    }
  }
  return { packed, kinds }
}

const encoder = new TextEncoder()

/** Sorts the records by kind, and each kind by address id. A kind gives its first and last index. */
function byKind<R extends SuppressionRecord | LiftedRecord>(
  list: readonly R[],
): { kinds: string; sorted: R[] } {
  const groups = new Map<string, R[]>()
  for (const records of list) {
    const { scope, reason, until } = records.row
    const name = `${scope} ${reason} ${until} ${SINCE in records.entry.data}`
    const group = groups.get(name)
    if (group) group.push(records)
    else groups.set(name, [records])
  }
  const sorted: R[] = []
  const kinds = [...groups.values()].map(group => {
    const { row, entry } = group[0]!
    const first = sorted.length
    sorted.push(...group.sort((a, b) => order(a.row.addressId) - order(b.row.addressId)))
    return [first, sorted.length - 1, row.scope, row.reason, row.until, ...aroundSince(entry.data)]
  })
  return { kinds: JSON.stringify(kinds), sorted }
}

const SINCE = 'since'

/** Returns the text of an event's data before and behind the time of its row, which it says where that is not its own. */
function aroundSince(data: LedgerEvent['data']): [string, string | null] {
  const text = dataText(data)
  if (!(SINCE in data)) return [text, null]
  const at = text.indexOf(`"${SINCE}":`) + SINCE.length + 3
  return [text.slice(0, at), text.slice(at + String(data[SINCE]).length)]
}

/** Returns the first 32 bits of an id: close enough to the table's order that neighbours share a page. */
const order = (id: Uint8Array): number => ((id[0]! << 24) | (id[1]! << 16) | (id[2]! << 8) | id[3]!) >>> 0

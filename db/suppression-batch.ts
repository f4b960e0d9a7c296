import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { concatBytes } from '../core/bytes.ts'
import { SOURCES } from '../core/codes/source.ts'
import { dataText, LEAF_BYTES, type LedgerEvent, leafHashes, leafText } from '../core/event.ts'
import { HashMany } from '../core/hash-many.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { standsAt } from './import.ts'
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
const AT_DIGITS = 13
const SUBJECT_BYTES = 28
const WIDTH = ADDRESS_ID_BYTES + EVENT_ID_BYTES + LEAF_BYTES + AT_DIGITS + SUBJECT_BYTES

/** Bytes of a record of which only the row is added, whose event is there: a line of an import costs what is sent of it. */
const ROW_WIDTH = ADDRESS_ID_BYTES + AT_DIGITS

/** Returns the SQL for the part at `offset` of the n-th record of the packed list. */
const part = (offset: number, length: number, width = WIDTH) =>
  `substr(?1, n.i * ${width} + ${offset + 1}, ${length})`
const ADDRESS_ID = part(0, ADDRESS_ID_BYTES)
const EVENT_ID = part(ADDRESS_ID_BYTES, EVENT_ID_BYTES)
const LEAF = part(ADDRESS_ID_BYTES + EVENT_ID_BYTES, LEAF_BYTES)
const number = (digits: string) => `CAST(CAST(${digits} AS TEXT) AS INTEGER)`
const AT = number(part(ADDRESS_ID_BYTES + EVENT_ID_BYTES + LEAF_BYTES, AT_DIGITS))
const SUBJECT = `CAST(${part(WIDTH - SUBJECT_BYTES, SUBJECT_BYTES)} AS TEXT)`
const ROW_ADDRESS_ID = part(0, ADDRESS_ID_BYTES, ROW_WIDTH)
const ROW_AT = number(part(ADDRESS_ID_BYTES, AT_DIGITS, ROW_WIDTH))
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

/** The import that brought a list, by its workspace and name, and the bytes between which the list stands in it. */
export interface ImportStep {
  workspace: number
  name: string
  from: number
  to: number
}

/** How a list is added: with what its leaves are hashed, what is returned of its events, and which import brought it. */
interface Adding {
  hashMany?: HashMany
  returning?: '' | 'RETURNING id'
  of?: ImportStep
}

const ONE_BY_ONE = new HashMany()

/**
 * Adds up to 10,000 suppressions of one actor at one time, no two for the same address, scope and reason, in two statements. The
 * first appends an event for each suppression that is added or extended, and returns their ids with `returning`.
 *
 * Fields that differ from row to row travel as one packed list; those that many rows share (scope, reason, end) travel once per
 * kind. So the statement's text does not depend on the number of rows, and the list has the table's order
 * (decision 0003). Those of an import are added where it stands at the list's first byte and is not undone, and `advanceImport` is between
 * the two statements: another upload of its name, which was sooner, has taken these lines or will.
 */
export function suppressMany(
  list: readonly SuppressionRecord[],
  target: 'tenant' | 'platform',
  { hashMany = ONE_BY_ONE, returning = '', of }: Adding = {},
): Statement[] {
  const { packed, rows, kinds } = pack(list, hashMany)
  const { row, entry } = list[0]!
  const place = (offset: 'from' | 'to') => (of ? [of.workspace, of.name, of[offset]] : [])
  // The last batch ends the import between the two statements.
  const stands = (...where: Parameters<typeof standsAt>) => (of ? `AND ${standsAt(...where)}` : '')
  const [table, scope, sameAndFinal, extend] =
    target === 'platform'
      ? ['platform_suppression', ['', ''], '', EXTEND]
      : ['suppression', ['scope, ', 'k.scope, '], inTenant('?4', '?8'), extendAndBindAt('?4', '?5')]
  return [
    {
      sql: `${KINDS} INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
        SELECT ${EVENT_ID}, ?3, ?4, ?5, ?6, ?7, ${ADDRESS_ID}, ${SUBJECT}, ${DATA}, ${LEAF} ${FROM}
        WHERE ${isNew(table, ADDRESS_ID, sameAndFinal, '?8')} ${stands('?9', '?10', '?11', 'AND done_at IS NULL')} ${returning}`,
      args: [
        packed,
        kinds,
        entry.at,
        entry.tenant,
        entry.workspace,
        entry.type,
        entry.actor,
        row.source,
        ...place('from'),
      ],
    },
    {
      sql: `${KINDS} INSERT INTO ${table} (address_id, ${scope[0]}reason, source, at, until)
        SELECT ${ROW_ADDRESS_ID}, ${scope[1]}k.reason, ?3, ${ROW_AT}, k.until ${FROM} WHERE true ${stands('?6', '?7', '?8')} ${extend}`,
      args: [
        rows,
        kinds,
        row.source,
        ...(target === 'platform' ? [] : [entry.at, entry.tenant]),
        ...place('to'),
      ],
      denies: list.map(records => records.row),
    },
  ]
}

/**
 * Always `fresh`. Asks how many of a list of a tenant's suppressions `suppressMany` would add or extend: it has the same list and
 * the same condition, and writes nothing.
 */
export function countNew(list: readonly SuppressionRecord[]): Query<number> {
  const kinds = byKind(list)
  const packed = concatBytes(kinds.flatMap(({ records }) => records.map(({ row }) => row.addressId)))
  const { row, entry } = list[0]!
  const addressId = part(0, ADDRESS_ID_BYTES, ADDRESS_ID_BYTES)
  return {
    sql: `${KINDS} SELECT count(*) ${FROM} WHERE ${isNew('suppression', addressId, inTenant('?4', '?5'), '?5')}`,
    args: [packed, textOf(kinds), entry.at, entry.tenant, row.source],
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
  const { packed, kinds } = pack(list, ONE_BY_ONE)
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

/** Records of one scope, reason and end, by address id. The text of their facts differs in the time between `head` and `tail`. */
interface Kind<R> {
  records: R[]
  head: string
  tail: string | null
}

/** Packs the records of a list, kind by kind, with their events and without. A kind gives its first and last index. */
function pack(
  list: readonly (SuppressionRecord | LiftedRecord)[],
  hashMany: HashMany,
): { packed: Uint8Array; rows: Uint8Array; kinds: string } {
  const kinds = byKind(list)
  const texts: string[] = []
  for (const { records, head, tail } of kinds)
    for (const { row, entry } of records)
      texts.push(leafText(entry, tail === null ? head : head + row.at + tail))
  const leaves = leafHashes(hashMany, texts)
  const packed = new Uint8Array(list.length * WIDTH)
  const rows = new Uint8Array(list.length * ROW_WIDTH)
  let [at, leaf, rowAt] = [0, 0, 0]
  // The loops copy byte by byte: for a dozen bytes a view costs more than the copy.
  const put = (bytes: Uint8Array) => {
    for (let i = 0; i < bytes.length; i++) packed[at++] = bytes[i]!
  }
  const putAscii = (text: string) => {
    for (let i = 0; i < text.length; i++) packed[at++] = text.charCodeAt(i)
  }
  for (const { records } of kinds)
    for (const { row, entry } of records) {
      put(row.addressId)
      put(entry.id)
      for (const end = leaf + LEAF_BYTES; leaf < end; ) packed[at++] = leaves[leaf++]!
      putAscii(String(row.at).padStart(AT_DIGITS, '0'))
      for (let i = 0; i < ADDRESS_ID_BYTES; i++) rows[rowAt++] = row.addressId[i]!
      for (let i = AT_DIGITS; i > 0; i--) rows[rowAt++] = packed[at - i]!
      putAscii(entry.subject)
    }
  return { packed, rows, kinds: textOf(kinds) }
}

/** Parts the records by kind, and sorts each kind by address id. */
function byKind<R extends SuppressionRecord | LiftedRecord>(list: readonly R[]): Kind<R>[] {
  const groups = new Map<string, R[]>()
  for (const records of list) {
    const { scope, reason, until } = records.row
    const name = `${scope} ${reason} ${until} ${SINCE in records.entry.data}`
    const group = groups.get(name)
    if (group) group.push(records)
    else groups.set(name, [records])
  }
  return [...groups.values()].map(records => {
    const [head, tail] = aroundSince(records[0]!.entry.data)
    return { records: records.sort((a, b) => order(a.row.addressId) - order(b.row.addressId)), head, tail }
  })
}

function textOf(kinds: readonly Kind<SuppressionRecord | LiftedRecord>[]): string {
  let first = 0
  return JSON.stringify(
    kinds.map(({ records, head, tail }) => {
      const { scope, reason, until } = records[0]!.row
      const last = first + records.length - 1
      const kind = [first, last, scope, reason, until, head, tail]
      first = last + 1
      return kind
    }),
  )
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

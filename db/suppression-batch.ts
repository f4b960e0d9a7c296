import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { SOURCES } from '../core/codes/source.ts'
import { dataText, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import { EXTEND, EXTEND_AND_BIND, type NewSuppression, undoable } from './suppression.ts'

/** A suppression to add, with its event. */
export interface SuppressionRecord {
  row: NewSuppression
  entry: LedgerEvent
}

const EVENT_ID_BYTES = 16
const LEAF_BYTES = 32
const SUBJECT_BYTES = 28
const WIDTH = ADDRESS_ID_BYTES + EVENT_ID_BYTES + LEAF_BYTES + SUBJECT_BYTES

/** Returns the SQL for the part at `offset` of the n-th record of the packed list. */
const part = (offset: number, length: number) => `substr(?1, n.i * ${WIDTH} + ${offset + 1}, ${length})`
const ADDRESS_ID = part(0, ADDRESS_ID_BYTES)
const EVENT_ID = part(ADDRESS_ID_BYTES, EVENT_ID_BYTES)
const LEAF = part(ADDRESS_ID_BYTES + EVENT_ID_BYTES, LEAF_BYTES)
const SUBJECT = `CAST(${part(WIDTH - SUBJECT_BYTES, SUBJECT_BYTES)} AS TEXT)`
const KINDS = `WITH kind AS MATERIALIZED (
    SELECT value->>0 AS first, value->>1 AS last, value->>2 AS scope, value->>3 AS reason, value->>4 AS until, value->>5 AS data
    FROM json_each(?2))`
const FROM = 'FROM kind AS k CROSS JOIN number AS n ON n.i BETWEEN k.first AND k.last'

/**
 * Adds up to 10,000 suppressions of one actor at one time, no two for the same address, scope and reason, in two statements. The
 * first appends an event for each suppression that is added or extended, and returns their ids with `returning`.
 *
 * Fields that differ from row to row travel as one packed list; those that many rows share (scope, reason, end) travel once per
 * kind. So the statement's text does not depend on the number of rows, and the list has the table's order
 * (decision 0003).
 */
export function suppressMany(
  list: readonly SuppressionRecord[],
  target: 'tenant' | 'platform',
  returning: '' | 'RETURNING id' = '',
): Statement[] {
  const { kinds, sorted } = byKind(list)
  const packed = new Uint8Array(sorted.length * WIDTH)
  for (const [i, { row, entry }] of sorted.entries()) {
    const offset = i * WIDTH
    packed.set(row.addressId, offset)
    packed.set(entry.id, offset + ADDRESS_ID_BYTES)
    packed.set(leafHash(entry), offset + ADDRESS_ID_BYTES + EVENT_ID_BYTES)
    encoder.encodeInto(entry.subject, packed.subarray(offset + WIDTH - SUBJECT_BYTES, offset + WIDTH))
  }
  const { row, entry } = list[0]!
  const [table, scope, sameAndFinal, extend] =
    target === 'platform'
      ? ['platform_suppression', ['', ''], '', EXTEND]
      : [
          'suppression',
          ['scope, ', 'k.scope, '],
          `AND s.scope = k.scope AND (?8 = ${SOURCES.recipient} OR NOT (${undoable('s', '?3')}))`,
          EXTEND_AND_BIND,
        ]
  return [
    {
      sql: `${KINDS} INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
        SELECT ${EVENT_ID}, ?3, ?4, ?5, ?6, ?7, ${ADDRESS_ID}, ${SUBJECT}, k.data, ${LEAF} ${FROM}
        WHERE NOT EXISTS (SELECT 1 FROM ${table} AS s WHERE s.address_id = ${ADDRESS_ID} ${sameAndFinal} AND s.reason = k.reason
          AND (s.until IS NULL OR (k.until IS NOT NULL AND s.until >= k.until)) AND (?8 <> ${SOURCES.recipient} OR s.source = ${SOURCES.recipient}))
        ${returning}`,
      args: [packed, kinds, entry.at, entry.tenant, entry.workspace, entry.type, entry.actor, row.source],
    },
    {
      sql: `${KINDS} INSERT INTO ${table} (address_id, ${scope[0]}reason, source, at, until)
        SELECT ${ADDRESS_ID}, ${scope[1]}k.reason, ?3, ?4, k.until ${FROM} WHERE true ${extend}`,
      args: [packed, kinds, row.source, row.at],
      denies: list.map(records => records.row),
    },
  ]
}

const encoder = new TextEncoder()

/** Sorts the records by kind, and each kind by address id. A kind gives its first and last index. */
function byKind(list: readonly SuppressionRecord[]): { kinds: string; sorted: SuppressionRecord[] } {
  const groups = new Map<string, SuppressionRecord[]>()
  for (const records of list) {
    const { scope, reason, until } = records.row
    const name = `${scope} ${reason} ${until}`
    const group = groups.get(name)
    if (group) group.push(records)
    else groups.set(name, [records])
  }
  const sorted: SuppressionRecord[] = []
  const kinds = [...groups.values()].map(group => {
    const { row, entry } = group[0]!
    const first = sorted.length
    sorted.push(...group.sort((a, b) => order(a.row.addressId) - order(b.row.addressId)))
    return [first, sorted.length - 1, row.scope, row.reason, row.until, dataText(entry.data)]
  })
  return { kinds: JSON.stringify(kinds), sorted }
}

/** Returns the first 32 bits of an id: close enough to the table's order that neighbours share a page. */
const order = (id: Uint8Array): number => ((id[0]! << 24) | (id[1]! << 16) | (id[2]! << 8) | id[3]!) >>> 0

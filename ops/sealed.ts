import { recipientKeyContext, SEAL_MARK } from '../core/cipher.ts'
import type { Statement, Value } from '../core/write/statement.ts'
import type { Query } from '../db/engine/query.ts'
import { type ProviderName, settingsContext } from '../worker/inbound/providers.ts'
import { linkContext } from '../worker/rights/link.ts'
import { secretContext } from '../worker/webhook/endpoint.ts'

/** A column whose texts are encrypted under tenants' data keys. */
export interface SealedColumn {
  table: string
  column: string
  /** Columns of the table's primary key, in its order. */
  key: string[]
  /** SQL for the tenant of a row. */
  tenant: string
  /** Returns the context that a row's text is bound to, from its key. */
  context(key: Value[]): Uint8Array
}

const bytes = ([id]: Value[]) => id as Uint8Array

/**
 * Every column encrypted under tenants' data keys, for rotations to walk. A test demands that each new one is listed here.
 * `event.sealed` is not: it is under recipients' keys and never changes.
 */
export const SEALED: readonly SealedColumn[] = [
  { table: 'address', column: 'sealed', key: ['address_id'], tenant: 'tenant', context: bytes },
  {
    table: 'recipient_key',
    column: 'wrapped',
    key: ['address_id'],
    tenant: 'tenant',
    context: key => recipientKeyContext(bytes(key)),
  },
  ...['secret', 'old_secret'].map(column => ({
    table: 'webhook_endpoint',
    column,
    key: ['id'],
    tenant: 'tenant',
    context: (key: Value[]) => secretContext(bytes(key)),
  })),
  {
    table: 'inbound_connection',
    column: 'sealed',
    key: ['workspace', 'provider'],
    tenant: '(SELECT w.tenant FROM workspace AS w WHERE w.number = workspace)',
    context: ([workspace, provider]) => settingsContext(workspace as number, provider as ProviderName),
  },
  ...['rights_link', 'rights_request'].map(table => ({
    table,
    column: 'sealed',
    key: ['ref'],
    tenant: 'tenant',
    context: (key: Value[]) => linkContext(bytes(key)),
  })),
]

const MARK_HEX = [...SEAL_MARK].map(byte => byte.toString(16).padStart(2, '0')).join('')
const MARK_BYTES = SEAL_MARK.length

/** Returns SQL for the generation of a column's text, as two hexadecimal digits. */
const generationHex = (column: string) =>
  `CASE WHEN substr(${column}, 1, ${MARK_BYTES}) = x'${MARK_HEX}' THEN hex(substr(${column}, ${MARK_BYTES + 1}, 1)) ELSE '00' END`

const newestHex = (tenant: string) =>
  `(SELECT printf('%02X', max(d.generation)) FROM data_key AS d WHERE d.tenant = ${tenant})`

/** Number of a column's texts per tenant and generation. */
export interface SealedCount {
  tenant: number
  generation: number
  count: number
}

/** Asks for the number of a column's texts under each key. */
export const countsOf = ({ table, column, tenant }: SealedColumn): Query<SealedCount[]> => ({
  sql: `SELECT ${tenant} AS t, ${generationHex(column)} AS g, count(*) FROM ${table} WHERE ${column} IS NOT NULL GROUP BY t, g`,
  args: [],
  decode: rows =>
    (rows as [number, string, number][]).map(([whose, hex, count]) => ({
      tenant: whose,
      generation: Number.parseInt(hex, 16),
      count,
    })),
})

/** A text sealed under a key older than its tenant's newest. */
export interface OlderText {
  key: Value[]
  tenant: number
  sealed: Uint8Array
}

/** Rows examined per page; the answer stays far below the server's limit. */
export const PAGE_ROWS = 1000

const behind = (key: string[], after: Value[] | undefined) =>
  after ? `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})` : ''

/** Asks for the texts of the next page that are sealed under an older key. A tenant without data keys has none. */
export const olderTexts = (
  { table, column, key, tenant }: SealedColumn,
  after: Value[] | undefined,
): Query<OlderText[]> => ({
  sql: `SELECT * FROM (SELECT ${key.join(', ')}, ${tenant} AS whose, ${column} AS sealed FROM ${table} ${behind(key, after)}
      ORDER BY ${key.join(', ')} LIMIT ${PAGE_ROWS})
    WHERE sealed IS NOT NULL AND ${generationHex('sealed')} <> ${newestHex('whose')}`,
  args: after ?? [],
  decode: rows =>
    rows.map(row => ({
      key: row.slice(0, key.length),
      tenant: row[key.length] as number,
      sealed: row[key.length + 1] as Uint8Array,
    })),
})

/** Asks for the last key of that page; nothing where it is the last page. */
export const endOfPage = ({ table, key }: SealedColumn, after: Value[] | undefined): Query<Value[][]> => ({
  sql: `SELECT ${key.join(', ')} FROM ${table} ${behind(key, after)} ORDER BY ${key.join(', ')} LIMIT 1 OFFSET ${PAGE_ROWS - 1}`,
  args: after ?? [],
  decode: rows => rows,
})

/** Replaces a text by its resealed form, if it is unchanged. */
export const sealAnew = (
  { table, column, key }: SealedColumn,
  { key: values, sealed }: OlderText,
  anew: Uint8Array,
): Statement => ({
  sql: `UPDATE ${table} SET ${column} = ? WHERE ${key.map(name => `${name} = ?`).join(' AND ')} AND ${column} = ?`,
  args: [anew, ...values, sealed],
})

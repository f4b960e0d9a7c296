import type { Statement, Value } from '../core/write/statement.ts'

/**
 * The columns that hold what is encrypted under tenants' data keys, and those keys themselves, by table. Each is overwritten before it
 * is taken away, which a test demands for every one there is.
 */
export const OVERWRITTEN = {
  address: ['sealed'],
  recipient_key: ['wrapped'],
  rights_link: ['sealed'],
  rights_request: ['sealed'],
  inbound_connection: ['sealed'],
  webhook_endpoint: ['secret', 'old_secret'],
  data_key: ['wrapped'],
} as const satisfies Record<string, readonly string[]>

type Table = keyof typeof OVERWRITTEN

/** Columns of text, which take no zero bytes of a blob. */
const TEXT = new Set<Table>(['data_key'])

const nothing = (table: Table, column: string) =>
  TEXT.has(table) ? `printf('%.*c', length(${column}), '0')` : `zeroblob(length(${column}))`

/**
 * Overwrites what is encrypted in rows that are about to lose it. A DELETE or a NULL alone leaves the bytes in the free space of the
 * file's page, where whoever gets the file finds them; a value of the same length takes their place.
 */
export const overwrite = (table: Table, where: string, args: Value[]): Statement => ({
  sql: `UPDATE ${table} SET ${OVERWRITTEN[table]
    .map(column => `${column} = iif(${column} IS NULL, NULL, ${nothing(table, column)})`)
    .join(', ')} WHERE ${where}`,
  args,
})

/** Deletes rows once what is encrypted in them is overwritten. `changes()` is of the rows that were deleted. */
export const destroy = (table: Table, where: string, args: Value[]): Statement[] => [
  overwrite(table, where, args),
  { sql: `DELETE FROM ${table} WHERE ${where}`, args },
]

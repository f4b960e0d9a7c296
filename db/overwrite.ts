import type { Statement, Value } from '../core/write/statement.ts'

/**
 * Columns encrypted under tenants' data keys, and those keys themselves, by table. They are overwritten before they are removed;
 * a test demands it of each.
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

/** Tables whose columns are text, which cannot hold a zero blob. */
const TEXT = new Set<Table>(['data_key'])

const nothing = (table: Table, column: string) =>
  TEXT.has(table) ? `printf('%.*c', length(${column}), '0')` : `zeroblob(length(${column}))`

/**
 * Overwrites the encrypted columns of rows that are about to lose them. After a DELETE or a NULL alone, the bytes stay in the
 * free space of the file's page, where anybody with the file finds them; so a value of the same length replaces them.
 */
export const overwrite = (table: Table, where: string, args: Value[]): Statement => ({
  sql: `UPDATE ${table} SET ${OVERWRITTEN[table]
    .map(column => `${column} = iif(${column} IS NULL, NULL, ${nothing(table, column)})`)
    .join(', ')} WHERE ${where}`,
  args,
})

/** Overwrites the encrypted columns of rows and then deletes the rows. `changes()` counts the deleted rows. */
export const destroy = (table: Table, where: string, args: Value[]): Statement[] => [
  overwrite(table, where, args),
  { sql: `DELETE FROM ${table} WHERE ${where}`, args },
]

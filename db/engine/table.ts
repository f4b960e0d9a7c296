import { type Column, getTableColumns, getTableName, type Table } from 'drizzle-orm'
import type { Reading } from './reading.ts'

/** A table's name, and the name and reading of each column by its key. */
export interface StoredTable {
  name: string
  columns: Record<string, readonly [name: string, reading: Reading]>
}

/** Returns the names and readings of a table. In a bundle with SQL text the table is that already (`local/shipped-sql.ts`). */
export const storedTable = (table: Table): StoredTable => ({
  name: getTableName(table),
  columns: Object.fromEntries(
    Object.entries<Column>(getTableColumns(table)).map(([key, column]) => [
      key,
      [column.name, readingOf(column)],
    ]),
  ),
})

const READINGS: Record<string, Reading> = {
  SQLiteInteger: 'plain',
  SQLiteText: 'plain',
  SQLiteCustomColumn: 'plain',
  SQLiteTextJson: 'json',
  SQLiteBoolean: 'boolean',
}

/** Returns how the values of a column are read. Throws for a kind of column that has no reading. */
export function readingOf(column: Column): Reading {
  const reading = READINGS[column.columnType]
  const { mapFrom, mapTo } = column as { mapFrom?: unknown; mapTo?: unknown }
  if (!reading || mapFrom || mapTo)
    throw new Error(
      `column ${getTableName(column.table)}.${column.name} is of a kind without a reading: ${column.columnType}`,
    )
  return reading
}

import type { InferSelectModel, Table } from 'drizzle-orm'
import type { Value } from '../../core/write/statement.ts'
import { readerOf, rowsOf } from './reading.ts'
import { storedTable } from './table.ts'

/** A column of a handwritten SELECT: its expression, and how its value is read. */
export interface Field<T> {
  readonly sql: string
  read(value: Value): T
}

/** The columns of a SELECT in one list, which both the statement and its rows are made from. */
export interface Selection<Row> {
  /** Text between SELECT and FROM. */
  readonly list: string
  /** Decodes the rows of an answer. */
  rows(rows: readonly (readonly Value[])[]): Row[]
}

/** Row type of a selection. */
export type Selected<S> = S extends Selection<infer Row> ? Row : never

/** Returns an expression as a column. The caller asserts its type, since the database declares none for it. */
export const field = <T extends Value>(sql: string): Field<T> => ({ sql, read: value => value as T })

/** Returns the columns of a table, under an alias where given, typed as the table declares them. */
export const fieldsOf = <T extends Table>(
  table: T,
  alias?: string,
): { [K in keyof InferSelectModel<T>]: Field<InferSelectModel<T>[K]> } =>
  Object.fromEntries(
    Object.entries(storedTable(table).columns).map(([key, [name, reading]]) => [
      key,
      { sql: alias === undefined ? name : `${alias}.${name}`, read: readerOf(reading) },
    ]),
  ) as { [K in keyof InferSelectModel<T>]: Field<InferSelectModel<T>[K]> }

/** Returns the selection of these columns, in this order. */
export function selection<Row extends object>(fields: { [K in keyof Row]: Field<Row[K]> }): Selection<Row> {
  const columns = Object.entries<Field<unknown>>(fields)
  return {
    list: columns.map(([, { sql }]) => sql).join(', '),
    rows: rowsOf(columns.map(([key, { read }]) => [key, read])),
  }
}

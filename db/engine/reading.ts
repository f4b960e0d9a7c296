import type { Value } from '../../core/write/statement.ts'

/** How a column's values are read; NULL is null in each of them. */
const READERS = {
  plain: (value: Value): unknown => value,
  json: (value: Value): unknown => (value === null ? null : JSON.parse(value as string)),
  boolean: (value: Value): unknown => (value === null ? null : Number(value) === 1),
}

/** Name of a way to read a column. */
export type Reading = keyof typeof READERS

/** Returns the function that reads a column's values. */
export const readerOf = (reading: Reading) => READERS[reading]

/** Returns the decoder of rows whose columns have these keys, in this order. */
export const rowsOf =
  <Row>(columns: readonly (readonly [key: string, read: (value: Value) => unknown])[]) =>
  (rows: readonly (readonly Value[])[]): Row[] =>
    rows.map(values => {
      const row: Record<string, unknown> = {}
      // The loop assigns keys in place, since a page of the ledger has thousands of rows.
      for (let i = 0; i < columns.length; i++) row[columns[i]![0]] = columns[i]![1](values[i]!)
      return row as Row
    })

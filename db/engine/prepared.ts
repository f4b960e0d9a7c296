import type { Value } from '../../core/write/statement.ts'
import type { Query } from './query.ts'
import { type Reading, readerOf, rowsOf } from './reading.ts'

/** A built select as plain data: its text, its arguments or the names of their values, and the reading of each column by its key. */
export interface PreparedSelect {
  sql: string
  params: readonly (number | string | null | { readonly placeholder: string })[]
  columns: Record<string, Reading>
}

/** Returns a built select as a function of the values of its placeholders. */
export function preparedFrom<T>(select: PreparedSelect): (values: Record<string, Value>) => Query<T> {
  const { sql, params, columns } = select
  const rows = rowsOf(Object.entries(columns).map(([key, reading]) => [key, readerOf(reading)]))
  const decode = (values: Value[][]) => rows(values) as T
  return values => ({
    sql,
    args: params.map(param =>
      typeof param === 'object' && param !== null ? values[param.placeholder]! : param,
    ),
    decode,
  })
}

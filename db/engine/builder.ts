import { Column, is, noopDecoder, Param, Placeholder, SQL, Table } from 'drizzle-orm'
import { customType } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Statement, Value } from '../../core/write/statement.ts'
import { type PreparedSelect, preparedFrom } from './prepared.ts'
import type { Query } from './query.ts'
import { readingOf, type StoredTable, storedTable } from './table.ts'

/** Builds ordinary queries from the tables; `db/engine/client.ts` runs them. */
export const builder = drizzle(async () => {
  throw new Error('queries run in batches, through db/engine/client.ts')
})

/** A BLOB column, as bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'blob' })

/** Returns a built select as a query whose rows are typed by their columns. */
export const ordinary = <T>(select: Select<T>): Query<T> => prepared(select)({})

/**
 * Returns a built select with placeholders as a function of their values. Building a query costs more than answering it, so
 * queries of every sender's call are built once: at the top of their module, where `local/shipped-sql.ts` does it at build.
 */
export const prepared = <T>(select: Select<T>): ((values: Record<string, Value>) => Query<T>) =>
  preparedFrom(preparedSelect(select))

/** Returns what a bundle ships in place of a table or a built select. Throws where plain data cannot stand for it. */
export const plainDataOf = (made: Table | Select<unknown>): StoredTable | PreparedSelect =>
  is(made, Table) ? storedTable(made) : preparedSelect(made)

/** Returns a built select as plain data. Throws for an argument or a column that plain data cannot stand for. */
export function preparedSelect(select: Select<unknown>): PreparedSelect {
  const { fields, query } = select.prepare() as unknown as Prepared
  return {
    sql: query.sql,
    params: query.params.map(plain),
    columns: Object.fromEntries(
      fields.map(({ path, field }) => {
        const [key, ...deeper] = path
        // An expression is read as it is, or as the column that it is mapped with.
        const reader = is(field, SQL) ? (field as unknown as { decoder: unknown }).decoder : field
        if (deeper.length === 0 && is(reader, Column)) return [key, readingOf(reader)]
        if (deeper.length === 0 && reader === noopDecoder) return [key, 'plain']
        throw new Error(`${path.join('.')} has no reading, in: ${query.sql}`)
      }),
    ),
  }
}

function plain(param: unknown): PreparedSelect['params'][number] {
  if (param === null || typeof param === 'number' || typeof param === 'string') return param
  if (is(param, Placeholder)) return { placeholder: param.name }
  if (is(param, Param) && is(param.encoder, Column) && readingOf(param.encoder) === 'plain')
    return plain(param.value)
  throw new Error(
    `an argument of a prepared select is neither text, number nor placeholder: ${String(param)}`,
  )
}

interface Select<T> {
  _: { result: T }
  prepare(): unknown
}

/** Parts of drizzle's prepared query; it types neither. */
interface Prepared {
  query: { sql: string; params: unknown[] }
  fields: { path: string[]; field: unknown }[]
}

/** Returns a built insert, update or delete as a statement. */
export function statement(write: { toSQL(): { sql: string; params: unknown[] } }): Statement {
  const { sql, params } = write.toSQL()
  return { sql, args: params as Value[] }
}

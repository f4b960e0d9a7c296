import { fillPlaceholders } from 'drizzle-orm'
import { customType } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Statement, Value } from '../../core/write/statement.ts'
import type { Query } from './query.ts'

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
 * queries of every sender's call are built once.
 */
export function prepared<T>(select: Select<T>): (values: Record<string, unknown>) => Query<T> {
  const statement = select.prepare()
  const { sql, params } = statement.getQuery()
  const decode = (rows: Value[][]) => statement.mapAllResult(rows) as T
  return values => ({ sql, args: fillPlaceholders(params, values) as Value[], decode })
}

interface Select<T> {
  _: { result: T }
  prepare(): Prepared
}

interface Prepared {
  getQuery(): { sql: string; params: unknown[] }
  mapAllResult(rows: unknown): unknown
}

/** Returns a built insert, update or delete as a statement. */
export function statement(write: { toSQL(): { sql: string; params: unknown[] } }): Statement {
  const { sql, params } = write.toSQL()
  return { sql, args: params as Value[] }
}

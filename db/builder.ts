import { customType } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Query } from './client.ts'
import type { Statement, Value } from './hrana.ts'

/** Builds ordinary queries from the tables; it only builds, `db/client.ts` runs them. */
export const builder = drizzle(async () => {
  throw new Error('queries run in batches, through db/client.ts')
})

/** A BLOB column, as octets. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'blob' })

/** Returns a built select as a query whose rows come typed by their columns. */
export function ordinary<T>(select: { _: { result: T }; prepare(): Prepared }): Query<T> {
  const prepared = select.prepare()
  const { sql, params } = prepared.getQuery()
  return { sql, args: params as Value[], decode: rows => prepared.mapAllResult(rows) as T }
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

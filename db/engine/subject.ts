import { getTableColumns, getTableName, type InferSelectModel, type Table } from 'drizzle-orm'
import { equalBytes } from '../../core/bytes.ts'
import type { Value } from '../../core/write/statement.ts'

/**
 * What a query is about. The query writes `sql` in the place where it compares, and `args` among its own in that place: a value, or a
 * look-up in the query itself, so that what a link leads to is read in one round trip.
 */
export interface QuerySubject<T extends Value> {
  readonly sql: string
  readonly args: readonly Value[]
  /** Returns what it is about once the read is answered; undefined where its link leads to nothing. */
  valueIn(answers: readonly unknown[]): T | undefined
}

/** What a query may be asked about: a value, or a subject that is looked up. */
export type About<T extends number | Uint8Array> = T | QuerySubject<T>

/** Returns what a query is about as it stands in the query. */
export const subjectOf = <T extends number | Uint8Array>(about: About<T>): QuerySubject<T> =>
  typeof about === 'object' && 'sql' in about ? about : { sql: '?', args: [about], valueIn: () => about }

/**
 * Returns a column of the row with a `ref` as the subject of other queries; `where` says what else that row must be. Their read begins
 * with the query for the row itself: pending denials are laid over by what that one answers.
 */
export function columnOf<
  T extends Table,
  K extends keyof InferSelectModel<T> & string,
  R extends InferSelectModel<T> & { ref: Uint8Array },
>(table: T, key: K, where: { ref: Uint8Array } & Partial<R>): QuerySubject<InferSelectModel<T>[K] & Value> {
  const columns = getTableColumns(table)
  const named = Object.keys(where).map(one => `${columns[one]!.name} = ?`)
  return {
    sql: `(SELECT ${columns[key]!.name} FROM ${getTableName(table)} WHERE ${named.join(' AND ')})`,
    args: Object.values(where) as Value[],
    valueIn([first]) {
      const [row] = first as R[]
      if (row && !equalBytes(row.ref, where.ref))
        throw new Error(`a read about a ${getTableName(table)} does not begin with it`)
      return row?.[key] as (InferSelectModel<T>[K] & Value) | undefined
    },
  }
}

import type { InferSelectModel, Table } from 'drizzle-orm'
import { equalBytes } from '../../core/bytes.ts'
import type { Value } from '../../core/write/statement.ts'
import { storedTable } from './table.ts'

/**
 * The value a query is about. The query puts `sql` where it compares and `args` among its own: a plain value, or a sub-select, so
 * that a link and its data are read in one round trip.
 */
export interface QuerySubject<T extends Value> {
  readonly sql: string
  readonly args: readonly Value[]
  /** Returns the value once the read is answered; undefined where the link leads to nothing. */
  valueIn(answers: readonly unknown[]): T | undefined
}

/** A value, or a subject that is looked up in the query. */
export type About<T extends number | Uint8Array> = T | QuerySubject<T>

/** Returns a value or subject as a subject. */
export const subjectOf = <T extends number | Uint8Array>(about: About<T>): QuerySubject<T> =>
  typeof about === 'object' && 'sql' in about ? about : { sql: '?', args: [about], valueIn: () => about }

/**
 * Returns a column of the row with a `ref`, as the subject of other queries; `where` adds conditions on that row. The read must
 * begin with the query for the row itself: the overlay of pending denials takes the value from its answer.
 */
export function columnOf<
  T extends Table,
  K extends keyof InferSelectModel<T> & string,
  R extends InferSelectModel<T> & { ref: Uint8Array },
>(table: T, key: K, where: { ref: Uint8Array } & Partial<R>): QuerySubject<InferSelectModel<T>[K] & Value> {
  const { name, columns } = storedTable(table)
  const named = Object.keys(where).map(one => `${columns[one]![0]} = ?`)
  return {
    sql: `(SELECT ${columns[key]![0]} FROM ${name} WHERE ${named.join(' AND ')})`,
    args: Object.values(where) as Value[],
    valueIn([first]) {
      const [row] = first as R[]
      if (row && !equalBytes(row.ref, where.ref))
        throw new Error(`a read about a ${name} does not begin with it`)
      return row?.[key] as (InferSelectModel<T>[K] & Value) | undefined
    },
  }
}

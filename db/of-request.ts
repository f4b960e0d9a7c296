import type { Query } from './engine/query.ts'
import type { RequestAndPlace } from './subscription-request.ts'

/**
 * Turns a query about a recipient or a workspace into one about those of a sign-up, so that what a link leads to is one round
 * trip. `columns` says, placeholder by placeholder, what of the sign-up takes its place.
 */
export function ofRequest<T>(
  ref: Uint8Array,
  columns: ('address_id' | 'workspace')[],
  { sql, decode, lay }: Query<T>,
): Query<T> {
  // It would look for what is denied to the sign-up's reference, and find nothing.
  if (lay) throw new Error('what lays denials over its answer is asked by ofRecipientOf')
  let next = 0
  const about = sql.replace(
    /\?/g,
    () => `(SELECT ${columns[next++]} FROM subscription_request WHERE ref = ?)`,
  )
  return { sql: about, args: columns.map(() => ref), decode }
}

/**
 * The same of a query about the recipient alone. It stands in a read that begins with `requestByRef`, which says whose denials, where
 * the database does not have them yet, belong over its answer.
 */
export function ofRecipientOf<T>(ref: Uint8Array, about: (addressId: Uint8Array) => Query<T>): Query<T> {
  const { sql, args, decode } = about(ref)
  return {
    ...ofRequest(ref, ['address_id'], { sql, args, decode }),
    lay: (answer, pending, answers) => {
      const [[row]] = answers as [RequestAndPlace[]]
      return (row && about(row.addressId).lay?.(answer, pending, answers)) ?? answer
    },
  }
}

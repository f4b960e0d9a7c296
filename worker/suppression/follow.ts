import { toHex } from '../../core/bytes.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import { successorsOf } from '../../db/succession.ts'
import type { Deps } from '../deps.ts'

/**
 * Commits what stops mail to an address, or takes that back, and the same for every address that has taken its place: a link that
 * was mailed to the old one goes on reducing the mail of whoever it was mailed to. Returns the results of the first act, or
 * undefined when it is accepted without them, which one that `needs` them never is. Throws `database.unavailable`.
 */
export async function commitFollowing(
  deps: Deps,
  addressId: Uint8Array,
  actFor: (addressId: Uint8Array) => WriteBatch,
  needs?: 'results',
): Promise<StatementResult[] | undefined> {
  const followed = new Set<string>()
  const follow = async (id: Uint8Array): Promise<StatementResult[] | undefined> => {
    followed.add(toHex(id))
    const act = [...actFor(id), successorsOf(id)]
    const results = await (needs ? deps.db.commit(act, needs) : deps.db.commit(act))
    const others = async (successors: Uint8Array[]) => {
      for (const successor of successors) if (!followed.has(toHex(successor))) await follow(successor)
    }
    if (results) await others(successorsOf(id).decode(results.pop()!.rows))
    // A copy may know while the primary is away. The answer does not wait for it: the act itself is kept.
    else
      deps.background(
        deps.db.read('may-lag', [successorsOf(id)]).then(
          ([found]) => others(found),
          () => undefined,
        ),
      )
    return results
  }
  return follow(addressId)
}

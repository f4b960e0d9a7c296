import { toHex } from '../../core/bytes.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import { successorsOf } from '../../db/succession.ts'
import { isStop, stopOutcome } from '../../db/suppression-choice.ts'
import type { Deps } from '../deps.ts'

/**
 * Commits a stop or its undo for an address and for every address that succeeded it, so that a link mailed to a former
 * address keeps working. Returns the results of the first act, or undefined where it lies in the journal, which `needs` rules
 * out. Throws `database.unavailable`.
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
    const given = actFor(id)
    // A stop says by itself who succeeded.
    const stopAt = given.findIndex(isStop)
    const act = stopAt < 0 ? [...given, successorsOf(id)] : given
    const results = await (needs ? deps.db.commit(act, needs) : deps.db.commit(act))
    const others = async (successors: Uint8Array[]) => {
      for (const successor of successors) if (!followed.has(toHex(successor))) await follow(successor)
    }
    if (results && stopAt >= 0) await others(stopOutcome(results[stopAt]!).successors)
    else if (results) await others(successorsOf(id).decode(results.pop()!.rows))
    // A replica may know successors while the primary is down. The answer does not wait, since the act itself is durable.
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

import { actorText } from '../../core/actor.ts'
import { reasonOf } from '../../core/codes/reason.ts'
import { numberOf, scopeName, suppressionId } from '../../core/codes/scope.ts'
import type { Job } from '../../core/job.ts'
import { REPEAT_MS, repeatsToldBefore, tellRepeat } from '../../db/suppression-choice.ts'
import type { Deps } from '../deps.ts'

/** Rows in one run; the rest waits for the next minute. */
const RUN = 200

/** Jobs of suppressions. */
export const suppressionJobs: readonly Job<Deps>[] = [
  { name: 'repeated choices', deadlineMs: 20_000, run: tellRepeats },
]

/**
 * Appends how often recipients repeated a choice within an hour, of which the ledger has only the first. Throws
 * `database.unavailable`.
 */
async function tellRepeats(deps: Deps): Promise<void> {
  const at = deps.clock()
  const [repeats] = await deps.db.read('fresh', [repeatsToldBefore(at - REPEAT_MS, RUN)])
  const act = repeats.flatMap(repeat => {
    const { addressId, scope, tenant, workspace, untold } = repeat
    const reach = scopeName(scope)
    return tellRepeat(repeat, {
      id: deps.ids(at),
      at,
      tenant,
      workspace,
      type: 'suppression.repeated',
      actor: actorText({ kind: 'floe' }),
      addressId,
      subject: suppressionId(addressId, scope, repeat.reason),
      data: {
        scope: reach,
        reason: reasonOf(repeat.reason),
        ...(reach === 'topic' && { topic: numberOf(scope) }),
        count: untold,
      },
    })
  })
  if (act.length > 0) await deps.db.commit(act)
}

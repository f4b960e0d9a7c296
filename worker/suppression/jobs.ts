import { reasonOf } from '../../core/codes/reason.ts'
import { numberOf, scopeName, suppressionId } from '../../core/codes/scope.ts'
import type { Job } from '../../core/job.ts'
import { REPEAT_MS, repeatsToldBefore, tellRepeat } from '../../db/suppression-choice.ts'
import type { ActorContext } from '../call/context.ts'

/** Rows in one run; the rest waits for the next minute. */
const RUN = 200

/** Jobs of suppressions. */
export const suppressionJobs: readonly Job<ActorContext>[] = [
  { name: 'repeated choices', deadlineMs: 20_000, run: tellRepeats },
]

/**
 * Appends how often recipients repeated a choice within an hour, of which the ledger has only the first. Throws
 * `database.unavailable`.
 */
async function tellRepeats(floe: ActorContext): Promise<void> {
  const at = floe.clock()
  const [repeats] = await floe.db.read('fresh', [repeatsToldBefore(at - REPEAT_MS, RUN)])
  const act = repeats.flatMap(repeat => {
    const { addressId, scope, tenant, workspace, untold } = repeat
    const reach = scopeName(scope)
    const told = floe.event('suppression.repeated', {
      at,
      tenant,
      workspace,
      addressId,
      subject: suppressionId(addressId, scope, repeat.reason),
      data: {
        scope: reach,
        reason: reasonOf(repeat.reason),
        ...(reach === 'topic' && { topic: numberOf(scope) }),
        count: untold,
      },
    })
    return tellRepeat(repeat, told)
  })
  if (act.length > 0) await floe.db.commit(act)
}

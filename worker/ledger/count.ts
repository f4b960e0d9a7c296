import { addTally, tallyNext } from '../../db/statistic.ts'
import type { ActorContext } from '../call/context.ts'

/** Events of one batch, and batches of one run; the rest waits for the next minute. */
const BATCH = 5000
const BATCHES = 40
/** Time after which a run begins no further batch, in milliseconds. */
const RUN_MS = 10_000

/**
 * Counts the events since the last run for `GET /v1/stats`, in the order of the ledger. Sums are read beside the writers; only they are
 * written. Throws `database.unavailable`.
 */
export async function countEvents(floe: ActorContext): Promise<void> {
  const stopAt = floe.clock() + RUN_MS
  for (let batch = 0; batch < BATCHES && floe.clock() < stopAt; batch++) {
    const [tally] = await floe.db.read('fresh', [tallyNext(BATCH)])
    if (tally.events === 0) return
    await floe.db.commit(addTally(tally), 'results')
    if (tally.events < BATCH) return
  }
}

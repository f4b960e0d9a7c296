import type { Job } from '../../core/job.ts'
import { forgetReaders, readsToldBefore, TOLD_EVERY_MS, tellReads } from '../../db/personal-data-read.ts'
import { type ActorContext, actingAs } from '../call/context.ts'
import { countEvents } from './count.ts'

/** Rows in one run; the rest waits for the next minute. */
const RUN = 200

/** Jobs of the ledger. */
export const ledgerJobs: readonly Job<ActorContext>[] = [
  { name: 'counted reads', deadlineMs: 20_000, run: tellCountedReads },
  { name: 'statistics', deadlineMs: 20_000, run: countEvents },
]

/** Appends how often keys read personal data since the last event about it, as their own acts. Throws `database.unavailable`. */
async function tellCountedReads(floe: ActorContext): Promise<void> {
  const at = floe.clock()
  const [reads] = await floe.db.read('fresh', [readsToldBefore(at - TOLD_EVERY_MS, RUN)])
  const told = reads.flatMap(read => {
    const { tenant, workspace, what, untold } = read
    const { event } = actingAs(floe, { kind: 'sender', keyId: read.key })
    const facts = { at, tenant, workspace, subject: what, data: { count: untold } }
    return tellReads(read, event('personal_data.read', facts))
  })
  await floe.db.commit([...told, forgetReaders(at)], 'results')
}

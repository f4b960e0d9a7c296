import type { LaneAnswer } from '../../../core/write/message.ts'
import type { ReadOutcome, ReadRequest } from '../../../core/write/read-request.ts'
import { ReadLane as SoundReadLane } from '../../../worker/lane/read-lane.ts'

export { default, WriteLane } from '../../../worker/lane/script.ts'

/** A read lane that answers, hangs, throws, or is killed with all who wait, by chance. */
export class ReadLane extends SoundReadLane {
  override read(request: ReadRequest, version?: number): Promise<LaneAnswer<ReadOutcome>> {
    const fate = Math.random()
    if (fate < 0.4) return super.read(request, version)
    if (fate < 0.6) return scheduler.wait(600_000).then(() => super.read(request, version))
    if (fate < 0.8) this.ctx.abort('killed')
    throw new Error('not today')
  }
}

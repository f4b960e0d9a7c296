import { DurableObject } from 'cloudflare:workers'
import { systemClock } from '../../core/clock.ts'
import { answerIn, type LaneAnswer } from '../../core/write/message.ts'
import type { ReadOutcome, ReadRequest } from '../../core/write/read-request.ts'
import { runTogether, Stream } from '../../db/engine/hrana.ts'
import { ReadShare } from '../../db/engine/read-share.ts'
import { log } from './log.ts'
import { ReadPipelines } from './read-pipelines.ts'
import { laneSettings } from './settings.ts'
import { steadyClock } from './steady-clock.ts'

/** Milliseconds after which a pipeline is given up, as its callers do. */
const READ_DEADLINE_MS = 2000

/** Most waiting reads for senders, of which one tenant has at most two thirds, and for everybody else. */
const SENDERS_MAX = 1024
const OTHERS_MAX = { fresh: 512, 'may-lag': 0 }

/**
 * Reads the primary of a cluster for every instance of the Workers. It stores nothing: where it is away, its callers ask the primary
 * themselves.
 */
export class ReadLane extends DurableObject {
  readonly #pipelines: ReadonlyMap<string, ReadPipelines>
  readonly #steady: () => void

  constructor(state: DurableObjectState, bindings: object) {
    super(state, bindings)
    this.#steady = steadyClock(state)
    this.#pipelines = new Map(
      laneSettings(bindings).clusters.map(({ primary }) => [
        primary.url,
        new ReadPipelines({
          run: (reads, stream) => runTogether(primary, reads, READ_DEADLINE_MS, stream),
          openStream: () => new Stream(systemClock),
          share: new ReadShare(SENDERS_MAX, OTHERS_MAX),
          clock: systemClock,
        }),
      ]),
    )
  }

  /** Reads the primary that the caller is set to, after everything that was committed before the call. */
  read(request: ReadRequest, version?: number): Promise<LaneAnswer<ReadOutcome>> {
    return answerIn<ReadOutcome>(
      version,
      () => {
        this.#steady()
        const own = this.#pipelines.get(request.primary)
        if (!own) return { ok: false, why: 'unavailable', detail: 'the lane is set to another primary' }
        return own.read(request)
      },
      log,
    )
  }
}

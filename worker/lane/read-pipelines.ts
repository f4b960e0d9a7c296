import type { Clock } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import type { ReadOutcome, ReadRequest } from '../../core/write/read-request.ts'
import type { Wired } from '../../core/write/statement.ts'
import type { StatementRefused, Stream } from '../../db/engine/hrana.ts'
import type { ReadShare } from '../../db/engine/read-share.ts'
import { type QueuedRead, ReadQueue } from './read-queue.ts'

/** Most pipelines on their way at once. Each has a stream of its own, and so one of the server's 64 to 128 connections. */
const PIPELINES = 2
/** Milliseconds a read may wait, as long as its caller does: nobody takes the answer to an older one. */
const WAIT_MAX_MS = 2000

/** What pipelines need of a database, and how many reads of whom may wait. */
export interface ReadPorts {
  /** Runs the reads in one round trip, as `runTogether` does. */
  run(reads: readonly (readonly Wired[])[], stream: Stream): Promise<(string | StatementRefused)[]>
  openStream(): Stream
  share: Pick<ReadShare, 'within'>
  clock: Clock
}

/** Sends many callers' reads to a database, in few pipelines. A read that comes while one is free is sent at once. */
export class ReadPipelines {
  readonly #ports: ReadPorts
  readonly #idle: Stream[]
  readonly #queue = new ReadQueue()

  constructor(ports: ReadPorts) {
    this.#ports = ports
    this.#idle = Array.from({ length: PIPELINES }, () => ports.openStream())
  }

  /** Reads after everything that was committed before the call. Never throws. */
  async read({ tenant, statements }: ReadRequest): Promise<ReadOutcome> {
    try {
      return await this.#ports.share.within(
        tenant,
        'fresh',
        () =>
          new Promise<ReadOutcome>(settle => {
            this.#queue.add({ tenant, statements, at: this.#ports.clock(), settle })
            const stream = this.#idle.pop()
            if (stream) void this.#send(stream)
          }),
      )
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { ok: false, why: 'overloaded', detail: 'too many reads wait' }
    }
  }

  async #send(stream: Stream): Promise<void> {
    for (let group = this.#queue.takeGroup(); group.length > 0; group = this.#queue.takeGroup()) {
      const late = this.#ports.clock() - WAIT_MAX_MS
      const [timely, forgotten] = [group.filter(({ at }) => at > late), group.filter(({ at }) => at <= late)]
      for (const { settle } of forgotten) settle(unavailable('it waited too long'))
      if (timely.length > 0) await this.#ask(timely, stream)
    }
    this.#idle.push(stream)
  }

  async #ask(group: readonly QueuedRead[], stream: Stream): Promise<void> {
    try {
      const answers = await this.#ports.run(
        group.map(({ statements }) => statements),
        stream,
      )
      for (const [i, { settle }] of group.entries()) settle(outcomeOf(answers[i]!))
    } catch (error) {
      const outcome = unavailable(error instanceof Error ? error.message : String(error))
      for (const { settle } of group) settle(outcome)
    }
  }
}

const unavailable = (detail: string): ReadOutcome => ({ ok: false, why: 'unavailable', detail })

const outcomeOf = (answer: string | StatementRefused): ReadOutcome =>
  typeof answer === 'string'
    ? { ok: true, rows: answer }
    : { ok: false, why: 'refused', detail: answer.message }

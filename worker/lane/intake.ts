import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import { type QueuedWrite, takeGroup } from './in-flight-batch.ts'
import { bytesOf } from './journal-entry.ts'

/** What may wait in memory, of the 128 MB that an object has: what is on its way is written out twice more. */
const ROOM_BYTES = 48 * 2 ** 20
/** An act has so many times its own bytes free before it: large ones are sent away while there is room for thousands of clicks. */
const ROOM_FOR_ONE = 4
/** What an act takes beside its statements: who waits for it, and the promise. */
const ACT_BYTES = 1024

/** The acts that wait for their group, in the order they came, counted by their bytes. */
export class Intake {
  readonly #list: QueuedWrite[] = []
  #bytes = 0

  /** How many wait. */
  get length(): number {
    return this.#list.length
  }

  /** The one that came first. */
  get first(): QueuedWrite | undefined {
    return this.#list[0]
  }

  /** Whether an act may wait here. One that comes alone may, whatever it is. */
  admits(request: WriteRequest): boolean {
    return this.#bytes === 0 || ROOM_FOR_ONE * weightOf(request) <= ROOM_BYTES - this.#bytes
  }

  /** Lets an act wait. */
  add(request: WriteRequest, at: number, settle: (outcome: WriteOutcome) => void): void {
    this.#list.push({ request, at, settle })
    this.#bytes += weightOf(request)
  }

  /** Takes what fits into one group. */
  takeGroup(): QueuedWrite[] {
    return this.#taken(takeGroup(this.#list, sizeOf))
  }

  /** Takes everybody. */
  takeAll(): QueuedWrite[] {
    return this.#taken(this.#list.splice(0))
  }

  #taken(waiting: QueuedWrite[]): QueuedWrite[] {
    for (const { request } of waiting) this.#bytes -= weightOf(request)
    return waiting
  }
}

/** What an act that waits adds to a group. */
export const sizeOf = ({ request }: QueuedWrite) => ({
  statements: request.statements.length,
  bytes: bytesOf(request.statements),
})

const weightOf = ({ statements, denials }: WriteRequest): number =>
  ACT_BYTES + bytesOf(statements) + denials.length

import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import { type QueuedWrite, takeGroup } from './in-flight-batch.ts'
import { bytesOf } from './journal-entry.ts'

/** Most bytes of waiting writes, of the object's 128 MB: writes under way are in memory twice more. */
const ROOM_BYTES = 48 * 2 ** 20
/**
 * A write is admitted only while this many times its bytes are free, so that large writes are refused while there is room for
 * thousands of clicks.
 */
const ROOM_FOR_ONE = 4
/** Bytes of a write besides its statements: its caller and the promise. */
const ACT_BYTES = 1024

/** Writes that wait for their group, in order of arrival, limited by their bytes. */
export class Intake {
  readonly #list: QueuedWrite[] = []
  #bytes = 0

  get length(): number {
    return this.#list.length
  }

  get first(): QueuedWrite | undefined {
    return this.#list[0]
  }

  /** Whether a write may wait here. A write that finds the intake empty always may. */
  admits(request: WriteRequest): boolean {
    return this.#bytes === 0 || ROOM_FOR_ONE * weightOf(request) <= ROOM_BYTES - this.#bytes
  }

  /** Adds a write to the end. */
  add(request: WriteRequest, at: number, settle: (outcome: WriteOutcome) => void): void {
    this.#list.push({ request, at, settle })
    this.#bytes += weightOf(request)
  }

  /** Takes as many writes as fit into one group. */
  takeGroup(): QueuedWrite[] {
    return this.#taken(takeGroup(this.#list, sizeOf))
  }

  /** Takes all writes. */
  takeAll(): QueuedWrite[] {
    return this.#taken(this.#list.splice(0))
  }

  #taken(waiting: QueuedWrite[]): QueuedWrite[] {
    for (const { request } of waiting) this.#bytes -= weightOf(request)
    return waiting
  }
}

/** Returns the size that a waiting write adds to a group. */
export const sizeOf = ({ request }: QueuedWrite) => ({
  statements: request.statements.length,
  bytes: bytesOf(request.statements),
})

const weightOf = ({ statements, denials }: WriteRequest): number =>
  ACT_BYTES + bytesOf(statements) + denials.length

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

/** Milliseconds: who clicked so shortly before a bulk write will click again while one is under way. */
const SHORTLY_MS = 1000

/** Groups of other writes that may go before a bulk write that waits, so that it has its turn however many come. */
const MOST_PASSING = 8

/**
 * Writes that wait for their group, limited by their bytes. Bulk writes go one a group, in their order, once no other waits or
 * `MOST_PASSING` groups of others went before; the others go in order of arrival. So a click waits for one batch of an import at most.
 * Nothing relies on the order of the two, since whoever waits here has had no answer (decision 0027).
 */
export class Intake {
  readonly #others: QueuedWrite[] = []
  readonly #bulk: QueuedWrite[] = []
  /** Groups of others that went before the first bulk write. */
  #passed = 0
  /** Arrival of the last write that is not bulk. */
  #lastOtherAt = Number.NEGATIVE_INFINITY
  #bytes = 0

  get length(): number {
    return this.#others.length + this.#bulk.length
  }

  /** Arrival of the oldest write. */
  get oldestAt(): number | undefined {
    const [other, bulk] = [this.#others[0], this.#bulk[0]]
    return other && bulk ? Math.min(other.at, bulk.at) : (other ?? bulk)?.at
  }

  /** Whether a write may wait here. A write that finds the intake empty always may. */
  admits(request: WriteRequest): boolean {
    return this.#bytes === 0 || ROOM_FOR_ONE * weightOf(request) <= ROOM_BYTES - this.#bytes
  }

  /**
   * Whether a write that is not bulk came while one that is, which came at `at`, waited or was under way, or shortly before. Those that wait
   * here are not all whom a bulk write holds up: what holds the database for it holds the processor as well.
   */
  othersCame(at: number): boolean {
    return this.#lastOtherAt > at - SHORTLY_MS
  }

  /** Adds a write to the end of its kind. */
  add(request: WriteRequest, at: number, settle: (outcome: WriteOutcome) => void): void {
    const list = request.bulk ? this.#bulk : this.#others
    if (!request.bulk) this.#lastOtherAt = at
    list.push({ request, at, settle })
    this.#bytes += weightOf(request)
  }

  /** Takes the writes of the next group: as many others as fit into one, or a bulk write. */
  takeGroup(): QueuedWrite[] {
    const isBulk = this.#bulk.length > 0 && (this.#others.length === 0 || this.#passed === MOST_PASSING)
    this.#passed = isBulk || this.#bulk.length === 0 ? 0 : this.#passed + 1
    return this.#taken(isBulk ? this.#bulk.splice(0, 1) : takeGroup(this.#others, sizeOf))
  }

  /** Takes all writes. */
  takeAll(): QueuedWrite[] {
    return this.#taken([...this.#others.splice(0), ...this.#bulk.splice(0)])
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

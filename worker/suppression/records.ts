import type { Clock } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { ARRIVAL_MS, inArrivalTime } from '../http/arrival.ts'
import { HEAD_BYTES, isWide, wideLength } from './charset.ts'
import { Cutter, type RawRecord, type RecordStart } from './cutter.ts'

/** How an upload arrives. `weigh` is called with the size of each piece before it is parsed. */
export interface Arrival {
  clock: Clock
  weigh(bytes: number): Promise<void>
}

/** How an upload is cut. */
export interface Cutting {
  quotes: boolean
  from: RecordStart
  charset: string
}

/** Bytes that extend the wait by a millisecond: a slower upload only holds the connection. */
const BYTES_PER_MS = 1

/**
 * Yields the pieces of an upload. One that arrives too slowly, or not at all for `ARRIVAL_MS`, is interrupted and cancelled; what
 * is left where the caller stops early is the caller's.
 */
export async function* arriving(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { clock, weigh }: Arrival,
): AsyncGenerator<Uint8Array> {
  // Only time spent waiting for the sender counts, not the time the database takes.
  let patience = ARRIVAL_MS
  for (;;) {
    const asked = clock()
    const { done, value = new Uint8Array() } = await inArrivalTime(reader.read(), patience).catch(
      async (cause: unknown) => {
        await reader.cancel().catch(() => undefined)
        throw new Fault({ code: 'import.interrupted' }, { cause })
      },
    )
    patience = Math.min(patience - (clock() - asked) + value.length / BYTES_PER_MS, ARRIVAL_MS)
    await weigh(value.length)
    if (done) return
    yield value
  }
}

/** Returns the first bytes of an upload, and its pieces from one of them on. Fewer than `HEAD_BYTES` are the whole of it. */
export async function headOf(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; from(at: number): AsyncGenerator<Uint8Array> }> {
  let head = new Uint8Array()
  while (head.length < HEAD_BYTES) {
    const { done, value } = await pieces.next()
    if (done) break
    const longer = new Uint8Array(head.length + value.length)
    longer.set(head)
    longer.set(value, head.length)
    head = longer
  }
  async function* from(at: number) {
    yield head.subarray(at)
    yield* pieces
  }
  return { head, from }
}

/**
 * Cuts an upload into records of one line, or of several where a quoted field spans them (RFC 4180 §2), and yields those of
 * each arriving piece, in constant memory. What comes in UTF-16 is cut as UTF-8; places are counted in the bytes that came.
 *
 * An unclosed quote would swallow the rest: only its line is reported, and reading continues at the next.
 */
export async function* recordsOf(
  pieces: AsyncGenerator<Uint8Array>,
  { quotes, from, charset }: Cutting,
): AsyncGenerator<RawRecord[]> {
  const narrow = isWide(charset) ? narrowing(charset) : undefined
  const cutter = new Cutter(quotes, from, narrow && wideLength)
  for await (const piece of pieces) {
    const records = cutter.take(narrow ? narrow(piece) : piece, false)
    if (records.length > 0) yield records
  }
  const records = cutter.take(narrow ? narrow() : new Uint8Array(), true)
  if (records.length > 0) yield records
}

/** Returns a function that makes UTF-8 of the pieces of a UTF-16 text; without a piece, of what is left. */
function narrowing(charset: string): (piece?: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder(charset, { ignoreBOM: true })
  const encoder = new TextEncoder()
  return piece => encoder.encode(piece ? decoder.decode(piece, { stream: true }) : decoder.decode())
}

import type { Clock } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { ARRIVAL_MS, inArrivalTime } from '../http/arrival.ts'
import { Cutter, type RawRecord, type RecordStart } from './cutter.ts'

/** How an upload is read. `weigh` is called with the size of each piece before it is parsed. */
export interface UploadReading {
  quotes: boolean
  from: RecordStart
  clock: Clock
  weigh(bytes: number): Promise<void>
}

/** Bytes that extend the wait by a millisecond: a slower upload only holds the connection. */
const BYTES_PER_MS = 1

/**
 * Cuts an upload into records of one line, or of several where a quoted field spans them (RFC 4180 §2), and yields those of
 * each arriving piece, in constant memory. An upload that arrives too slowly, or not at all for `ARRIVAL_MS`, is interrupted
 * and cancelled; what is left where the caller stops early is the caller's.
 *
 * An unclosed quote would swallow the rest: only its line is reported, and reading continues at the next.
 */
export async function* readRecords(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { quotes, from, clock, weigh }: UploadReading,
): AsyncGenerator<RawRecord[]> {
  const cutter = new Cutter(quotes, from)
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
    const records = cutter.take(value, done)
    if (records.length > 0) yield records
    if (done) return
  }
}

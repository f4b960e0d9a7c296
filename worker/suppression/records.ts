import { Fault } from '../core/fault.ts'
import { inArrivalTime } from '../http/arrival.ts'

/** One record of an upload: the line it begins on, where it ends, and its octets without the line end. */
export interface RawRecord {
  line: number
  /** The octet after the record's line end, and the line after it, from the upload's beginning. */
  end: { octets: number; line: number }
  octets: Uint8Array
  fault?: 'too_long' | 'unclosed_quote'
}

/** Where reading begins: 0 and 1 at the beginning of an upload. */
export interface RecordStart {
  octets: number
  line: number
}

/** Octets a record may have; what is longer is reported and skipped, never kept. */
export const RECORD_MAX_BYTES = 64 * 1024

const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22
const DELIMITERS = new Set([0x2c, 0x3b, 0x09, 0x7c])

/**
 * Cuts an upload into records of one line, or of several where a quoted field spans them (RFC 4180 §2), and yields those of each
 * piece that arrives, in constant memory. An upload of which nothing comes for `ARRIVAL_MS` has broken off.
 *
 * A quote that is never closed would swallow the rest: its line alone is reported, and reading goes on at the next.
 */
export async function* readRecords(
  upload: ReadableStream<Uint8Array>,
  { quotes, from }: { quotes: boolean; from: RecordStart },
): AsyncGenerator<RawRecord[]> {
  const cutter = new Cutter(quotes, from)
  const reader = upload.getReader()
  try {
    for (;;) {
      const { done, value } = await inArrivalTime(reader.read()).catch((cause: unknown) => {
        throw new Fault({ code: 'import.interrupted' }, { cause })
      })
      const records = cutter.take(value ?? new Uint8Array(), done)
      if (records.length > 0) yield records
      if (done) return
    }
  } finally {
    // Whoever stops early must not leave the sender writing into nothing.
    await reader.cancel().catch(() => undefined)
  }
}

class Cutter {
  readonly #quotes: boolean
  /** What has arrived and belongs to no finished record yet, from the octet at `#start` on. */
  #rest: Uint8Array = new Uint8Array()
  #start: number
  #line: number
  /** Within a line that is too long: its octets are dropped as they come. */
  #skipping = false

  constructor(quotes: boolean, from: RecordStart) {
    this.#quotes = quotes
    this.#start = from.octets
    this.#line = from.line
  }

  /** Returns the records that `chunk` completes; with `last`, all that is left. */
  take(chunk: Uint8Array, last: boolean): RawRecord[] {
    const text = join(this.#rest, chunk)
    const records: RawRecord[] = []
    let begin = 0
    while (begin < text.length) {
      const found = this.#skipping ? plainEnd(text, begin) : this.#end(text, begin)
      const open = found.end === undefined
      const length = (found.end ?? text.length) - begin
      if (open && !last && length <= RECORD_MAX_BYTES) break
      if (this.#skipping || length > RECORD_MAX_BYTES || (open && found.inQuotes)) {
        begin = this.#bad(text, begin, found.inQuotes, records)
        continue
      }
      const end = found.end ?? text.length
      const stop = open ? end : end - 1
      records.push(
        this.#record(text, begin, stop > begin && text[stop - 1] === CR ? stop - 1 : stop, end, found.lines),
      )
      begin = end
    }
    this.#rest = text.slice(begin)
    return records
  }

  #end(text: Uint8Array, begin: number): Found {
    return this.#quotes ? quotedEnd(text, begin) : plainEnd(text, begin)
  }

  /** Reports the line at `begin`, and returns where to go on: behind it, or at the end of what has arrived of it. */
  #bad(text: Uint8Array, begin: number, inQuotes: boolean, records: RawRecord[]): number {
    const { end } = plainEnd(text, begin)
    const stop = end ?? text.length
    const tooLong = this.#skipping || stop - begin > RECORD_MAX_BYTES
    const consumed = this.#record(text, begin, begin, stop, end === undefined ? 0 : 1)
    if (!this.#skipping) {
      const fault = !tooLong && inQuotes ? 'unclosed_quote' : 'too_long'
      records.push({ ...consumed, fault })
    }
    this.#skipping = end === undefined
    return stop
  }

  #record(text: Uint8Array, begin: number, stop: number, end: number, lines: number): RawRecord {
    const line = this.#line
    this.#start += end - begin
    this.#line += lines
    return { line, end: { octets: this.#start, line: this.#line }, octets: text.subarray(begin, stop) }
  }
}

interface Found {
  /** The octet after the line end, when it has arrived. */
  end: number | undefined
  inQuotes: boolean
  lines: number
}

function plainEnd(text: Uint8Array, begin: number): Found {
  const at = text.indexOf(LF, begin)
  return { end: at < 0 ? undefined : at + 1, inQuotes: false, lines: 1 }
}

function quotedEnd(text: Uint8Array, begin: number): Found {
  let inQuotes = false
  let lines = 1
  let fieldStart = true
  let closed = false
  for (let i = begin; i < text.length; i++) {
    const octet = text[i]!
    if (inQuotes) {
      if (octet === QUOTE) {
        inQuotes = false
        closed = true
      } else if (octet === LF) lines++
      continue
    }
    if (octet === LF) return { end: i + 1, inQuotes, lines }
    // A quote opens a field at its beginning only; one right behind a closing quote stands for itself.
    if (octet === QUOTE && (fieldStart || closed)) inQuotes = true
    closed = false
    fieldStart = DELIMITERS.has(octet)
  }
  return { end: undefined, inQuotes, lines }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

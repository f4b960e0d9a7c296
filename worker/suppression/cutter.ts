import { BATCH_MAX } from '../../core/address.ts'

/** A record of an upload: its first line, its end, and its bytes without the line end. */
export interface RawRecord {
  line: number
  /** The byte and line after the record, counted from the beginning of the upload. */
  end: { offset: number; line: number }
  bytes: Uint8Array
  fault?: 'too_long' | 'unclosed_quote'
}

/** Where reading begins: byte 0 and line 1 at the beginning of an upload. */
export interface RecordStart {
  offset: number
  line: number
}

/** Bytes of the shortest line that names somebody: `a@b.c` and its end. */
const LINE_MIN_BYTES = 6

/**
 * The longest record, in bytes; longer ones are reported and skipped, never stored. One that a stray quote made of many lines has
 * no more of them than a statement takes.
 */
export const RECORD_MAX_BYTES = LINE_MIN_BYTES * BATCH_MAX

const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22
const HELD = Uint8Array.of(CR)
const DELIMITERS = new Set([0x2c, 0x3b, 0x09, 0x7c])

/** Position of a character: at the beginning of a field, in an unquoted field, between quotes, or after a closing quote. */
type State = 'start' | 'plain' | 'quoted' | 'closed'

/** Progress within a record: byte of the buffer, and line of the upload. */
interface Place {
  at: number
  line: number
  state: State
}

/**
 * Cuts bytes into records as they arrive, and reads each byte a fixed number of times. An upload of lines that each open a
 * quote and never close it would otherwise be read to its end from every line; so the place where the last such record was
 * given up is remembered.
 */
export class Cutter {
  readonly #quotes: boolean
  readonly #sizeOf: ((bytes: Uint8Array) => number) | undefined
  /** Bytes of unfinished records, from `#from` to `#to`. */
  #buffer: Uint8Array = new Uint8Array()
  #from = 0
  #to = 0
  /** Position of `#from` in the upload. */
  #start: number
  #line: number
  /** Progress within the record at `#from`. */
  #read: Place | undefined
  /**
   * Progress within the last unclosed record. A later line that begins before this place and leaves a quote open is in the
   * same state there.
   */
  #open: Place | undefined
  /** Whether the rest of an overlong line is being dropped. */
  #skipping = false
  /** Whether the last byte that came is a CR, which is held back until it is known whether an LF follows. */
  #held = false

  /** `sizeOf` says how many bytes of the upload some bytes were, where they are not the same. */
  constructor(quotes: boolean, from: RecordStart, sizeOf?: (bytes: Uint8Array) => number) {
    this.#quotes = quotes
    this.#sizeOf = sizeOf
    this.#start = from.offset
    this.#line = from.line
  }

  /** Returns the records that `piece` completes; with `last`, the remaining ones too. */
  take(piece: Uint8Array, last: boolean): RawRecord[] {
    if (piece.length > 0 || last) {
      if (this.#held) this.#append(HELD)
      this.#held = !last && piece.at(-1) === CR
      this.#append(this.#held ? piece.subarray(0, -1) : piece)
    }
    const records: RawRecord[] = []
    while (this.#from < this.#to) {
      if (this.#skipping) {
        this.#skipLine()
        continue
      }
      const most = this.#from + RECORD_MAX_BYTES
      const place = this.#read ?? { at: this.#from, line: this.#line, state: 'start' }
      this.#read = place
      const ended = this.#toEnd(place, Math.min(most, this.#to))
      const tooLong = !ended && this.#to > most
      if (!ended && !tooLong && !last) break
      if (tooLong || (!ended && place.state === 'quoted')) {
        records.push(this.#skipLine(place))
        continue
      }
      const end = ended ? place.at : this.#to
      const bytes = this.#buffer.subarray(this.#from, ended ? this.#beforeLineEnd(end) : end)
      records.push(this.#taken(bytes, end, place.line + (ended ? 0 : 1)))
    }
    return records
  }

  /** Reads to the end of the record at `#from`; returns whether it was found before `limit`. */
  #toEnd(place: Place, limit: number): boolean {
    if (!this.#quotes) {
      const line = this.#lineEnd(place.at, limit)
      place.at = line ?? limit
      if (line !== undefined) place.line++
      return line !== undefined
    }
    if (place.at === this.#from && this.#open) {
      const line = this.#lineEnd(this.#from, this.#open.at)
      if (line !== undefined) {
        if (this.#readTo(place, line)) return true
        // Both are between quotes at the beginning of the same line, so what follows is the same.
        Object.assign(place, this.#open)
      }
    }
    return this.#readTo(place, limit)
  }

  /** Reads to the first line end outside quotes; returns whether it was found before `limit`. */
  #readTo(place: Place, limit: number): boolean {
    let { at, line, state } = place
    let ended = false
    while (at < limit && !ended) {
      const byte = this.#buffer[at++]!
      if (byte === LF || byte === CR) {
        if (byte === CR && at < this.#to && this.#buffer[at] === LF) at++
        line++
        ended = state !== 'quoted'
      } else if (byte === QUOTE) {
        // A quote opens a field only at its beginning; right after a closing quote it is an escaped one.
        if (state === 'quoted') state = 'closed'
        else if (state !== 'plain') state = 'quoted'
      } else if (state !== 'quoted') state = DELIMITERS.has(byte) ? 'start' : 'plain'
    }
    Object.assign(place, { at, line, state })
    return ended
  }

  /**
   * Drops the bytes of the line at `#from`, and returns its faulty record; `given` is the place where its record was given
   * up.
   */
  #skipLine(given?: Place): RawRecord {
    const end = this.#lineEnd(this.#from, this.#to)
    const stop = end ?? this.#to
    const tooLong = this.#skipping || stop - this.#from > RECORD_MAX_BYTES
    this.#skipping = end === undefined
    const line = this.#line + (end === undefined ? 0 : 1)
    const record = this.#taken(new Uint8Array(), stop, line)
    if (given && given.at > stop) this.#open = given
    return { ...record, fault: !tooLong && given?.state === 'quoted' ? 'unclosed_quote' : 'too_long' }
  }

  /** Moves past a record. */
  #taken(bytes: Uint8Array, end: number, line: number): RawRecord {
    const begun = this.#line
    this.#start += this.#sizeOf?.(this.#buffer.subarray(this.#from, end)) ?? end - this.#from
    this.#line = line
    this.#from = end
    this.#read = undefined
    if (this.#open && this.#open.at <= end) this.#open = undefined
    return { line: begun, end: { offset: this.#start, line }, bytes }
  }

  /** Returns the byte after the first line end (LF, CRLF or CR) from `at` on, if that is before `limit`. */
  #lineEnd(at: number, limit: number): number | undefined {
    for (let i = at; i < limit; i++) {
      const byte = this.#buffer[i]
      if (byte === LF) return i + 1
      if (byte === CR) return i + 1 < this.#to && this.#buffer[i + 1] === LF ? i + 2 : i + 1
    }
    return undefined
  }

  /** Returns where the line end begins that stops before `end`. */
  #beforeLineEnd(end: number): number {
    const isPair = end - 2 >= this.#from && this.#buffer[end - 1] === LF && this.#buffer[end - 2] === CR
    return end - (isPair ? 2 : 1)
  }

  /** Appends a piece. Records are views of the buffer, so their bytes are never overwritten. */
  #append(piece: Uint8Array): void {
    if (this.#to + piece.length > this.#buffer.length) {
      const rest = this.#buffer.subarray(this.#from, this.#to)
      // Extra room, so that an upload in single bytes is not copied for each.
      const room = Math.min(rest.length + piece.length, RECORD_MAX_BYTES)
      this.#buffer = rest.length === 0 ? piece : new Uint8Array(rest.length + piece.length + room)
      this.#buffer.set(rest)
      for (const place of [this.#read, this.#open]) if (place) place.at -= this.#from
      this.#from = 0
      this.#to = rest.length
    }
    this.#buffer.set(piece, this.#to)
    this.#to += piece.length
  }
}

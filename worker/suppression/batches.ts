import type { BulkWriter } from '../../db/engine/client.ts'
import type { RawRecord } from './cutter.ts'

/** Lines of a batch that writes nothing, and holds nobody up. */
const LINES_PER_READ = 2000
/** Lines of an import's batch at first, when nobody knows who else writes. */
const LINES_AT_FIRST = 500
/** Of fewer lines, what each transaction costs would be the most. */
const LEAST_LINES = 200
/** Of more lines, each would cost the database little less, and the Worker holds two batches in memory. */
const MOST_LINES = 5000
/** Lines by which batches grow at most, and right after somebody else wrote: whoever clicks will soon click again. */
const LINES_MORE = 1000
const FEW_LINES_MORE = 100
/** Bytes per batch, of which two are held at a time: 2,000 lines of the greatest length are all the memory of a Worker. */
const BYTES_PER_BATCH = 4 * 1024 * 1024

/** The size of an import's batches: the next is half as large where others wrote meanwhile, and larger where nobody did. */
export class BatchSize implements BulkWriter {
  lines = LINES_AT_FIRST
  #more = LINES_MORE

  adapt(othersWaited: boolean | undefined): void {
    if (othersWaited === undefined) return
    if (othersWaited) {
      this.lines = Math.max(Math.floor(this.lines / 2), LEAST_LINES)
      this.#more = FEW_LINES_MORE
    } else {
      this.lines = Math.min(this.lines + this.#more, MOST_LINES)
      this.#more = Math.min(2 * this.#more, LINES_MORE)
    }
  }
}

/**
 * Groups records into batches and marks the last one; an upload without records is one empty batch. A record of several lines counts
 * as so many.
 */
export async function* batches(
  pieces: AsyncGenerator<RawRecord[]>,
  size: { readonly lines: number } = { lines: LINES_PER_READ },
): AsyncGenerator<{ records: RawRecord[]; last: boolean }> {
  let records: RawRecord[] = []
  let [lines, bytes] = [0, 0]
  for await (const piece of pieces)
    for (const record of piece) {
      lines += Math.max(record.end.line - record.line, 1)
      bytes += record.bytes.length
      if (records.length > 0 && (lines > size.lines || bytes > BYTES_PER_BATCH)) {
        yield { records, last: false }
        records = []
        lines = Math.max(record.end.line - record.line, 1)
        bytes = record.bytes.length
      }
      records.push(record)
    }
  yield { records, last: true }
}

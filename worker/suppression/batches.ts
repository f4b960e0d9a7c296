import type { RawRecord } from './cutter.ts'

/** Lines per transaction: enough to be fast, few enough that a one-click hardly waits. */
const LINES_PER_BATCH = 2000
/** Bytes per batch, of which two are held at a time: 2,000 lines of the greatest length are all the memory of a Worker. */
const BYTES_PER_BATCH = 4 * 1024 * 1024

/**
 * Groups records into batches and marks the last one; an upload without records is one empty batch. A record of several lines counts
 * as so many.
 */
export async function* batches(
  pieces: AsyncGenerator<RawRecord[]>,
): AsyncGenerator<{ records: RawRecord[]; last: boolean }> {
  let records: RawRecord[] = []
  let [lines, bytes] = [0, 0]
  for await (const piece of pieces)
    for (const record of piece) {
      lines += Math.max(record.end.line - record.line, 1)
      bytes += record.bytes.length
      if (records.length > 0 && (lines > LINES_PER_BATCH || bytes > BYTES_PER_BATCH)) {
        yield { records, last: false }
        records = []
        lines = Math.max(record.end.line - record.line, 1)
        bytes = record.bytes.length
      }
      records.push(record)
    }
  yield { records, last: true }
}

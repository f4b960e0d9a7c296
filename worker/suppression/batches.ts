import type { RawRecord } from './cutter.ts'

/** Lines per transaction: enough to be fast, few enough that a one-click hardly waits. */
const LINES_PER_BATCH = 2000

/** Groups records into batches and marks the last one; an upload without records is one empty batch. */
export async function* batches(
  pieces: AsyncGenerator<RawRecord[]>,
): AsyncGenerator<{ records: RawRecord[]; last: boolean }> {
  let records: RawRecord[] = []
  for await (const piece of pieces)
    for (const record of piece) {
      if (records.length === LINES_PER_BATCH) {
        yield { records, last: false }
        records = []
      }
      records.push(record)
    }
  yield { records, last: true }
}

import { Fault } from '../../core/fault.ts'
import type { RawRecord } from './cutter.ts'
import { type Format, type Layout, layoutOf, textOf } from './upload.ts'

/** Lines per transaction: enough to be fast, few enough that a one-click hardly waits. */
const LINES_PER_BATCH = 2000

/**
 * Reads the first record for the layout of a CSV, and returns all records without its header. Throws `import.encoding`,
 * `import.no_address_column`.
 */
export async function openUpload(
  records: AsyncGenerator<RawRecord[]>,
  format: Format,
): Promise<{ layout: Layout; rest: AsyncGenerator<RawRecord[]> }> {
  const { value, done } = await records.next()
  const first = done ? [] : value
  const bytes = first[0]?.bytes ?? new Uint8Array()
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    bytes.includes(0)
  ) {
    throw new Fault({ code: 'import.encoding' })
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) first[0]!.bytes = bytes.subarray(3)
  if (format === 'ndjson') return { layout: { header: null, delimiter: '' }, rest: again(first, records) }
  const text = first[0] && textOf(first[0].bytes)
  const layout = first.length === 0 ? { header: null, delimiter: ',' } : text && layoutOf(text)
  if (!layout) throw new Fault({ code: 'import.no_address_column' })
  return { layout, rest: again(first, records, layout.header ? 1 : 0) }
}

async function* again(
  first: RawRecord[],
  records: AsyncGenerator<RawRecord[]>,
  skip = 0,
): AsyncGenerator<RawRecord[]> {
  yield first.slice(skip)
  yield* records
}

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

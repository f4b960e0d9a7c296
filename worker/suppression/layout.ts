import Papa from 'papaparse'
import { Fault } from '../../core/fault.ts'
import { recipientIn } from './cell.ts'
import { charsetOf, markLength, readerOf } from './charset.ts'
import { type Columns, columnsOf, headerless, isOfSubscribers, type NamedColumns } from './columns.ts'
import type { RawRecord } from './cutter.ts'
import { headOf, recordsOf } from './records.ts'

/** The format of an upload. */
export type Format = 'csv' | 'ndjson'

/** The layout of an upload, which only its beginning shows: charset, delimiter, the header if it has one. */
export interface Layout extends NamedColumns {
  header: string[] | null
  delimiter: string
  charset?: string
}

/** How an upload is opened: its format, the charset it was declared in, and the columns that its sender named. */
export interface Opening {
  format: Format
  charset: string | undefined
  named: NamedColumns
  /** Whether a list of subscribers will do, since nothing is done to whom it names. */
  isAnyList?: boolean
}

/** Lines in which a header is looked for, blank ones not counted: spreadsheets have titles and comments above it. */
const PREAMBLE_MAX = 10
const DELIMITERS = [',', ';', '\t', '|']

/**
 * Reads the beginning of an upload for its layout, and returns its records from the first line of data on. Throws
 * `import.encoding`, `import.no_address_column`, `import.subscribers`, and `import.nothing_read` where a file holds no data at all:
 * it ended early, or was not read as what it is.
 */
export async function openUpload(
  bytes: AsyncGenerator<Uint8Array>,
  { format, charset: declared, named, isAnyList = false }: Opening,
): Promise<{ layout: Layout; rest: AsyncGenerator<RawRecord[]> }> {
  const { head, from } = await headOf(bytes)
  const charset = charsetOf(head, declared)
  const mark = markLength(head)
  const begin = { offset: mark, line: 1 }
  const records = recordsOf(from(mark), { quotes: format === 'csv', from: begin, charset })
  const read = readerOf(charset)
  let seen: RawRecord[] = []
  let written: RawRecord[] = []
  let found: FoundLayout | undefined = format === 'csv' ? undefined : { header: null, delimiter: '', data: 0 }
  while (!found || written.length <= found.data) {
    const { done, value } = await records.next()
    if (done) break
    // Blank lines above the data are dropped, or a file of nothing else would be kept whole.
    seen = written.concat(value)
    const before = written.length
    written = written.concat(value.filter(record => !isBlank(record)))
    if (written[0]?.bytes.includes(0)) throw new Fault({ code: 'import.encoding' })
    // What showed nothing is not looked through again for each blank line.
    if (written.length === before) continue
    const lines = written.slice(0, PREAMBLE_MAX).map(({ bytes }) => read(bytes).text)
    found ??= layoutAmong(lines, named)
    if (!found && written.length >= PREAMBLE_MAX) break
  }
  if (head.length === 0) return { layout: { header: null, delimiter: ',', charset, ...named }, rest: records }
  if (written.length === 0) throw new Fault({ code: 'import.nothing_read' })
  if (!found) throw new Fault({ code: 'import.no_address_column' })
  const { header, delimiter, data } = found
  if (!isAnyList && header && named.reasonColumn === undefined && isOfSubscribers(header))
    throw new Fault({ code: 'import.subscribers' })
  const above = written
    .slice(0, data)
    .filter(
      ({ bytes, fault }) => fault || cellsOf(read(bytes).text, delimiter).some(cell => recipientIn(cell)),
    )
  const below = written[data] ? seen.slice(seen.indexOf(written[data])) : []
  if (above.length + below.length === 0) throw new Fault({ code: 'import.nothing_read' })
  return { layout: { header, delimiter, charset, ...named }, rest: again(above.concat(below), records) }
}

/** Returns the columns of an upload with a layout. */
export const columnsIn = (layout: Layout): Columns =>
  (layout.header && columnsOf(layout.header, layout)) ?? headerless(layout)

/** A layout that was found, and at which of the lines the data begins. */
interface FoundLayout {
  header: string[] | null
  delimiter: string
  data: number
}

/**
 * Returns the layout that one of the first lines shows: a header that is known, or a row of a plain list. Lines above a header are
 * titles. Above a row without header, they are a list's own lines, unless they have several cells: then they are a header that we
 * do not understand, and may say that these people are subscribed.
 */
export function layoutAmong(lines: readonly string[], named: NamedColumns): FoundLayout | undefined {
  let delimiters = DELIMITERS
  let data: number | undefined
  let isPlain = true
  for (const [i, line] of lines.entries()) {
    const told = /^"?sep=(.)"?$/i.exec(line.trimStart())?.[1]
    if (told !== undefined) {
      delimiters = [told]
      continue
    }
    const found = delimiters
      .flatMap(delimiter => layoutOf(cellsOf(line, delimiter), delimiter, named))
      .sort((a, b) => b.cells - a.cells)[0]
    if (found?.header) return { header: found.header, delimiter: found.delimiter, data: i + 1 }
    if (found) return isPlain ? { header: null, delimiter: found.delimiter, data: data ?? i } : undefined
    if (line === '' || line.startsWith('#')) continue
    data ??= i
    isPlain &&= delimiters.every(delimiter => !line.includes(delimiter))
  }
  return undefined
}

/** Returns the layout of a file by one of its lines, with its number of cells; empty where the line is neither header nor data. */
function layoutOf(
  cells: string[],
  delimiter: string,
  named: NamedColumns,
): { header: string[] | null; delimiter: string; cells: number }[] {
  const columns = columnsOf(cells, named)
  const plain = headerless(named).address
  const isRow = recipientIn(cells[plain] ?? '') !== undefined
  if (isRow) return [{ header: null, delimiter, cells: cells.length }]
  const isHeader = columns && cells.length > columns.address && !cells.some(cell => recipientIn(cell))
  return isHeader ? [{ header: cells, delimiter, cells: cells.length }] : []
}

/** Returns the cells of a line. */
export const cellsOf = (line: string, delimiter: string): string[] =>
  Papa.parse<string[]>(line, { delimiter, newline: '\n', preview: 1 }).data[0] ?? []

/** Bytes of lines without content: blanks, and what DOS and old databases put at the end of a file. */
const BLANK = new Set([0x20, 0x09, 0x00, 0x1a])

/** Whether a line has nothing in it that could be lost. */
export const isBlank = ({ bytes, fault }: RawRecord): boolean =>
  !fault && bytes.every(byte => BLANK.has(byte))

async function* again(first: RawRecord[], records: AsyncGenerator<RawRecord[]>): AsyncGenerator<RawRecord[]> {
  yield first
  yield* records
}

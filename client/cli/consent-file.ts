import { createReadStream, existsSync } from 'node:fs'
import Papa from 'papaparse'
import { Fault } from '../../core/fault.ts'
import { recipientIn } from '../../worker/suppression/cell.ts'
import { charsetOf, declaredCharset, markLength, readerOf } from '../../worker/suppression/charset.ts'
import { isBlank, layoutAmong } from '../../worker/suppression/layout.ts'
import { headOf, recordsOf } from '../../worker/suppression/records.ts'
import { type ConsentColumns, consentColumns } from './consent-columns.ts'
import { type Given, type ReadConsent, withGiven } from './consent-entry.ts'
import { Usage } from './usage-error.ts'

/** A line of a file, and the consent in it or why there is none. */
export type ConsentLine = { line: number } & ReadConsent

/** How a file is read. */
export interface FileOptions {
  format: string | undefined
  /** The charset of the file, where it is neither UTF-8 nor UTF-16. */
  charset: string | undefined
  given: Given
  /** Headings by what the sender says they hold. */
  named: ReadonlyMap<string, string>
}

/** A file of consents: what its columns are taken for, where it has columns, and its lines as they are read. */
export interface ConsentFile {
  columns?: ConsentColumns['taken']
  lines: AsyncGenerator<ConsentLine>
}

/** Lines in which the header is looked for, as in an import. */
const PREAMBLE_MAX = 10

/** Opens a CSV with a header, or NDJSON. Throws `Usage` for one that cannot be read at all. */
export async function openConsents(file: string | undefined, options: FileOptions): Promise<ConsentFile> {
  const { format = /\.(ndjson|jsonl)$/.test(file ?? '') ? 'ndjson' : 'csv', named, given } = options
  if (format !== 'csv' && format !== 'ndjson') throw new Usage(`--format is csv or ndjson, not ${format}.`)
  if (format === 'ndjson' && named.size > 0) throw new Usage('--column is for CSV: NDJSON names its fields.')
  const isPipe = file === undefined || file === '-'
  if (!isPipe && !existsSync(file)) throw new Usage(`There is no file ${file}.`)
  const input = isPipe ? process.stdin : createReadStream(file)
  try {
    const records = written(input, format, options.charset)
    return format === 'csv' ? await openCsv(records, given, named) : { lines: fromJson(records, given) }
  } catch (error) {
    throw readable(error)
  }
}

/** A line as text, or why it cannot be read. */
type Text = { line: number; text: string; unread?: { error: string; why?: string } }

/** Yields the lines of a file that are not blank, in the charset that it is in. Throws `import.encoding` for what is no text. */
async function* written(
  input: AsyncIterable<Uint8Array>,
  format: 'csv' | 'ndjson',
  named: string | undefined,
): AsyncGenerator<Text> {
  const declared = named === undefined ? undefined : declaredCharset(`text/csv; charset=${named}`)
  const { head, from } = await headOf(pieces(input))
  const charset = charsetOf(head, declared)
  const mark = markLength(head)
  const textOf = readerOf(charset)
  const cutting = { quotes: format === 'csv', from: { offset: mark, line: 1 }, charset }
  for await (const records of recordsOf(from(mark), cutting))
    for (const record of records) {
      if (isBlank(record)) continue
      const { line, fault } = record
      const { text: decoded, unsure } = textOf(record.bytes)
      const text = charset === 'windows-1252' ? withPunctuation(decoded) : decoded
      const error =
        fault ?? unsure ?? (charset !== 'utf-8' && text.includes('\ufffd') ? 'wrong_charset' : undefined)
      yield { line, text, ...(error && { unread: { error, ...(WHY[error] && { why: WHY[error] }) } }) }
    }
}

const WHY: Record<string, string> = {
  not_utf8: '--charset names the charset of the file, such as windows-1252',
  wrong_charset: 'the file is not in the charset that it is read in',
}

/** What Windows-1252 has from 0x80 to 0x9f. Some versions of Node read it as ISO 8859-1, which has control characters there. */
const PUNCTUATION = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ']
const withPunctuation = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, control => PUNCTUATION[control.charCodeAt(0) - 0x80]!)

async function* pieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* input
}

async function openCsv(
  records: AsyncGenerator<Text>,
  given: Given,
  named: FileOptions['named'],
): Promise<ConsentFile> {
  const addressColumn = named.get('address')
  const above: Text[] = []
  let found: ReturnType<typeof layoutAmong>
  while (!found && above.length < PREAMBLE_MAX) {
    const { done, value } = await records.next()
    if (done) break
    above.push(value)
    found = layoutAmong(
      above.map(({ text }) => text),
      addressColumn === undefined ? {} : { addressColumn },
    )
  }
  if (above.length === 0) return { lines: none() }
  if (!found?.header)
    throw new Usage('No line names the columns with one for the address: --column address=HEADING names it.')
  const top = above.pop()!
  if (top.unread) throw new Usage(`Line ${top.line}, which names the columns, is ${saidOf(top.unread)}.`)
  const { header, delimiter } = found
  const columns = consentColumns(header, given, named)
  const cellsOf = (text: string) => Papa.parse<string[]>(text, { delimiter, newline: '\n' })
  async function* lines(): AsyncGenerator<ConsentLine> {
    for (const { line, text } of above)
      if (
        cellsOf(text)
          .data.flat()
          .some(cell => recipientIn(cell))
      )
        yield { line, error: 'above_the_header' }
    for await (const { line, text, unread } of records) {
      yield { line, ...(unread ?? rowIn(cellsOf(text), header, columns)) }
    }
  }
  return { columns: columns.taken, lines: lines() }
}

/** Reads a row whose cells stand under the headings: where a quote or delimiter is missing, evidence would be another's. */
function rowIn(
  { data, errors }: Papa.ParseResult<string[]>,
  header: readonly string[],
  columns: ConsentColumns,
): ReadConsent {
  const [cells = []] = data
  if (data.length > 1 || errors.length > 0) return { error: 'unreadable_quotes' }
  const isOther = cells.length < lengthOf(header) || lengthOf(cells) > header.length
  if (isOther)
    return { error: 'other_columns', why: `${cells.length} cells stand under ${header.length} headings` }
  return columns.read(cells)
}

/** Returns how many cells there are without the empty ones at the end. */
const lengthOf = (cells: readonly string[]): number => cells.findLastIndex(cell => cell.trim() !== '') + 1

async function* fromJson(records: AsyncGenerator<Text>, given: Given): AsyncGenerator<ConsentLine> {
  for await (const { line, text, unread } of records) {
    const entry = parsed(text)
    yield { line, ...(unread ?? (entry ? withGiven(entry, given) : { error: 'not_json' })) }
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

async function* none(): AsyncGenerator<ConsentLine> {}

/** Returns what people are told of a line that is not taken. */
export const saidOf = ({ error, why }: { error: string; why?: string }): string =>
  `${error.replaceAll('_', ' ')}${why === undefined ? '' : `: ${why}`}`

function readable(error: unknown): unknown {
  return error instanceof Fault && error.detail.code === 'import.encoding'
    ? new Usage('The file is no text, or its charset is not known: --charset names it, such as windows-1252.')
    : error
}

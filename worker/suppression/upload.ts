import Papa from 'papaparse'
import { equalBytes } from '../../core/bytes.ts'
import type { Reason } from '../../core/codes/reason.ts'
import type { ScopeCode } from '../../core/codes/scope.ts'
import { addressIdIn, type FoundRecipient, recipientIn } from './cell.ts'
import { type ReadText, readerOf } from './charset.ts'
import { type Columns, columnsOf } from './columns.ts'
import type { RawRecord } from './cutter.ts'
import type { ImportLine, LineFault } from './import-api.ts'
import { columnsIn, type Format, isBlank, type Layout } from './layout.ts'
import type { Target } from './own-row.ts'
import type { Since } from './time-columns.ts'

/** A parsed line: a recipient with reason and time, if given, or a fault. */
export type UploadLine = { line: number } & Read

/** What lines are read with. */
export interface Reading {
  /** Returns the tenant's address id of an address hash. */
  idOf(hash: Uint8Array): Uint8Array
  /** What the lines are for; undefined where nothing is asked of them but whom they name. */
  target?: Target
}

/** Whom a line names: by address or hash, or by address id alone. */
type Named = (FoundRecipient & { addressId?: undefined }) | { addressId: Uint8Array }

/** What a line says of them. Scope, end and purpose are those of a row that Floe exported, and its import's without. */
interface Said extends Since {
  reason: Reason | undefined
  scope?: ScopeCode
  until?: number | null
  ofMarketing?: boolean
}

/** What was read of a line; `who` is the address, hash or address id as it stood there. */
type Read = { who?: string } & ((Named & Said) | { fault: LineFault })

/** Returns what an import says of lines: which are not taken, and which not in full. */
export const remarksOf = (lines: readonly UploadLine[]): ImportLine[] =>
  lines.flatMap((read): ImportLine[] => {
    const { line } = read
    if ('fault' in read) return [{ type: 'refused', line, error: read.fault }]
    return read.note ? [{ type: 'noted', line, note: read.note }] : []
  })

/** Returns the parsed lines of records, without empty ones. */
export function linesOf(
  records: readonly RawRecord[],
  format: Format,
  layout: Layout,
  reading: Reading,
): UploadLine[] {
  const read = readerOf(layout.charset ?? 'utf-8')
  const texts = records.map(({ bytes }) => read(bytes))
  const lineAt = format === 'ndjson' ? jsonReader(texts, layout) : csvReader(texts, layout)
  return records.flatMap((record, i): UploadLine | UploadLine[] => {
    const { line, fault } = record
    if (fault) return { line, fault }
    return isBlank(record)
      ? []
      : lineAt(i, reading).map(({ below = 0, ...read }) => ({ line: line + below, ...read }))
  })
}

/** Returns the lines of a record, and how many lines below its first each begins. */
type LineReader = (i: number, reading: Reading) => (Read & { below?: number })[]

/** What a line is refused for where its cells were parted wrongly. */
const MISREAD = new Set<LineFault>(['invalid_address', 'no_address', 'unknown_status'])
const LINE_END = /[\r\n]/
const NOTHING: Read = { fault: 'no_address' }
const isEmpty = (cells: readonly string[]): boolean => cells.length === 1 && cells[0]!.trim() === ''

function csvReader(texts: readonly ReadText[], layout: Layout): LineReader {
  const columns = columnsIn(layout)
  const config = { delimiter: layout.delimiter, newline: '\n' as const }
  const cut = (text: string, more = {}) => Papa.parse<string[]>(text, { ...config, ...more }).data
  const single = texts.filter(({ text }) => !LINE_END.test(text))
  // Parsed together, which is several times faster; one by one where a stray quote joined rows.
  const together = cut(single.map(({ text }) => text).join('\n'))
  const known =
    together.length === single.length ? new Map(single.map((text, j) => [text, together[j]!])) : undefined
  return (i, reading) => {
    const { text, unsure } = texts[i]!
    const row = known?.get(texts[i]!)
    const lines = text.replace(/\r\n?/g, '\n')
    const read = (rows: string[][]) =>
      rows.map(cells => (isEmpty(cells) ? NOTHING : lineOf(cells, columns, reading, unsure)))
    const parted = row ? [row] : cut(lines)
    const rows = parted.length > 0 ? parted : [['']]
    const first = read(rows)
    // MySQL and others write a quote between quotes as `\"`, and what is behind it is then in another column.
    const misread = first.some(line => 'fault' in line && MISREAD.has(line.fault)) && text.includes('\\"')
    const again = misread ? read(cut(lines, { escapeChar: '\\' })) : []
    const isBetter = again.length === first.length && !again.some(line => 'fault' in line)
    if (rows.length === 1) return isBetter ? again : first
    // A quote behind another file's delimiter opened no cell: these are lines of their own.
    let below = 0
    return rows.flatMap((cells, j) => {
      const line = { ...(isBetter ? again : first)[j]!, below }
      below += cells.join('').split('\n').length
      return isEmpty(cells) ? [] : [line]
    })
  }
}

function jsonReader(texts: readonly ReadText[], layout: Layout): LineReader {
  const known = new Map<string, Columns | undefined>()
  return (i, reading) => {
    const { text, unsure } = texts[i]!
    const object = parsed(text)
    if (object === undefined) return [{ fault: unsure ?? 'not_json' }]
    const header = Object.keys(object)
    const name = header.join('\0')
    if (!known.has(name)) known.set(name, columnsOf(header, layout, true))
    const columns = known.get(name)
    if (!columns) return [{ fault: 'no_address' }]
    return [lineOf(Object.values(object).map(cellOf), columns, reading, unsure)]
  }
}

const cellOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'boolean' || typeof value === 'number'
      ? `${value}`
      : ''

/** Returns the object of a line of JSON, or undefined where it holds none. */
export function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return { address: value }
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function lineOf(
  cells: readonly string[],
  columns: Columns,
  { idOf, target }: Reading,
  unsure: LineFault | undefined,
): Read {
  const [address = '', sha256 = '', id = ''] = [
    cells[columns.address],
    cells[columns.sha256],
    cells[columns.addressId],
  ]
  const addressId = addressIdIn(id)
  const isTheirs = (hash: Uint8Array) => addressId !== undefined && equalBytes(idOf(hash), addressId)
  const found = recipientIn(address, sha256, isTheirs)
  // What is not ASCII in an address must be sure: another letter is another person.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  const isAscii = () => /^[\x00-\x7f]*$/.test(found ? found.address : address)
  // What is a soft hyphen or a no-break space in one charset, and is taken off, is a letter in another.
  const isSure = unsure === undefined || (isAscii() && !/[\u00a0\u00ad]/.test(address))
  const who = found?.address || address.trim() || sha256.trim() || id.trim()
  if (!isSure) return { who, fault: unsure }
  const isNamed = address.trim() !== '' || sha256.trim() !== ''
  if (!found && (isNamed || !addressId))
    return { who, fault: isNamed || id.trim() ? 'invalid_address' : 'no_address' }
  if (found && addressId && !isTheirs(found.hash)) return { who, fault: 'wrong_address_id' }
  const named = { who, ...(found ?? { addressId: addressId! }) }
  if (!target) return { ...named, reason: undefined }
  const own = columns.own?.(cells, target)
  if (own && 'fault' in own) return { who, ...own }
  const reason = own ? own.reason : columns.meaning(cells)
  return reason === 'not_suppressed' || reason === 'unknown_status'
    ? { who, fault: reason }
    : { ...named, reason, ...own, ...columns.times.since(cells, reason, target.now) }
}

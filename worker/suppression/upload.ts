import Papa from 'papaparse'
import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import type { Reason } from '../../core/codes/reason.ts'
import { type Columns, columnsOf, HEADERLESS } from './columns.ts'
import type { RawRecord } from './cutter.ts'
import type { LineFault } from './import-api.ts'

/** The format of an upload. */
export type Format = 'csv' | 'ndjson'

/** The layout of a CSV: its delimiter, and its header if it has one. */
export interface Layout {
  header: string[] | null
  delimiter: string
}

/** A parsed line: a recipient with its reason, if given, or a fault. */
export type UploadLine = { line: number } & (
  | { hash: Uint8Array; reason: Reason | undefined }
  | { fault: LineFault }
)

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Returns a record's text, or undefined where it is not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Returns the layout of a CSV by its first record, or undefined where that is neither a known header nor a row of a plain
 * list.
 */
export function layoutOf(first: string): Layout | undefined {
  const { data, meta } = Papa.parse<string[]>(first, { delimitersToGuess: [',', ';', '\t', '|'] })
  const header = data[0] ?? []
  const { delimiter } = meta
  if (columnsOf(header)) return { header, delimiter }
  return header[0] !== undefined && hashOf(header[0]) ? { header: null, delimiter } : undefined
}

/** Returns the parsed lines of records, without empty ones. */
export function linesOf(records: readonly RawRecord[], format: Format, layout: Layout): UploadLine[] {
  return format === 'ndjson' ? jsonLines(records) : csvLines(records, layout)
}

function csvLines(records: readonly RawRecord[], { header, delimiter }: Layout): UploadLine[] {
  const columns = header === null ? HEADERLESS : columnsOf(header)!
  const config = { delimiter, newline: '\n' as const }
  const texts = records.map(({ bytes, fault }) => (fault ? '' : textOf(bytes)))
  // Parsed together, which is several times faster; one by one where a stray quote joined rows.
  const together = Papa.parse<string[]>(texts.map(text => text ?? '').join('\n'), config).data
  const rows =
    together.length === texts.length
      ? together
      : texts.map(text => (text === undefined ? [''] : (Papa.parse<string[]>(text, config).data[0] ?? [''])))
  return records.flatMap(({ line, bytes, fault }, i): UploadLine | [] => {
    if (fault) return { line, fault }
    if (texts[i] === undefined) return { line, fault: 'not_utf8' }
    return bytes.length === 0 ? [] : lineOf(line, rows[i]!, columns)
  })
}

function jsonLines(records: readonly RawRecord[]): UploadLine[] {
  const known = new Map<string, Columns | undefined>()
  return records.flatMap(({ line, bytes, fault }): UploadLine | [] => {
    if (fault) return { line, fault }
    const text = textOf(bytes)
    if (text === undefined) return { line, fault: 'not_utf8' }
    if (text.trim() === '') return []
    const object = parsed(text)
    if (object === undefined) return { line, fault: 'not_json' }
    const header = Object.keys(object)
    const name = header.join('\0')
    if (!known.has(name)) known.set(name, columnsOf(header))
    const columns = known.get(name)
    if (!columns) return { line, fault: 'no_address' }
    const cells = Object.values(object).map(value => (typeof value === 'string' ? value : ''))
    return lineOf(line, cells, columns)
  })
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return { address: value }
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function lineOf(line: number, cells: readonly string[], columns: Columns): UploadLine {
  const hash = hashOf(cells[columns.address] ?? '') ?? hashOfHex((cells[columns.sha256] ?? '').trim())
  if (!hash) {
    const nothing = !cells[columns.address]?.trim() && !cells[columns.sha256]?.trim()
    return { line, fault: nothing ? 'no_address' : 'invalid_address' }
  }
  const reason = columns.meaning(cells)
  return reason === 'not_suppressed' ? { line, fault: reason } : { line, hash, reason }
}

/** Returns the hash of an address, or the hash that is given in its place. */
const hashOf = (text: string) => hashOfHex(text.trim()) ?? hashOfAddress(text)

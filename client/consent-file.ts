import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import Papa from 'papaparse'
import type { Consent } from './consent.ts'
import { Usage } from './error.ts'

const GROUP = 1000

/** A consent and its line in the file. */
export interface Numbered {
  line: number
  consent: Consent
}

/** Reads consents from a CSV with a header or from NDJSON, in groups. Throws `Usage` for a line that cannot be read at all. */
export async function* consentsOf(
  file: string | undefined,
  format = /\.(ndjson|jsonl)$/.test(file ?? '') ? 'ndjson' : 'csv',
): AsyncGenerator<Numbered[]> {
  if (format !== 'csv' && format !== 'ndjson') throw new Usage(`--format is csv or ndjson, not ${format}.`)
  if (file !== undefined && file !== '-' && !existsSync(file)) throw new Usage(`There is no file ${file}.`)
  const input = file === undefined || file === '-' ? process.stdin : createReadStream(file)
  let group: Numbered[] = []
  for await (const one of format === 'csv' ? fromCsv(input) : fromLines(input)) {
    group.push(one)
    if (group.length === GROUP) {
      yield group
      group = []
    }
  }
  if (group.length > 0) yield group
}

async function* fromLines(input: Readable): AsyncGenerator<Numbered> {
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (text.trim() === '') continue
    try {
      yield { line, consent: JSON.parse(text) as Consent }
    } catch {
      throw new Usage(`Line ${line} is not JSON. What stands before it is recorded.`)
    }
  }
}

/**
 * Columns: address or sha256, topic, basis, at, expiresAt, sourceUrl, sourceForm, ip, userAgent, notice, noticeVersion, wording,
 * proof.
 */
async function* fromCsv(input: Readable): AsyncGenerator<Numbered> {
  const rows = input.pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { header: true, skipEmptyLines: true }))
  // The header is line 1. Where fields span lines, the number is the record's.
  let line = 1
  for await (const row of rows) {
    line++
    const { sourceUrl, sourceForm, notice, noticeVersion, ...plain } = row as Record<string, string>
    yield {
      line,
      consent: {
        ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== '')),
        ...(sourceUrl && { source: { url: sourceUrl, ...(sourceForm && { form: sourceForm }) } }),
        ...(notice && { notice: { name: notice, version: noticeVersion ?? '' } }),
      } as unknown as Consent,
    }
  }
}

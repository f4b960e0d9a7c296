import Papa from 'papaparse'
import type { ExportLine, FailedLine } from './export-api.ts'
import type { MatchLine } from './match-api.ts'

type Row = Exclude<MatchLine, FailedLine>

/** Returns a writer of an export's pages as one CSV. */
export const exportCsv = (): ((lines: ExportLine[]) => string) =>
  csvPages<Exclude<ExportLine, FailedLine>>(
    'export',
    ['address', 'addressId', 'id', 'scope', 'topic', 'reason', 'source', 'since', 'until', 'purpose'],
    line => [line],
  )

/** Returns a writer of a match's pages as one CSV, with a row for each suppression, and one for a line without. */
export const matchCsv = (): ((lines: MatchLine[]) => string) => csvPages<Row>('match', MATCHED, rowsOf)

const MATCHED = [
  'line',
  'address',
  'sha256',
  'state',
  'scope',
  'topic',
  'reason',
  'purpose',
  'source',
  'since',
  'until',
  'error',
]

function rowsOf(line: Row): object[] {
  if (line.state !== 'suppressed') return [line]
  const { suppressions, ...named } = line
  return suppressions.map(suppression => ({ ...named, ...suppression }))
}

/** Returns a writer of pages as one CSV (RFC 4180), which escapes cells that a spreadsheet would run as formulas. */
function csvPages<Line extends object>(
  what: string,
  fields: string[],
  rowsOf: (line: Line) => object[],
): (lines: (Line | FailedLine)[]) => string {
  let header = true
  return lines => {
    const data = lines.flatMap(line =>
      isFailed(line) ? [{ [fields[0]!]: `${what} failed: ${line.code}` }] : rowsOf(line),
    )
    const text = Papa.unparse({ fields, data }, { header, escapeFormulae: true, newline: '\r\n' })
    header = false
    // A page without rows still ends the header's line.
    return data.length > 0 ? `${text}\r\n` : text
  }
}

const isFailed = (line: object): line is FailedLine => 'type' in line

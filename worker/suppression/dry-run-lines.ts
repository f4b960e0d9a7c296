import { timestamp } from '../../core/clock.ts'
import type { Reason } from '../../core/codes/reason.ts'
import { type ScopeCode, scopeName } from '../../core/codes/scope.ts'
import { readerOf } from './charset.ts'
import { columnsOf } from './columns.ts'
import type { RawRecord } from './cutter.ts'
import type { ColumnUse, ImportLine } from './import-api.ts'
import { cellsOf, columnsIn, type Format, type Layout } from './layout.ts'
import { parsed, type UploadLine } from './upload.ts'

const SAMPLES_MAX = 10

/**
 * Returns what each column of an upload is taken for. Columns of a file without a header are those of its first line, and so are
 * those of JSON.
 */
export function columnsLine(format: Format, layout: Layout, records: readonly RawRecord[]): ImportLine {
  const charset = layout.charset ?? 'utf-8'
  const first = records.find(({ fault }) => !fault)
  const text = first ? readerOf(charset)(first.bytes).text : ''
  const header = format === 'ndjson' ? Object.keys(parsed(text) ?? {}) : layout.header
  const columns = format === 'ndjson' ? columnsOf(header!, layout, true) : columnsIn(layout)
  const usesAt = new Map<number, ColumnUse[]>()
  for (const [place, as] of columns?.uses ?? []) usesAt.set(place, [...(usesAt.get(place) ?? []), as])
  const width = header ? header.length : cellsOf(text, layout.delimiter).length
  return {
    type: 'columns',
    line: (records[0]?.line ?? 1) - 1,
    delimiter: layout.delimiter,
    charset,
    columns: Array.from({ length: width }, (_, i) => i).flatMap(i => {
      const uses = usesAt.get(i) ?? []
      const column = { place: i + 1, ...(header && { heading: header[i]! }) }
      return uses.length > 0 ? uses.map(as => ({ ...column, as })) : { ...column, as: 'ignored' as const }
    }),
    ...(columns?.reason && { reason: columns.reason }),
  }
}

/** Returns what would become of the first lines. */
export const sampleLines = (
  lines: readonly UploadLine[],
  { scope: ofImport, fallback }: { scope: ScopeCode; fallback: Reason },
): ImportLine[] =>
  lines.slice(0, SAMPLES_MAX).map(read => {
    const { line, who: address } = read
    const who = { type: 'sample' as const, line, ...(address && { address }) }
    if ('fault' in read) return { ...who, error: read.fault }
    const { reason = fallback, scope = ofImport, since } = read
    return {
      ...who,
      reason,
      scope: scopeName(scope),
      ...(since !== undefined && { since: timestamp(since) }),
    }
  })

/** Adds the lines that would be taken to the counts of their reasons. */
export function countReasons(
  counts: Partial<Record<Reason, number>>,
  lines: readonly UploadLine[],
  fallback: Reason,
): void {
  for (const read of lines) {
    if ('fault' in read) continue
    const reason = read.reason ?? fallback
    counts[reason] = (counts[reason] ?? 0) + 1
  }
}

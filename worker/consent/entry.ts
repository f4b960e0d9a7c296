import { toHex } from '../../core/bytes.ts'
import { sha256 } from '../../core/sha256.ts'
import type { RecipientEventRow } from '../../db/event-list.ts'
import type { EventView } from '../ledger/api.ts'
import { eventView } from '../ledger/view.ts'

/** One thing that happened, as a proof tells it. */
export interface HistoryEntry extends EventView {
  /** What shows how it came about; null once the person was erased, when only its digest is left. */
  evidence?: Record<string, unknown> | null
  /** SHA-256 of the evidence as it is kept, in hex: part of the leaf hash, whoever can read it or not. */
  evidenceDigest?: string
}

/** Returns an event as a proof tells it. */
export function historyEntry(row: RecipientEventRow, evidence: Record<string, unknown> | null): HistoryEntry {
  return { ...eventView(row), ...(row.sealed && { evidence, evidenceDigest: toHex(sha256(row.sealed)) }) }
}

/** Returns those events that have to do with one of the topics: that name one, or reach further than a topic. */
export const concerning = (
  rows: readonly RecipientEventRow[],
  topics: readonly { number: number; name: string }[],
): RecipientEventRow[] =>
  rows.filter(({ data, asked }) => {
    const { topic, topics: names = asked } = JSON.parse(data) as Record<string, unknown>
    if (typeof topic === 'number') return topics.some(({ number }) => number === topic)
    if (typeof names === 'string') return topics.some(({ name }) => names.split(' ').includes(name))
    return true
  })

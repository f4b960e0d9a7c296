import { toHex } from '../../core/bytes.ts'
import { sha256 } from '../../core/sha256.ts'
import type { RecipientEventRow } from '../../db/event-list.ts'
import type { EventView } from '../ledger/api.ts'
import { eventView } from '../ledger/view.ts'

/** An event as a proof shows it. */
export interface HistoryEntry extends EventView {
  /** The evidence; null after erasure, when only its digest is left. */
  evidence?: Record<string, unknown> | null
  /** SHA-256 of the sealed evidence in hex; it is part of the leaf hash and can be checked without reading the evidence. */
  evidenceDigest?: string
}

/** Returns an event with its evidence, as a proof shows it. */
export function historyEntry(row: RecipientEventRow, evidence: Record<string, unknown> | null): HistoryEntry {
  return { ...eventView(row), ...(row.sealed && { evidence, evidenceDigest: toHex(sha256(row.sealed)) }) }
}

/** Returns the events that concern one of the topics: those that name it, and those wider than a topic. */
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

import type { LogPosition } from '../../core/write/log-position.ts'
import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import type { StatementResult, Wired } from '../../core/write/statement.ts'
import { GROUP_BYTES, GROUP_STATEMENTS, type JournalEntry } from './journal-entry.ts'

/** The database as the lane sees it. */
export interface GroupStore {
  /** How far the primary has come. */
  position(): Promise<LogPosition>
  /** How far those replicas have come that answer; undefined where there are none. */
  replicaPositions(): Promise<LogPosition[] | undefined>
  /** Applies statements as the group of that mark, whole or not at all. */
  commit(group: LogPosition, statements: readonly Wired[]): Promise<StatementResult[]>
  /** How a failed commit is to be read: an act was bad, another lane came first, another writer holds the database, or the outcome is not known. */
  verdict(error: unknown): 'refused' | 'out_of_turn' | 'busy' | 'unknown'
}

/** A write whose caller waits for its outcome. */
export interface QueuedWrite {
  request: WriteRequest
  at: number
  settle(outcome: WriteOutcome): void
}

/** An entry that the database is not known to have: the callers who still wait, and whether any write of it was, or may have been, acknowledged from the journal. */
export interface PendingEntry extends JournalEntry {
  callers: (QueuedWrite | undefined)[]
  acknowledged: boolean
  /** Whether it is sent in a group of its own, because the group it was in was refused. */
  alone: boolean
}

/** A group on its way to the database. Once sent it never changes, so index and term identify its content. */
export interface InFlightBatch {
  index: number
  term: number
  entries: PendingEntry[]
  /** The statements of each act. */
  contents: Wired[][]
}

/** Takes from the front of a list what fits into one group. */
export function takeGroup<T>(
  list: T[],
  sizeOf: (item: T) => Pick<JournalEntry, 'statements' | 'bytes'>,
): T[] {
  let statements = 0
  let bytes = 0
  let count = 0
  // As many acts as statements at most: one without any counts too.
  while (count < list.length && count < GROUP_STATEMENTS) {
    const size = sizeOf(list[count]!)
    statements += size.statements
    bytes += size.bytes
    if (count > 0 && (statements > GROUP_STATEMENTS || bytes > GROUP_BYTES)) break
    count++
  }
  return list.splice(0, count)
}

/** Gives every waiting caller the results of its write; without results, the acknowledgement. */
export function settleBatch(
  { entries, contents }: InFlightBatch,
  results: StatementResult[] | undefined,
): void {
  let act = 0
  let from = 0
  for (const entry of entries) {
    for (let i = 0; i < entry.writes; i++) {
      const statements = contents[act++]!.length
      const own = results?.slice(from, from + statements)
      from += statements
      const caller = entry.callers[i]
      if (!caller) continue
      caller.settle(
        own || !caller.request.needsResults
          ? { ok: true, results: own }
          : { ok: false, why: 'unavailable', detail: 'applied, and the answer was lost' },
      )
    }
    entry.callers = []
  }
}

/** Acknowledges writes from the journal; a caller that needs results hears that the database is unavailable. */
export function settleFromJournal(callers: (QueuedWrite | undefined)[]): void {
  for (const caller of callers) {
    caller?.settle(
      caller.request.needsResults
        ? { ok: false, why: 'unavailable', detail: 'the database does not answer in time' }
        : { ok: true, results: undefined },
    )
  }
}

/** Takes from the front of the kept entries those of the next group; an entry refused among others goes alone. */
export function takeEntries(open: PendingEntry[]): PendingEntry[] {
  if (open[0]!.alone) return [open.shift()!]
  const alone = open.findIndex(entry => entry.alone)
  const together = open.splice(0, alone < 0 ? open.length : alone)
  const taken = takeGroup(together, entry => entry)
  open.unshift(...together)
  return taken
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2000

/** Waits before the next attempt, longer after each failure; half of it by chance, so that not all come back at one moment. */
export function pause(failures: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
  return new Promise(resolve => setTimeout(resolve, longest / 2 + (Math.random() * longest) / 2))
}

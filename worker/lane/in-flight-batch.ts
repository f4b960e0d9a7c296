import type { LogPosition } from '../../core/write/log-position.ts'
import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import type { StatementResult, Wired } from '../../core/write/statement.ts'
import { GROUP_BYTES, GROUP_STATEMENTS, type JournalEntry } from './journal-entry.ts'

/** The database as the lane sees it. */
export interface GroupStore {
  /** Returns the primary's position. */
  position(): Promise<LogPosition>
  /** Returns the positions of the replicas that answer; undefined where there are none. */
  replicaPositions(): Promise<LogPosition[] | undefined>
  /** Applies statements as the group of that position, whole or not at all. */
  commit(group: LogPosition, statements: readonly Wired[]): Promise<StatementResult[]>
  /**
   * Classifies a failed commit: a write was bad, another lane came first, another writer holds the database, or the outcome is
   * unknown.
   */
  verdict(error: unknown): 'refused' | 'out_of_turn' | 'busy' | 'unknown'
}

/** A write whose caller waits for its outcome. */
export interface QueuedWrite {
  request: WriteRequest
  at: number
  settle(outcome: WriteOutcome): void
}

/**
 * An entry that is not known to be in the database, with the callers still waiting. `acknowledged`: a write of it was, or may
 * have been, acknowledged from the journal.
 */
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
  /** Statements of each write. */
  contents: Wired[][]
}

/** Takes from the front of a list as many items as fit into one group. */
export function takeGroup<T>(
  list: T[],
  sizeOf: (item: T) => Pick<JournalEntry, 'statements' | 'bytes'>,
): T[] {
  let statements = 0
  let bytes = 0
  let count = 0
  // The number of writes is limited as well, since a write may have no statements.
  while (count < list.length && count < GROUP_STATEMENTS) {
    const size = sizeOf(list[count]!)
    statements += size.statements
    bytes += size.bytes
    if (count > 0 && (statements > GROUP_STATEMENTS || bytes > GROUP_BYTES)) break
    count++
  }
  return list.splice(0, count)
}

/**
 * Gives each waiting caller the results of its write. Where the results are lost, callers that need them get `unavailable`, and
 * the others the acknowledgement.
 */
export function settleBatch(
  { entries, contents }: InFlightBatch,
  results: StatementResult[] | undefined,
  othersCame: (at: number) => boolean,
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
          ? { ok: true, results: own, ...(caller.request.bulk && { othersWaited: othersCame(caller.at) }) }
          : { ok: false, why: 'unavailable', detail: 'applied, and the answer was lost' },
      )
    }
    entry.callers = []
  }
}

/** Acknowledges writes from the journal; a caller that needs results learns that the database is unavailable. */
export function settleFromJournal(callers: (QueuedWrite | undefined)[]): void {
  for (const caller of callers) {
    caller?.settle(
      caller.request.needsResults
        ? { ok: false, why: 'unavailable', detail: 'the database does not answer in time' }
        : { ok: true, results: undefined },
    )
  }
}

/** Takes the entries of the next group from the front of the open ones; an entry marked `alone` goes by itself. */
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

/**
 * Waits before the next attempt, longer after each failure. Half of the wait is random, so that callers do not return all at
 * once.
 */
export function pause(failures: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
  return new Promise(resolve => setTimeout(resolve, longest / 2 + (Math.random() * longest) / 2))
}

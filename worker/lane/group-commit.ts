import type { Act, Outcome } from '../../db/commit.ts'
import type { StatementResult } from '../../db/hrana.ts'

/** The database as the lane sees it. */
export interface GroupStore {
  lastGroup(): Promise<number>
  /** Applies the acts as group `number`, whole or not at all. */
  commitGroup(number: number, acts: Act[]): Promise<StatementResult[][]>
  /** How a failed commit is to be read: an act was bad, another lane came first, another writer holds the database, or the outcome is not known. */
  verdict(error: unknown): 'refused' | 'out_of_turn' | 'busy' | 'unknown'
}

interface Waiting {
  act: Act
  statements: number
  settle(outcome: Outcome): void
}

const GROUP_STATEMENTS = 512
/** Something of the server's own, probably its checkpoint, holds it now and then (worker/decisions/0001). */
const BUSY_PAUSES_MS = [20, 100, 300, 600]

/**
 * Lets many callers write through one: while a group is on its way, the acts that arrive wait and become the next group.
 *
 * The engine wedges under concurrent writers and is slower with two than with one; a group of a hundred acts costs about
 * what ten single ones cost (worker/decisions/0001).
 */
export class GroupCommit {
  readonly #store: GroupStore
  readonly #queue: Waiting[] = []
  #running = false
  /** The number of the next group; unknown at the start and after any commit whose outcome is not known. */
  #next: number | undefined

  constructor(store: GroupStore) {
    this.#store = store
  }

  /** Queues an act and resolves once it is applied or has failed. Acts are applied in the order they came. */
  commit(act: Act): Promise<Outcome> {
    return new Promise(settle => {
      this.#queue.push({ act, statements: act.length, settle })
      if (!this.#running) void this.#drain()
    })
  }

  async #drain(): Promise<void> {
    this.#running = true
    while (this.#queue.length > 0) {
      const group = this.#take()
      const bad = await this.#apply(group)
      // One bad act must not fail its neighbours: the group was rolled back, so each is tried by itself.
      if (bad !== undefined) for (const one of group) await this.#apply([one], true)
    }
    this.#running = false
  }

  #take(): Waiting[] {
    let statements = 0
    let count = 0
    while (count < this.#queue.length && (count === 0 || statements < GROUP_STATEMENTS)) {
      statements += this.#queue[count]!.statements
      count++
    }
    return this.#queue.splice(0, count)
  }

  /** Applies a group and settles its callers; returns the refusal, unsettled, when one of several acts was bad. */
  async #apply(group: Waiting[], retried = false, pauses = BUSY_PAUSES_MS): Promise<string | undefined> {
    try {
      this.#next ??= (await this.#store.lastGroup()) + 1
      const number = this.#next
      const results = await this.#store.commitGroup(
        number,
        group.map(waiting => waiting.act),
      )
      this.#next = number + 1
      for (const [i, waiting] of group.entries()) waiting.settle({ ok: true, results: results[i]! })
      return undefined
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      const verdict = this.#store.verdict(error)
      if (verdict === 'refused' && group.length > 1) return detail
      const [pause, ...others] = pauses
      if (verdict === 'busy' && pause !== undefined) {
        await new Promise(resolve => setTimeout(resolve, pause))
        return this.#apply(group, retried, others)
      }
      if (verdict === 'out_of_turn' && !retried) {
        // Another lane instance wrote since: nothing of this group was applied, so it may take the next number.
        this.#next = undefined
        return this.#apply(group, true, pauses)
      }
      if (verdict !== 'refused') this.#next = undefined
      const why = verdict === 'refused' ? 'refused' : 'unavailable'
      for (const waiting of group) waiting.settle({ ok: false, why, detail })
      return undefined
    }
  }
}

import type { Clock } from '../../core/clock.ts'
import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { Lease } from '../../core/write/lease.ts'
import { isOurs, type LogPosition, termOf } from '../../core/write/log-position.ts'
import type { ReplicaGap, ReplicaPosition } from '../../core/write/replica-gap.ts'
import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import { AvailabilityMonitor } from './availability-monitor.ts'
import {
  type GroupStore,
  type InFlightBatch,
  pause,
  settleBatch,
  settleFromJournal,
} from './in-flight-batch.ts'
import { Intake } from './intake.ts'
import type { Journal } from './journal-entry.ts'
import { LogState } from './log-state.ts'
import { WriteQueue } from './write-queue.ts'

/** What a lane is given from outside. */
export interface LanePorts {
  store: GroupStore
  journal: Journal
  clock: Clock
  log(event: string, detail: Record<string, string | number>): void
  /** Ends this life of the lane: its journal could not be written, so that nothing it says would hold. */
  abort(why: string): void
}

/** Acts that come while the database is away are kept together for so long. */
const GATHER_MS = 2
/** How long a new lane lets others wait until it knows where the database stands. */
const BEGINNING_MS = 1000
/** The journal takes no more than this from callers while the database is away, so that the object's storage never fills. */
const JOURNAL_MAX_BYTES = 2 ** 30

/**
 * The one writer of a database: many callers write through it, and what it has taken is not lost.
 *
 * While one group is on its way, the acts that arrive become the next. Each group is kept in the journal while it is on its way, and
 * stays there until the database surely has it. When the database does not answer in time, acts are answered once they are in
 * the journal, and go to the database in their order when it is back: exactly once, by the number and term of their group
 * (worker/decisions/0006).
 */
export class Lane {
  /** Where it stands in the history of its groups. */
  readonly log: LogState
  readonly #ports: LanePorts
  readonly #journal: Journal
  readonly #queue: WriteQueue
  readonly #availability = new AvailabilityMonitor(() => this.#answerFromJournal())
  readonly #waiting = new Intake()
  /** Every group up to this number may have been dropped from the journal; undefined before anything is known. */
  #lowWaterMark: number | undefined
  #deadLetters: number
  #lost = 0
  readonly #life = Math.floor(Math.random() * 2 ** 48)
  #begun: () => void = () => undefined
  readonly #beginning = new Promise<void>(resolve => {
    this.#begun = resolve
    setTimeout(resolve, BEGINNING_MS)
  })
  #running = false
  #gathering = false

  constructor(ports: LanePorts) {
    this.#ports = ports
    this.#journal = ports.journal
    const { terms, lowWaterMark, deadLetters } = this.#journal.state()
    this.log = new LogState(terms)
    this.#lowWaterMark = lowWaterMark
    this.#deadLetters = deadLetters
    this.#queue = new WriteQueue(this.#journal)
    if (this.#queue.acknowledged) this.#availability.suspect()
    void this.#drain()
  }

  /** Takes an act and resolves once it is applied, accepted or has failed. Acts are applied in the order they came. */
  commit(request: WriteRequest): Promise<WriteOutcome> {
    const away = this.#availability.state === 'degraded'
    const full = (away && this.#journal.size() > JOURNAL_MAX_BYTES) || !this.#waiting.admits(request)
    if (full || (away && request.needsResults))
      return Promise.resolve({ ok: false, why: 'unavailable', detail: 'the database does not answer' })
    return new Promise(settle => {
      this.#waiting.add(request, this.#ports.clock(), settle)
      if (away) return this.#gatherSoon()
      this.#availability.watch()
      void this.#drain()
    })
  }

  /** Whether whoever asks the primary since they asked this, or asks it within a lease, sees everything; and where it stood. */
  lease(): Lease {
    if (!this.#availability.grants || this.#queue.acknowledged) return false
    const { last, terms } = this.log
    const term = last === undefined ? undefined : termOf(terms, last)
    return last === undefined || term === undefined ? true : { index: last, term }
  }

  /**
   * Returns what a copy of the database lacks that was seen at `mark`, without what is known; undefined when the copy is not one
   * of this lane's database, or older than what the journal still has.
   */
  async since(mark: LogPosition, { life, first, last }: ReplicaPosition): Promise<ReplicaGap | undefined> {
    if (this.#lowWaterMark === undefined) await this.#beginning
    if (this.#lowWaterMark === undefined || mark.index < this.#lowWaterMark || !isOurs(this.log.terms, mark))
      return undefined
    const known: [number, number] = life === this.#life ? [first, last] : [0, -1]
    const committed = this.log.last ?? Number.MAX_SAFE_INTEGER
    return { life: this.#life, ...this.#journal.unapplied(mark.index, known, committed) }
  }

  /** Returns how it stands. */
  status(): LaneStatus {
    const { entries } = this.#queue
    return {
      availability: this.#availability.state,
      depth: entries.reduce((sum, { writes }) => sum + writes, this.#waiting.length),
      oldestAt: entries[0]?.at ?? this.#waiting.first?.at ?? null,
      deadLetters: this.#deadLetters,
      kept: this.#journal.entries(),
      bytes: this.#journal.size(),
      committed: this.log.last ?? null,
      lost: this.#lost,
    }
  }

  /** Goes on, whatever interrupted it. */
  resume(): void {
    void this.#drain()
  }

  /** Drops from the journal what the database surely has: groups up to `number` that came before a time. */
  drop(index: number, before: number): void {
    this.#journal.drop(index, before)
    this.#lowWaterMark = this.#journal.state().lowWaterMark
  }

  async #drain(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let failures = 0; this.#hasWork(); ) {
      try {
        if (this.log.next === undefined) this.#find(await this.#ports.store.position())
        else await this.#send()
        failures = 0
      } catch (error) {
        const verdict = this.#ports.store.verdict(error)
        if (verdict !== 'busy') this.log.next = undefined
        // Out of turn, nothing was applied and the database answers: where it stands is asked at once, but not for ever.
        if (verdict !== 'out_of_turn' || failures > 0) await pause(failures)
        failures++
      }
    }
    this.#running = false
  }

  #hasWork(): boolean {
    const { inFlight, open } = this.#queue
    if (inFlight || open.length > 0 || this.log.next === undefined) return true
    return this.#waiting.length > 0 && this.#availability.state !== 'degraded'
  }

  async #send(): Promise<void> {
    const { batch, keep } = this.#queue.inFlight ? { batch: this.#queue.inFlight } : this.#compose()
    const { index, term, contents } = batch
    // Whatever stays behind is acknowledged before this group is there: the group must not claim to be newer.
    const at = Math.min(this.#ports.clock(), this.#queue.open[0]?.at ?? Number.POSITIVE_INFINITY)
    const sending = this.#ports.store.commit({ index, term, at }, contents.flat())
    // After the request, which would otherwise wait until what is kept is durable: the answer waits for both.
    if (keep) this.#write(keep)
    let results: StatementResult[]
    try {
      results = await sending
    } catch (error) {
      if (this.#ports.store.verdict(error) !== 'refused') throw error
      this.#refused(batch, error instanceof Error ? error.message : String(error))
      return
    }
    this.#landed(batch, results)
  }

  #compose(): { batch: InFlightBatch; keep?: () => void } {
    const { index, term, drawn } = this.log.take()
    if (drawn) this.#write(() => this.#journal.keepTerms(this.log.terms))
    return this.#queue.compose(this.#waiting, { index, term })
  }

  #landed(batch: InFlightBatch, results?: StatementResult[]): void {
    this.log.landed(batch.index)
    this.#queue.inFlight = undefined
    settleBatch(batch, results)
    this.#moved(batch.entries.some(({ acknowledged }) => acknowledged))
  }

  /** The database would not have a group, and nothing of it was applied: each act is tried by itself, and a bad one fails alone. */
  #refused(batch: InFlightBatch, why: string): void {
    const [{ seq, acknowledged, callers }] = batch.entries as [InFlightBatch['entries'][number]]
    if (batch.contents.length > 1) {
      this.#write(() => this.#queue.part(batch))
      this.#moved(false)
      return
    }
    this.#queue.inFlight = undefined
    if (acknowledged) {
      this.#write(() => this.#journal.deadLetter(seq, why))
      this.#deadLetters++
      this.#ports.log('lane.set_aside', { seq, why })
    } else {
      this.#write(() => this.#journal.replace(seq, []))
      callers[0]?.settle({ ok: false, why: 'refused', detail: why })
    }
    this.#moved(acknowledged)
  }

  #find(mark: LogPosition): void {
    const { inFlight } = this.#queue
    const finding = this.log.found(mark, inFlight, this.#lowWaterMark)
    if (finding === 'lost') {
      this.#lost++
      // Groups below the low-water mark are no longer in the journal: only a replica may still have them.
      const beyondTheJournal = Math.max(0, (this.#lowWaterMark ?? 0) - mark.index)
      this.#ports.log('lane.database_lost_groups', { committed: mark.index, beyondTheJournal })
    }
    if (this.#lowWaterMark === undefined || mark.index < this.#lowWaterMark) {
      this.#lowWaterMark = mark.index
      this.#write(() => this.#journal.setLowWaterMark(mark.index))
    }
    this.#begun()
    if (finding === 'landed') this.#landed(inFlight!)
    if (finding === 'void') this.#write(() => this.#queue.takeBack(inFlight!))
    if (finding === 'lost') {
      this.#write(() => this.#queue.takeBackBeyond(mark.index))
      if (this.#queue.acknowledged) this.#availability.suspect()
    }
  }

  /** The database has taken something, or refused it: it is there. */
  #moved(owed: boolean): void {
    const { acknowledged } = this.#queue
    if (owed && !acknowledged) this.#availability.coolDown()
    if (acknowledged && this.#availability.state === 'degraded') return
    this.#availability.recover()
    if (this.#waiting.length > 0 || this.#queue.open.length > 0) this.#availability.watch()
  }

  /** Every lease has run out: whatever is in the journal may be answered from there. */
  #answerFromJournal(): void {
    for (const entry of this.#queue.entries) {
      settleFromJournal(entry.callers)
      entry.callers = []
      entry.acknowledged = true
    }
    this.#gather()
  }

  #gatherSoon(): void {
    if (this.#gathering) return
    this.#gathering = true
    setTimeout(() => {
      this.#gathering = false
      this.#gather()
    }, GATHER_MS)
  }

  /** Keeps and answers those who wait, when it is time for that. Who cannot be answered so is sent away. */
  #gather(): void {
    if (this.#availability.state === 'degraded') {
      const waiting = this.#waiting.takeAll()
      settleFromJournal(waiting.filter(({ request }) => request.needsResults))
      const lasting = waiting.filter(({ request }) => !request.needsResults)
      while (lasting.length > 0) this.#write(() => settleFromJournal(this.#queue.keep(lasting)))
    }
    void this.#drain()
  }

  #write(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#ports.abort(error instanceof Error ? error.message : String(error))
      throw error
    }
  }
}

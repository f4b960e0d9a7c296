import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { Lease } from '../../core/write/lease.ts'
import { isOurs, type LogPosition, termOf } from '../../core/write/log-position.ts'
import type { ReplicaGap, ReplicaPosition } from '../../core/write/replica-gap.ts'
import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import { AvailabilityMonitor, SUSPECT_AFTER_MS } from './availability-monitor.ts'
import { type InFlightBatch, pause, settleBatch, settleFromJournal } from './in-flight-batch.ts'
import { Intake } from './intake.ts'
import type { Journal } from './journal-entry.ts'
import type { LanePorts } from './lane-ports.ts'
import { LogState } from './log-state.ts'
import { WriteQueue } from './write-queue.ts'

/** Milliseconds over which writes are gathered into one entry while the database is unavailable. */
const GATHER_MS = 2
/** Milliseconds for which a new lane delays `since` while it does not know the database's position. */
const BEGINNING_MS = 1000
/** Most bytes the journal takes from callers while the database is unavailable, so that the object's storage never fills. */
const JOURNAL_MAX_BYTES = 2 ** 30

/**
 * The one writer of a database: many callers write through it, and no write it has taken is lost.
 *
 * While one group is under way, arriving writes form the next. Each group is written to the journal and stays there until the
 * database surely has it. When the database does not answer in time, writes are acknowledged once they are in the journal, and
 * reach the database in order when it is back: exactly once, by index and term of their group (decision 0006).
 */
export class Lane {
  /** Its position in the history of its groups. */
  readonly log: LogState
  readonly #ports: LanePorts
  readonly #journal: Journal
  readonly #queue: WriteQueue
  readonly #availability = new AvailabilityMonitor(() => this.#answerFromJournal())
  readonly #waiting = new Intake()
  /** Groups up to this index may have been dropped from the journal; undefined before any is known. */
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
  #gathering: ReturnType<typeof setTimeout> | undefined
  /** Whether the database answers again, and has not yet everything that was acknowledged without it. */
  #catchesUp = false
  /** Groups that landed while it caught up. */
  #landings = 0

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

  /**
   * Takes a write and resolves once it is applied, acknowledged or has failed. Writes are applied in order of arrival, but others
   * pass a bulk write that waits.
   */
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

  /**
   * Grants a lease when the primary's answer is complete for a caller who reads it after asking here or within the lease. The
   * lease names the last group in the database, where that is known.
   */
  lease(): Lease {
    if (!this.#availability.grants || this.#queue.acknowledged) return false
    const { last, terms } = this.log
    const term = last === undefined ? undefined : termOf(terms, last)
    return last === undefined || term === undefined ? true : { index: last, term }
  }

  /**
   * Returns the entries that a copy of the database at `mark` lacks, except those the caller knows. Undefined when the copy is
   * not one of this lane's database, or older than the journal.
   */
  async since(mark: LogPosition, { life, first, last }: ReplicaPosition): Promise<ReplicaGap | undefined> {
    if (this.#lowWaterMark === undefined) await this.#beginning
    if (this.#lowWaterMark === undefined || mark.index < this.#lowWaterMark || !isOurs(this.log.terms, mark))
      return undefined
    const known: [number, number] = life === this.#life ? [first, last] : [0, -1]
    const committed = this.log.last ?? Number.MAX_SAFE_INTEGER
    return { life: this.#life, ...this.#journal.unapplied(mark.index, known, committed) }
  }

  /** Returns the lane's state. */
  status(): LaneStatus {
    const { entries } = this.#queue
    return {
      availability: this.#availability.state,
      depth: entries.reduce((sum, { writes }) => sum + writes, this.#waiting.length),
      oldestAt: entries[0]?.at ?? this.#waiting.oldestAt ?? null,
      deadLetters: this.#deadLetters,
      kept: this.#journal.entries(),
      bytes: this.#journal.size(),
      committed: this.log.last ?? null,
      lost: this.#lost,
    }
  }

  /** Drains the queue again, after an interruption. */
  resume(): void {
    void this.#drain()
  }

  /** Drops groups up to `index` that came before a time from the journal; the database surely has them. */
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
        this.#catchesUp = false
        if (this.#availability.state === 'degraded') this.#gather()
        if (verdict !== 'busy') this.log.next = undefined
        // Out of turn means that nothing was applied and the database answers: its position is asked for at once, but only the
        // first time.
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
    // Entries left behind may be acknowledged before this group is applied, so the group must not claim to be newer.
    const at = Math.min(this.#ports.clock(), this.#queue.open[0]?.at ?? Number.POSITIVE_INFINITY)
    const sending = this.#ports.store.commit({ index, term, at }, contents.flat())
    // The journal is written after the request is sent, since the request would otherwise wait until it is durable; the answer
    // waits for both.
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
    settleBatch(batch, results, at => this.#waiting.othersCame(at))
    this.#moved(batch.entries.some(({ acknowledged }) => acknowledged))
  }

  /** Handles a group that the database refused and did not apply: each write is sent by itself, and a bad one fails alone. */
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
      // Groups below the low-water mark are no longer in the journal; only a replica may still have them.
      const beyondTheJournal = Math.max(0, (this.#lowWaterMark ?? 0) - mark.index)
      this.#ports.log('lane.database_lost_groups', { committed: mark.index, beyondTheJournal })
    }
    if (this.#lowWaterMark === undefined || mark.index < this.#lowWaterMark) {
      this.#lowWaterMark = mark.index
      this.#write(() => this.#journal.setLowWaterMark(mark.index))
    }
    this.#begun()
    if (finding === 'landed') this.#landed(inFlight!)
    // It answers, and is owed nothing: a lane that began while it was away would else stay degraded until a click came.
    if (finding === 'nothing' && !this.#queue.acknowledged) this.#moved(false)
    if (finding === 'void') this.#write(() => this.#queue.takeBack(inFlight!))
    if (finding === 'lost') {
      this.#write(() => this.#queue.takeBackBeyond(mark.index))
      if (this.#queue.acknowledged) this.#availability.suspect()
    }
  }

  /** Updates the availability after the database has applied or refused a group, which shows that it answers. */
  #moved(owed: boolean): void {
    const { acknowledged } = this.#queue
    if (owed && !acknowledged) this.#availability.coolDown()
    if (acknowledged && this.#availability.state === 'degraded') {
      this.#landings++
      // Who waits is gathered by the timer: an entry at every landing would be more than half a group, and no two of them fit in one.
      if (!this.#catchesUp) this.#gather()
      this.#catchesUp = true
      return
    }
    this.#catchesUp = false
    this.#availability.recover()
    if (this.#waiting.length > 0 || this.#queue.open.length > 0) this.#availability.watch()
  }

  /** Acknowledges everything in the journal, once every lease has run out. */
  #answerFromJournal(): void {
    for (const entry of this.#queue.entries) {
      settleFromJournal(entry.callers)
      entry.callers = []
      entry.acknowledged = true
    }
    this.#gather()
  }

  /**
   * Gathers the writes that wait. While a database catches up they are given the time in which one that answers has a group: were they
   * acknowledged at once, whoever clicks would come back sooner than it catches up, and it would stay degraded for as long as they come.
   */
  #gatherSoon(): void {
    const landings = this.#landings
    this.#gathering ??= setTimeout(
      () => {
        if (this.#landings === landings) this.#catchesUp = false
        this.#gather()
      },
      this.#catchesUp ? SUSPECT_AFTER_MS : GATHER_MS,
    )
  }

  /** Stores and acknowledges the waiting writes while degraded. Those that need results fail. */
  #gather(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
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

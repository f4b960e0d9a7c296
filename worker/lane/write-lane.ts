import { DurableObject } from 'cloudflare:workers'
import { systemClock } from '../../core/clock.ts'
import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { Lease } from '../../core/write/lease.ts'
import type { LogPosition } from '../../core/write/log-position.ts'
import { answerIn, type LaneAnswer } from '../../core/write/message.ts'
import type { ReplicaGap, ReplicaPosition } from '../../core/write/replica-gap.ts'
import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import { commitGroup, isOutOfTurn, readPosition } from '../../db/engine/commit.ts'
import { DatabaseBusy, StatementRefused, Stream } from '../../db/engine/hrana.ts'
import type { GroupStore } from './in-flight-batch.ts'
import { Lane } from './lane.ts'
import { laneId } from './lane-id.ts'
import { log } from './log.ts'
import { laneSettings } from './settings.ts'
import { SqlJournal } from './sql-journal.ts'
import { steadyClock } from './steady-clock.ts'
import { tidy } from './tidy.ts'

/** Milliseconds after which an attempt to write is given up; the lane then asks the database for the outcome. */
const WRITE_DEADLINE_MS = 2000
const REPLICA_DEADLINE_MS = 1000
/** Milliseconds between alarms, which tidy the journal and wake a lane that was interrupted. */
const TIDY_EVERY_MS = 10_000

/** What the platform binds to the lane beside its settings. */
interface LaneBindings {
  LANE: DurableObjectNamespace<WriteLane>
}

/** The one writer of a database cluster: every instance of the Worker sends its writes to this object's single instance. */
export class WriteLane extends DurableObject<LaneBindings> {
  readonly #lane: Lane
  readonly #store: GroupStore
  #woken = false
  readonly #steady: () => void

  constructor(state: DurableObjectState, bindings: LaneBindings) {
    super(state, bindings)
    this.#steady = steadyClock(state)
    // The lane finds its cluster by its id alone, since an alarm wakes it without a caller. The journal of a lane whose cluster
    // is no longer configured is kept.
    const { clusters } = laneSettings(bindings)
    const own = clusters.find(each => laneId(bindings.LANE, each).equals(state.id))
    if (!own) throw new Error('no setting names the cluster of this lane')
    const { primary, replicas } = own
    const stream = new Stream(systemClock)
    this.#store = {
      position: () => readPosition(primary, WRITE_DEADLINE_MS),
      commit: (group, statements) => commitGroup(primary, group, statements, WRITE_DEADLINE_MS, stream),
      async replicaPositions() {
        if (replicas.length === 0) return undefined
        const asked = await Promise.allSettled(replicas.map(each => readPosition(each, REPLICA_DEADLINE_MS)))
        return asked.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []))
      },
      verdict(error) {
        if (isOutOfTurn(error)) return 'out_of_turn'
        if (error instanceof DatabaseBusy) return 'busy'
        return error instanceof StatementRefused ? 'refused' : 'unknown'
      },
    }
    this.#lane = new Lane({
      store: this.#store,
      journal: new SqlJournal(state.storage.sql),
      clock: systemClock,
      log,
      abort: why => state.abort(why),
    })
  }

  /** Applies a write, ledger and projections in one transaction, or stores it until that is possible. */
  commit(request: WriteRequest, version?: number): Promise<LaneAnswer<WriteOutcome>> {
    return answerIn(
      version,
      () => {
        this.#steady()
        this.#wake()
        return this.#lane.commit(request)
      },
      log,
    )
  }

  /** Grants a lease when the primary's answer is complete for a caller who reads it now or within the lease. */
  lease(version?: number): Promise<LaneAnswer<Lease>> {
    return answerIn(
      version,
      () => {
        this.#steady()
        return this.#lane.lease()
      },
      log,
    )
  }

  /** Returns the entries that a copy of the database at `mark` lacks. */
  since(
    mark: LogPosition,
    known: ReplicaPosition,
    version?: number,
  ): Promise<LaneAnswer<ReplicaGap | undefined>> {
    return answerIn(version, () => this.#lane.since(mark, known), log)
  }

  /** Returns the lane's state. */
  status(version?: number): Promise<LaneAnswer<LaneStatus>> {
    return answerIn(version, () => this.#lane.status(), log)
  }

  /** Continues after an interruption, and drops what the database surely has. */
  override async alarm(): Promise<void> {
    this.#woken = false
    this.#lane.resume()
    tidy(this.#lane, await this.#store.replicaPositions(), systemClock())
    if (this.#lane.status().kept > 0) this.#wake()
  }

  /** Sets the alarm, which restarts an interrupted object that nobody calls. */
  #wake(): void {
    if (this.#woken) return
    this.#woken = true
    void this.ctx.storage.setAlarm(systemClock() + TIDY_EVERY_MS)
  }
}

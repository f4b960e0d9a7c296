import { DurableObject } from 'cloudflare:workers'
import { type Act, commitGroup, isOutOfTurn, lastGroup, type Outcome } from '../../db/commit.ts'
import { DatabaseBusy, StatementRefused, Stream } from '../../db/hrana.ts'
import { systemClock } from '../core/clock.ts'
import { type Bindings, parseEnv } from '../env.ts'
import { GroupCommit } from './group-commit.ts'

/** A write is given up after this long; the client's patience is about 5 s. */
const WRITE_DEADLINE_MS = 2000

/** The one writer of a database cluster: every instance of the Worker sends its acts to the single instance of this object. */
export class WriteLane extends DurableObject<Bindings> {
  readonly #lane: GroupCommit

  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings)
    const { primary } = parseEnv(bindings)
    const stream = new Stream(systemClock)
    this.#lane = new GroupCommit({
      lastGroup: () => lastGroup(primary, WRITE_DEADLINE_MS),
      commitGroup: (number, acts) => commitGroup(primary, number, acts, WRITE_DEADLINE_MS, stream),
      verdict: error => {
        if (isOutOfTurn(error)) return 'out_of_turn'
        if (error instanceof DatabaseBusy) return 'busy'
        return error instanceof StatementRefused ? 'refused' : 'unknown'
      },
    })
  }

  /** Applies an act: ledger and projections in one transaction. */
  commit(act: Act): Promise<Outcome> {
    return this.#lane.commit(act)
  }
}

import { within } from '../../core/deadline.ts'
import { Fault } from '../../core/fault.ts'
import type { ReadOutcome } from '../../core/write/read-request.ts'
import type { Statement, StatementResult } from '../../core/write/statement.ts'
import { Breaker } from './breaker.ts'
import { DatabaseUnreachable, rowsIn, run, StatementRefused, wired } from './hrana.ts'
import type { DatabaseOptions } from './lane-calls.ts'

/** Milliseconds of a read of the primary, whichever way it goes. */
export const PRIMARY_READ_DEADLINE_MS = 2000
/** Milliseconds without an answer of the read lane to anybody here after which it is silent, and after which that is looked at again. */
const LANE_SILENCE_MS = 300
const SILENCE_STEP_MS = 100
/**
 * Most reads that ask the primary themselves while the lane is silent and nobody knows why. Where one of them is answered, all may; where
 * the primary is what is slow, a stream for each waiting read would make it slower.
 */
const SCOUTS_MAX = 4
/** Characters from which a read asks the primary itself: so long a list would hold up those it shares a pipeline with. */
const LONG_READ_CHARACTERS = 16_384

type Options = Pick<DatabaseOptions, 'primary' | 'readLane' | 'clock' | 'log'>

/** An isolate's fresh reads of the primary: through the read lane, which opens no stream for each, or else by themselves. */
export class PrimaryReads {
  readonly #options: Options
  readonly #breaker = new Breaker()
  /** How many reads the lane has answered, and how many the primary in its place. */
  #laneAnswers = 0
  #passes = 0
  #scouts = 0

  constructor(options: Options) {
    this.#options = options
  }

  /** Runs statements one after another, after everything committed before the call. Throws as `run` does, and `overloaded`. */
  async read(statements: readonly Statement[], tenant: number | undefined): Promise<StatementResult[]> {
    const { primary, readLane, clock } = this.#options
    const start = clock()
    if (!readLane || statements.some(({ long }) => long)) return this.#direct(statements, start)
    const encoded = statements.map(wired)
    const characters = encoded.reduce((sum, { length }) => sum + length, 0)
    if (characters > LONG_READ_CHARACTERS || !this.#breaker.admits(start))
      return this.#direct(statements, start)

    const before = { laneAnswers: this.#laneAnswers, passes: this.#passes }
    const asked = readLane({ primary: primary.url, tenant, statements: encoded }).catch(away)
    const outcome = await this.#inTime(asked, before.passes)
    if (outcome && isAnswer(outcome)) return this.#answered(outcome)
    const why = outcome && !outcome.ok ? outcome.detail : 'it does not answer'
    this.#scouts++
    try {
      const answer = this.#direct(statements, start).then(results => {
        if (this.#laneAnswers === before.laneAnswers) this.#passed(why)
        return results
      })
      // What is silent may only be slow, as the primary may be: the first answer counts.
      const late = asked.then(given => (isAnswer(given) ? this.#answered(given) : answer))
      return await Promise.race([answer, late])
    } finally {
      this.#scouts--
    }
  }

  async #direct(statements: readonly Statement[], start: number): Promise<StatementResult[]> {
    const { primary, clock } = this.#options
    const left = Math.min(PRIMARY_READ_DEADLINE_MS, Math.ceil(start + PRIMARY_READ_DEADLINE_MS - clock()))
    if (left < 1) throw new DatabaseUnreachable('the read lane did not answer in time')
    return run(primary, statements, left)
  }

  /** Returns the lane's outcome; undefined when the primary is to be asked instead, or time is up. */
  async #inTime(asked: Promise<ReadOutcome>, passesBefore: number): Promise<ReadOutcome | undefined> {
    for (let waited = 0, step = LANE_SILENCE_MS; waited < PRIMARY_READ_DEADLINE_MS; ) {
      const answersBefore = this.#laneAnswers
      const outcome = await within(step, asked, () => undefined)
      if (outcome) return outcome
      // Where others were answered meanwhile, this one only waits for its turn.
      const silent = this.#laneAnswers === answersBefore
      if (silent && (this.#scouts < SCOUTS_MAX || this.#passes > passesBefore)) return undefined
      waited += step
      step = silent ? SILENCE_STEP_MS : LANE_SILENCE_MS
    }
    return undefined
  }

  #answered(outcome: ReadOutcome): StatementResult[] {
    this.#laneAnswers++
    this.#breaker.succeeded()
    return resultsOf(outcome)
  }

  /** Notes that the primary answered while the lane did not. */
  #passed(why: string): void {
    const now = this.#options.clock()
    this.#passes++
    const before = this.#breaker.state(now)
    this.#breaker.failed(now)
    if (before === 'closed' && this.#breaker.state(now) === 'open')
      this.#options.log?.('read_lane.away', new Error(why))
  }
}

const away = (error: Error): ReadOutcome => ({ ok: false, why: 'unavailable', detail: error.message })

const isAnswer = (outcome: ReadOutcome): boolean => outcome.ok || outcome.why !== 'unavailable'

function resultsOf(outcome: ReadOutcome): StatementResult[] {
  if (outcome.ok) return rowsIn(outcome.rows)
  if (outcome.why === 'overloaded') throw new Fault({ code: 'overloaded' })
  throw new StatementRefused(outcome.detail)
}

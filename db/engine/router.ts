import { Fault } from '../../core/fault.ts'
import type { LogPosition } from '../../core/write/log-position.ts'
import type { Statement, StatementResult } from '../../core/write/statement.ts'
import { Breaker, type BreakerState } from './breaker.ts'
import { positionQuery } from './commit.ts'
import { HeldLease } from './held-lease.ts'
import { DatabaseUnreachable, type Endpoint, run } from './hrana.ts'
import type { DatabaseOptions } from './lane-calls.ts'
import { NOTHING_KNOWN, NOTHING_PENDING, type Pending, PendingCache } from './pending.ts'
import { PRIMARY_READ_DEADLINE_MS, PrimaryReads } from './primary-reads.ts'
import type { Freshness } from './query.ts'
import { ReadShare } from './read-share.ts'

/** Results of one copy of the database, and the denials it lacks. */
export interface RoutedAnswer {
  results: StatementResult[]
  pending: Pending
}

/** Sends reads to a copy of the database that can answer, within the share of the sender's tenant or of all others. */
export interface Router {
  ask(freshness: Freshness, statements: readonly Statement[], tenant?: number): Promise<RoutedAnswer>
  /** Asks the nearest copy that is at most `NEARBY_MS` behind. Its answer includes everything acknowledged before `asOf`. */
  nearby(statements: readonly Statement[], tenant?: number): Promise<RoutedAnswer & { asOf: number }>
  states(): { primary: BreakerState; replicas: BreakerState[] }
}

const REPLICA_READ_DEADLINE_MS = 250
/** A replica that stands in for the primary gets more time, since no other copy is left to ask. */
const STANDBY_READ_DEADLINE_MS = 1000
/** Most milliseconds that a nearby copy may be behind; a copy that lacks something older is skipped. */
export const NEARBY_MS = 5000

interface Copy {
  endpoint: Endpoint
  breaker: Breaker
}

/** Opens an isolate's ways to read from a cluster. */
export function openRouter(options: DatabaseOptions): Router {
  const { primary, replicas, lane, clock, background } = options
  const main: Copy = { endpoint: primary, breaker: new Breaker() }
  const others = replicas.map((endpoint): Copy => ({ endpoint, breaker: new Breaker() }))
  const lease = new HeldLease(clock, background)
  const cache = new PendingCache()
  const share = new ReadShare()
  const primaryReads = new PrimaryReads(options)

  const from = ({ endpoint, breaker }: Copy, statements: readonly Statement[], deadlineMs: number) =>
    noted(breaker, run(endpoint, statements, deadlineMs))

  async function noted(breaker: Breaker, reading: Promise<StatementResult[]>) {
    try {
      const results = await reading
      breaker.succeeded()
      return results
    } catch (error) {
      if (error instanceof DatabaseUnreachable) breaker.failed(clock())
      throw error
    }
  }

  /** Asks one copy and then the lane for what the copy lacks: everything acknowledged before is in one or the other. */
  async function whole(
    copy: Copy,
    statements: readonly Statement[],
    deadlineMs: number,
  ): Promise<RoutedAnswer> {
    const [mark, ...results] = await from(copy, [positionQuery, ...statements], deadlineMs)
    const { pending } = await lacking(positionQuery.decode(mark!.rows))
    return { results, pending }
  }

  async function lacking(mark: LogPosition): Promise<{ pending: Pending; behindSince: number | null }> {
    for (const known of [cache.known, NOTHING_KNOWN]) {
      const lacks = await asked(lane.since(mark, known))
      if (!lacks) throw new DatabaseUnreachable('this copy is not known to the lane, or too far behind')
      const pending = cache.take(known, lacks)
      if (pending) return { pending, behindSince: lacks.behindSince }
    }
    throw new DatabaseUnreachable('the lane could not be followed')
  }

  /**
   * Asks the replicas, nearest first. A replica is complete when it has everything the database had when a lease was granted.
   * Otherwise the lane names what it lacks, and a replica that lacks something older than `NEARBY_MS` is skipped. The last
   * attempt is a `fresh` read.
   */
  async function nearby(
    statements: readonly Statement[],
    tenant?: number,
  ): Promise<RoutedAnswer & { asOf: number }> {
    const start = clock()
    const admitted = others.filter(({ breaker }) => breaker.admits(start))
    const granted = admitted.length === 0 || held() ? undefined : asked(lease.ask(lane))
    granted?.catch(() => undefined)
    return firstOf([
      ...admitted.map(copy => async () => {
        const [first, ...results] = await from(copy, [positionQuery, ...statements], REPLICA_READ_DEADLINE_MS)
        const mark = positionQuery.decode(first!.rows)
        await granted
        const covered = lease.covers(mark)
        if (covered !== undefined)
          return { results, pending: NOTHING_PENDING, asOf: Math.max(covered, mark.at) }
        const { pending, behindSince } = await lacking(mark)
        if (clock() - (behindSince ?? start) > NEARBY_MS)
          throw new DatabaseUnreachable('this copy is too far behind')
        return { results, pending, asOf: behindSince ?? start }
      }),
      async () => ({ ...(await fresh(statements, tenant)), asOf: start }),
    ])
  }

  /** Whether a lease is valid; one near its end is renewed after the answer. */
  function held(): boolean {
    if (!lease.holds()) return false
    if (lease.wantsRenewal()) background(lease.ask(lane).catch(() => undefined))
    return true
  }

  async function primaryFirst(statements: readonly Statement[], tenant?: number): Promise<RoutedAnswer> {
    const read = (all: readonly Statement[]) => noted(main.breaker, primaryReads.read(all, tenant))
    if (held()) return { results: await read(statements), pending: NOTHING_PENDING }
    const granted = asked(lease.ask(lane))
    // Its failure is handled below; until then it must not count as unhandled.
    granted.catch(() => undefined)
    const [mark, ...results] = await read([positionQuery, ...statements])
    if (await granted) return { results, pending: NOTHING_PENDING }
    const { pending } = await lacking(positionQuery.decode(mark!.rows))
    return { results, pending }
  }

  async function fresh(statements: readonly Statement[], tenant?: number): Promise<RoutedAnswer> {
    const attempts = others.map(copy => () => whole(copy, statements, STANDBY_READ_DEADLINE_MS))
    // While the primary is known to be unavailable, replicas are asked first and the primary last.
    if (main.breaker.admits(clock())) attempts.unshift(() => primaryFirst(statements, tenant))
    else attempts.push(() => primaryFirst(statements, tenant))
    return firstOf(attempts)
  }

  function mayLag(statements: readonly Statement[]): Promise<RoutedAnswer> {
    const plain = (copy: Copy, deadlineMs: number) => async () => ({
      results: await from(copy, statements, deadlineMs),
      pending: NOTHING_PENDING,
    })
    const admitted = others.filter(({ breaker }) => breaker.admits(clock()))
    return firstOf([
      ...admitted.map(copy => plain(copy, REPLICA_READ_DEADLINE_MS)),
      plain(main, PRIMARY_READ_DEADLINE_MS),
      // Replicas that were skipped or too slow are tried last.
      ...others.map(copy => plain(copy, STANDBY_READ_DEADLINE_MS)),
    ])
  }

  return {
    ask: (freshness, statements, tenant) =>
      share.within(tenant, freshness, () =>
        freshness === 'fresh' ? fresh(statements, tenant) : mayLag(statements),
      ),
    nearby: (statements, tenant) => share.within(tenant, 'fresh', () => nearby(statements, tenant)),
    states() {
      const now = clock()
      return { primary: main.breaker.state(now), replicas: others.map(({ breaker }) => breaker.state(now)) }
    },
  }
}

/** Turns a failure of the lane into one of the database: without the lane's answer, the read is incomplete. */
const asked = <T>(call: Promise<T>): Promise<T> =>
  call.catch(cause => {
    throw new DatabaseUnreachable('the lane could not be asked', { cause })
  })

/**
 * Returns the result of the first attempt that succeeds. A refused statement is thrown at once: it is a defect, and every copy
 * would refuse it.
 */
async function firstOf<T extends RoutedAnswer>(attempts: (() => Promise<T>)[]): Promise<T> {
  let cause: unknown
  for (const attempt of attempts) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof DatabaseUnreachable)) throw error
      cause = error
    }
  }
  throw new Fault({ code: 'database.unavailable' }, { cause })
}

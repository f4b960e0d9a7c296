import { mkdirSync } from 'node:fs'
import { run } from '../../db/engine/hrana.ts'
import { startCluster } from '../../local/cluster.ts'
import { Busy } from './busy.ts'
import { compare, type Extent, type Figure } from './figure.ts'
import type { Floe, Place } from './floe.ts'
import { send, sendWhole, type Wire, wire } from './load.ts'
import { baseline, type Served, serve } from './workerd.ts'

const CALLERS = 32
/**
 * Concurrent writers can wedge the engine for good, after a second or twenty; so their rounds are short, each on a fresh
 * engine.
 */
const UNLANED_MS = 700
const WEDGED_MS = 2000

const insertion = wire('POST', '/')

/** One-click POSTs through the lane against a bare INSERT: with one caller, then with many, where INSERTs have no lane. */
export async function clickFigures(floe: Floe, place: Place, extent: Extent): Promise<Figure[]> {
  return [await aloneFigure(floe, place, extent), await crowdFigure(floe, place, extent)]
}

/** Starts the worker that inserts, with a table of its own. */
async function serveInsert(dir: string, databaseUrl: string): Promise<Served> {
  const sql =
    'CREATE TABLE bare (id BLOB PRIMARY KEY, scope INTEGER, reason INTEGER, at INTEGER) STRICT, WITHOUT ROWID'
  await run({ url: databaseUrl }, [{ sql, args: [] }], 5000)
  return serve(await baseline('insert', dir, { DATABASE_URL: databaseUrl }))
}

async function aloneFigure(floe: Floe, { dir }: Place, extent: Extent): Promise<Figure> {
  const insert = await serveInsert(dir, floe.database.primaryUrl)
  const clicks = new Clicks(floe)
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    () => clicks.pace(1, extent.forMs),
    async () =>
      (await sendWhole({ url: insert.url, callers: 1, request: () => insertion, forMs: extent.forMs }))
        .perSecond,
  )
  await insert.stop()
  return {
    name: 'one-click, 1 caller, over a bare INSERT',
    value: ratio,
    aim: { atLeast: 0.75 },
    ...clicks.report(),
    rounds,
    detail: { perSecond: ours, insertsPerSecond: theirs },
  }
}

async function crowdFigure(floe: Floe, { dir }: Place, extent: Extent): Promise<Figure> {
  const clicks = new Clicks(floe)
  const forMs = Math.min(extent.forMs, UNLANED_MS)
  let round = 0
  let wedges = 0
  const unlaned = async () => {
    const folder = `${dir}/unlaned-${round++}`
    mkdirSync(folder)
    const database = await startCluster({ dir: folder })
    const insert = await serveInsert(folder, database.primaryUrl)
    const outcome = await send({
      url: insert.url,
      callers: CALLERS,
      request: () => insertion,
      forMs,
      deadlineMs: WEDGED_MS,
    })
    await insert.stop()
    await database.stop()
    if (outcome.failed > 0) wedges++
    if (outcome.acknowledged === 0) throw new Error(`unlaned writes: ${outcome.failure}`)
    return outcome.perSecond
  }
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    () => clicks.pace(CALLERS, forMs),
    unlaned,
  )
  const report = clicks.report()
  const wedged = wedges === 0 ? '' : `; unlaned, sqld wedged in ${wedges} of ${round} rounds`
  return {
    name: `one-click, ${CALLERS} callers, over unlaned INSERTs`,
    value: ratio,
    aim: { atLeast: 2.5 },
    ...report,
    limit: `${report.limit}${wedged}`,
    rounds,
    detail: { perSecond: ours, unlanedPerSecond: theirs, wedges },
  }
}

/** The one-click side: its pace, and its failures, which the report must show. */
export class Clicks {
  readonly #floe: Floe
  readonly #busy: Busy
  #failed = 0
  #failure = ''

  constructor(floe: Floe) {
    this.#floe = floe
    this.#busy = new Busy({ Worker: floe.worker.pid, sqld: floe.database.pids[0]! })
  }

  async pace(callers: number, forMs: number): Promise<number> {
    const request = freshClicks(this.#floe, forMs)
    const load = { url: this.#floe.worker.url, callers, request, forMs }
    const outcome = await this.#busy.during(() => send(load))
    this.#failed += outcome.failed
    this.#failure = outcome.failure ?? this.#failure
    return outcome.perSecond
  }

  report(): Pick<Figure, 'limit' | 'broken'> {
    if (this.#failed === 0) return { limit: `${this.#busy}` }
    return { limit: `${this.#failed} failed: ${this.#failure}`, broken: true }
  }
}

/** Returns clicks made in advance for a whole round, so that making them is not measured. */
function freshClicks(floe: Floe, forMs: number): () => Wire {
  const clicks = Array.from({ length: forMs * 8 }, () => floe.freshClick())
  return () => clicks.pop() ?? floe.freshClick()
}

import { type Call, callsOf } from './calls.ts'
import { compare, type Extent, type Figure, median } from './figure.ts'
import { type Floe, type Place, startFloe } from './floe.ts'
import { addEvents, addSignUps, addWorkspaces } from './grow.ts'
import { ask, send, sendWhole } from './load.ts'

/** What grows, how many of it there are, and how they are added to a Floe. */
interface Axis {
  what: string
  sizes: readonly number[]
  /** Whether its rows are there before the database starts. */
  suppressions?: boolean
  add?(floe: Floe, count: number): Promise<void>
}

const AXES: readonly Axis[] = [
  { what: 'suppressions', sizes: [1_000_000, 10_000_000], suppressions: true },
  { what: 'sign-ups', sizes: [10_000, 100_000, 1_000_000], add: addSignUps },
  { what: 'workspaces with an endpoint', sizes: [10_000], add: addWorkspaces },
  { what: 'events', sizes: [1_000_000, 5_000_000], add: addEvents },
]

/** Suppressions of the Floe that all others are compared with; it has next to nothing else. */
const FEW = 10_000
const SOMEONE = ['someone@example.com']
const CALLERS = [1, 16, 64, 256]
/** Share of a part's usual time that each call of the many gets. */
export const SHARE = 0.3
/** A call that takes this many times as long as with little is named. */
const SLOWER = 1.5

/** How long a call takes, by the number of something. */
export interface Grown {
  what: string
  size: number
  call: string
  /** Times as long as in a Floe with next to nothing, and milliseconds there and here. */
  factor: number
  fewMs: number
  manyMs: number
}

/**
 * The latency of pages and sender calls where one thing after another is large, over a Floe with next to nothing; and the paces of
 * more and more callers.
 */
export async function growthFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const few = await startFloe('few', place, FEW, SOMEONE)
  const figures: Figure[] = []
  let count = 0
  for (const axis of AXES)
    for (const size of axis.sizes) {
      const many = await startFloe(`many-${++count}`, place, axis.suppressions ? size : FEW, SOMEONE)
      await axis.add?.(many, size)
      const grown = await grownCalls(few, many, axis.what, size, extent)
      await many.stop()
      figures.push(figureOf(axis.what, size, grown))
    }
  figures.push(...(await callersFigures(few, extent)))
  await few.stop()
  return figures
}

async function grownCalls(
  few: Floe,
  many: Floe,
  what: string,
  size: number,
  extent: Extent,
): Promise<Grown[]> {
  const grown: Grown[] = []
  const others = await callsOf(many)
  for (const [i, call] of (await callsOf(few)).entries()) {
    const { ratio, ours, theirs } = await compare(
      extent.rounds,
      () => typicalMs(many, others[i]!, extent.forMs * SHARE),
      () => typicalMs(few, call, extent.forMs * SHARE),
    )
    grown.push({ what, size, call: call.name, factor: ratio, fewMs: theirs, manyMs: ours })
  }
  return grown
}

/** Returns the median time of a call's answers. A call that fails is an error: what is refused is fast. */
async function typicalMs(floe: Floe, call: Call, forMs: number): Promise<number> {
  const { status = 200, request } = call
  await ask(floe.worker.url, request(), status)
  const load = { url: floe.worker.url, callers: 1, request, forMs, accepts: status }
  return median((await sendWhole(load)).latenciesMs)
}

function figureOf(what: string, size: number, grown: Grown[]): Figure {
  const worst = grown.toSorted((a, b) => b.factor - a.factor)
  const slower = worst.filter(({ factor }) => factor > SLOWER)
  const said = (slower.length > 0 ? slower.slice(0, 3) : worst.slice(0, 1)).map(
    ({ call, factor, fewMs, manyMs }) =>
      `${call} ${factor.toFixed(2)} (${fewMs.toFixed(1)} → ${manyMs.toFixed(1)} ms)`,
  )
  return {
    name: `${size.toLocaleString('en')} ${what}: the slowest of ${grown.length} calls, over few`,
    value: worst[0]!.factor,
    limit: `${said.join(', ')}; median ${median(grown.map(({ factor }) => factor)).toFixed(2)}`,
    detail: { what, size, ...Object.fromEntries(grown.map(({ call, factor }) => [call, factor])) },
  }
}

/** Paces and the latencies of a page, a click and a check by more and more callers, over one caller. */
async function callersFigures(floe: Floe, extent: Extent): Promise<Figure[]> {
  const figures: Figure[] = []
  const named = ['GET /p/:token', 'POST /u/:token', 'POST /v1/check']
  for (const call of (await callsOf(floe)).filter(({ name }) => named.includes(name))) {
    let alone = 0
    for (const callers of CALLERS) {
      const load = { url: floe.worker.url, callers, request: call.request, forMs: extent.forMs }
      const { perSecond, latenciesMs, failed, failure } = await send(load)
      if (callers === 1) alone = perSecond
      const at = (share: number) => latenciesMs[Math.floor((latenciesMs.length - 1) * share)]?.toFixed(1)
      const told = failed > 0 ? `; ${failed} callers were sent away: ${failure}` : ''
      figures.push({
        name: `${call.name} by ${callers} caller${callers === 1 ? '' : 's'}, pace over one`,
        value: perSecond / alone,
        limit: `p50 ${at(0.5)}, p99 ${at(0.99)} ms${told}`,
        detail: { perSecond },
      })
    }
  }
  return figures
}

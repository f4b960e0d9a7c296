import { cpuMs } from './busy.ts'
import { compare, type Extent, type Figure } from './figure.ts'
import type { Floe } from './floe.ts'
import { sendWhole, type Wire, wire } from './load.ts'

const CALLERS = 8
/** Processor time is told in hundredths of a second, so a round needs many requests. */
const SENT = 3000

/** Cost of two Workers: what `floe-app` answers, asked through `floe` and asked directly, by processor time of the runtime. */
export async function hopFigures(floe: Floe, extent: Extent): Promise<Figure[]> {
  const authorization = `Bearer ${floe.apiKey}`
  return [
    await hopFigure('/version', wire('GET', '/version'), floe, extent),
    await hopFigure('/v1/topics', wire('GET', '/v1/topics', '', { authorization }), floe, extent),
  ]
}

async function hopFigure(path: string, request: Wire, floe: Floe, extent: Extent): Promise<Figure> {
  const spentUs = async (url: string) => {
    const before = cpuMs(floe.worker.pid) ?? 0
    const forMs = 60_000
    await sendWhole({ url, callers: CALLERS, request: () => request, forMs, most: SENT })
    return (((cpuMs(floe.worker.pid) ?? 0) - before) * 1000) / SENT
  }
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    () => spentUs(floe.worker.url),
    () => spentUs(floe.appUrl),
  )
  return {
    name: `GET ${path} through floe, over floe-app alone`,
    value: ratio,
    limit: `${Math.round(ours - theirs)} µs more of the Workers a request`,
    rounds,
    detail: { throughUs: ours, directUs: theirs },
  }
}

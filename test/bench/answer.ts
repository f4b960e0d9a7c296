import { Busy } from './busy.ts'
import { compare, type Extent, type Figure } from './figure.ts'
import type { Floe, Place } from './floe.ts'
import { ask, sendWhole, wire } from './load.ts'
import { baseline, serve } from './workerd.ts'

const CALLERS = 32

/** Cost of routing and headers: /healthz against a worker without a framework that answers the same bytes. */
export async function answerFigures(floe: Floe, { dir }: Place, extent: Extent): Promise<Figure[]> {
  const raw = await serve(await baseline('raw', dir))
  const request = wire('GET', '/healthz')
  const bytes = async (url: string) => {
    const { head, body } = await ask(url, request)
    return `${head}\r\n\r\n${body}`.replace(/[0-9a-f-]{36}/, 'id')
  }
  if ((await bytes(floe.worker.url)) !== (await bytes(raw.url)))
    throw new Error('/healthz and the raw worker do not answer the same bytes')
  const busy = new Busy({ Worker: floe.worker.pid })
  const pace = async (url: string) =>
    (await sendWhole({ url, callers: CALLERS, request: () => request, forMs: extent.forMs })).perSecond
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    () => busy.during(() => pace(floe.worker.url)),
    () => pace(raw.url),
  )
  await raw.stop()
  return [
    {
      name: '/healthz over a bare worker',
      value: ratio,
      aim: { atLeast: 0.85 },
      limit: `${busy}`,
      rounds,
      detail: { perSecond: ours, rawPerSecond: theirs },
    },
  ]
}

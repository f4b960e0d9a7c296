import { BATCH_MAX } from '../../core/address.ts'
import { Busy } from './busy.ts'
import { compare, type Extent, type Figure, median } from './figure.ts'
import type { Floe, Place } from './floe.ts'
import { ask, sendWhole, type Wire } from './load.ts'
import { baseline, serve } from './workerd.ts'

/** Ten thousand links by POST /v1/links against a worker that mints ten thousand JWTs. */
export async function linksFigures(floe: Floe, { dir }: Place, extent: Extent): Promise<Figure[]> {
  const jwt = await serve(await baseline('jwt', dir))
  const recipients = Array.from({ length: BATCH_MAX }, (_, i) => `reader.${i}@mail${i % 97}.example.com`)
  const request = floe.call('/v1/links', { topic: 'news', recipients })
  for (const { url } of [floe.worker, jwt]) {
    const { links } = JSON.parse((await ask(url, request)).body.toString()) as { links: unknown[] }
    if (links.length !== BATCH_MAX) throw new Error(`${links.length} links instead of ${BATCH_MAX}`)
  }
  const busy = new Busy({ Worker: floe.worker.pid })
  const pace = async (url: string, wire: Wire) => {
    const outcome = await sendWhole({ url, callers: 1, request: () => wire, forMs: extent.forMs })
    return 1000 / median(outcome.latenciesMs)
  }
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    () => busy.during(() => pace(floe.worker.url, request)),
    () => pace(jwt.url, request),
  )
  await jwt.stop()
  return [
    {
      name: `${BATCH_MAX.toLocaleString('en')} links over as many jose HS256 JWTs`,
      value: ratio,
      aim: { atLeast: 6 },
      limit: `${busy}`,
      rounds,
      detail: { linksMs: 1000 / ours, jwtsMs: 1000 / theirs },
    },
  ]
}

import { addressHash, BATCH_MAX } from '../../core/address.ts'
import { toBase64 } from '../../core/bytes.ts'
import { systemClock } from '../../core/clock.ts'
import { TENANT_SCOPE, workspaceScope } from '../../core/codes/scope.ts'
import { matching, matchingPlatform } from '../../db/suppression.ts'
import { Busy } from './busy.ts'
import { compare, type Extent, type Figure, median } from './figure.ts'
import { type Floe, openEngine, type Place, packed } from './floe.ts'
import { ask, type Outcome, sendWhole, type Wire, wire } from './load.ts'
import { baseline, serve } from './workerd.ts'

const LISTS = 4
const SUPPRESSED_EACH = 1000

const lists = Array.from({ length: LISTS }, (_, list) =>
  Array.from({ length: BATCH_MAX }, (_, i) => `reader.${list}.${i}@mail${i % 97}.example.com`),
)

/** The suppressed recipients among those checked: one in ten. */
export const suppressed = lists.flatMap(list => list.slice(0, SUPPRESSED_EACH))

/** A check of one address against Hono and one read; one of ten thousand against the engine's own time in this process. */
export async function checkFigures(floe: Floe, place: Place, extent: Extent): Promise<Figure[]> {
  return [
    await oneFigure(floe, place, extent, 1, 0.9),
    await oneFigure(floe, place, extent, 16, 1.3),
    await oneFigure(floe, place, extent, 64, 1.3),
    await manyFigure(floe, extent),
  ]
}

const inTurn = (requests: Wire[]): (() => Wire) => {
  let next = 0
  return () => requests[next++ % requests.length]!
}

async function oneFigure(
  floe: Floe,
  { dir }: Place,
  extent: Extent,
  callers: number,
  atLeast: number,
): Promise<Figure> {
  const vars = { DATABASE_URL: floe.database.primaryUrl }
  const read = await serve(await baseline('read', dir, vars))
  const index = floe.indexes.tenant(floe.tenant)
  const addresses = lists[0]!.slice(SUPPRESSED_EACH / 2, SUPPRESSED_EACH * 1.5)
  const checks = addresses.map(address => floe.call('/v1/check', { topic: 'news', addresses: [address] }))
  const reads = addresses.map(address => {
    const id = toBase64(index.id(addressHash(address)))
    return wire('POST', '/read', JSON.stringify({ id }), { 'content-type': 'application/json' })
  })
  for (const place of [0, addresses.length - 1]) {
    const decisions = [
      (await ask(floe.worker.url, checks[place]!)).body,
      (await ask(read.url, reads[place]!)).body,
    ]
    if (!decisions.every(text => text.includes(place === 0 ? '"deny"' : '"allow"')))
      throw new Error('the check and the bare read do not find the same')
  }
  const busy = new Busy({ Worker: floe.worker.pid, sqld: floe.database.pids[0]! })
  const p99s = { ours: [] as number[], theirs: [] as number[] }
  let sent = 0
  const load = (url: string, requests: Wire[]) =>
    sendWhole({ url, callers, request: inTurn(requests), forMs: extent.forMs })
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    async () => {
      const outcome = await busy.during(() => load(floe.worker.url, checks))
      sent += outcome.acknowledged
      p99s.ours.push(p99Of(outcome))
      return outcome.perSecond
    },
    async () => {
      const outcome = await load(read.url, reads)
      p99s.theirs.push(p99Of(outcome))
      return outcome.perSecond
    },
  )
  await read.stop()
  return {
    name: `check of 1, ${callers} caller${callers > 1 ? 's' : ''}, over Hono + one read`,
    value: ratio,
    aim: { atLeast },
    limit: `${busy}`,
    rounds,
    detail: {
      perSecond: ours,
      readsPerSecond: theirs,
      p99Ms: median(p99s.ours),
      readsP99Ms: median(p99s.theirs),
      workerUs: (busy.spentMs('Worker') * 1000) / sent,
      sqldUs: (busy.spentMs('sqld') * 1000) / sent,
    },
  }
}

const p99Of = ({ latenciesMs }: Outcome): number => latenciesMs[Math.floor(latenciesMs.length * 0.99)]!

async function manyFigure(floe: Floe, extent: Extent): Promise<Figure> {
  const engine = openEngine(floe.file)
  const index = floe.indexes.tenant(floe.tenant)
  const scopes: [number, number] = [TENANT_SCOPE, workspaceScope(floe.workspace)]
  const topic = { workspace: floe.workspace, name: 'news' }
  const queries = lists.map(list => {
    const own = matching(packed(index, list), { scopes, topic, consent: true, now: systemClock() })
    const platform = matchingPlatform(packed(floe.indexes.platform, list))
    return [own, platform].map(({ sql, args }) => {
      const statement = engine.prepare(sql).raw()
      const values = args.map(arg => (arg instanceof Uint8Array ? Buffer.from(arg) : arg))
      return () => statement.all(values)
    })
  })
  const found = queries[0]![0]!().length
  if (found !== SUPPRESSED_EACH) throw new Error(`the engine finds ${found} of ${SUPPRESSED_EACH}`)
  const checks = lists.map(addresses => floe.call('/v1/check', { topic: 'news', addresses }))
  const denied = (await ask(floe.worker.url, checks[0]!)).body.toString().split('"deny"').length - 1
  if (denied !== SUPPRESSED_EACH) throw new Error(`the check denies ${denied} of ${SUPPRESSED_EACH}`)

  const inProcess = async () => {
    const times: number[] = []
    const end = performance.now() + extent.forMs
    for (let i = 0; performance.now() < end; i++) {
      const start = performance.now()
      for (const query of queries[i % LISTS]!) query()
      times.push(performance.now() - start)
    }
    return 1000 / median(times)
  }
  const busy = new Busy({ Worker: floe.worker.pid, sqld: floe.database.pids[0]! })
  const whole = async () => {
    const request = inTurn(checks)
    const outcome = await sendWhole({ url: floe.worker.url, callers: 1, request, forMs: extent.forMs })
    return 1000 / median(outcome.latenciesMs)
  }
  // The values are times, so that the ratio is ours over the engine's.
  const { ratio, rounds, ours, theirs } = await compare(extent.rounds, inProcess, () => busy.during(whole))
  engine.close()
  return {
    name: `check of ${BATCH_MAX.toLocaleString('en')} over the engine in process`,
    value: ratio,
    aim: { atMost: 2.2 },
    limit: `${busy}`,
    rounds,
    detail: { engineMs: 1000 / ours, checkMs: 1000 / theirs, rows: extent.rows },
  }
}

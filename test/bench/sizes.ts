import { statSync } from 'node:fs'
import { BATCH_MAX } from '../../core/address.ts'
import { systemClock } from '../../core/clock.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { deriveKey, parseKey } from '../../core/keys.ts'
import { matching, matchingPlatform } from '../../db/suppression.ts'
import { cpuMs } from './busy.ts'
import { compare, type Extent, type Figure, median } from './figure.ts'
import { type Floe, openEngine, type Place, packed, startFloe } from './floe.ts'
import { ask, sendWhole, wire } from './load.ts'
import { baseline, serve } from './workerd.ts'

const SIZES = [1, 100, 1000, BATCH_MAX]
const recipients = Array.from({ length: BATCH_MAX }, (_, i) => `reader.${i}@mail${i % 97}.example.com`)
const suppressed = recipients.filter((_, i) => i % 10 === 0)

/**
 * Checks of 1 to 10,000 addresses against lists of 10,000 rows and more, over the engine's own time, and against a
 * straightforward implementation.
 */
export async function sizesFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const figures: Figure[] = []
  const whole = new Map<number, number>()
  const lists = [10_000, 1_000_000, 10_000_000, ...(extent.huge ? [100_000_000] : [])]
  for (const rows of lists) {
    const floe = await startFloe(`rows-${rows}`, place, rows, suppressed)
    for (const size of SIZES) {
      const figure = await sizeFigure(floe, extent, size, rows)
      if (size === BATCH_MAX) whole.set(rows, figure.detail!['checkMs'] as number)
      figures.push(figure)
    }
    if (rows === 10_000_000) {
      figures.push(await plainFigure(floe, place, extent))
      const bytes = statSync(floe.file).size / rows
      figures.push({
        name: 'bytes of a suppressed row on disk',
        value: bytes,
        unit: 'B',
        aim: { atMost: 40 },
        limit: 'the file over its rows',
      })
    }
    await floe.stop()
  }
  const growth = (from: number, to: number, atMost: number): Figure => ({
    name: `${short(BATCH_MAX)} at ${short(to)} rows over ${short(from)}`,
    value: whole.get(to)! / whole.get(from)!,
    aim: { atMost },
    limit: 'pages the engine touches',
  })
  figures.push(growth(10_000, 10_000_000, 7))
  if (extent.huge) figures.push(growth(10_000_000, 100_000_000, 2))
  return figures
}

const short = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000} M` : count.toLocaleString('en')

async function sizeFigure(floe: Floe, extent: Extent, size: number, rows: number): Promise<Figure> {
  const addresses = recipients.slice(0, size)
  const request = floe.call('/v1/check', { topic: 'news', addresses })
  const engine = openEngine(floe.file)
  const queries = [
    matching(packed(floe.indexes.tenant(floe.tenant), addresses), {
      scopes: [TENANT_SCOPE, workspaceScope(floe.workspace)],
      topic: { workspace: floe.workspace, name: 'news' },
      consent: true,
      now: systemClock(),
    }),
    matchingPlatform(packed(floe.indexes.platform, addresses)),
  ].map(({ sql, args }) => {
    const statement = engine.prepare(sql).raw()
    const values = args.map(arg => (arg instanceof Uint8Array ? Buffer.from(arg) : arg))
    return () => statement.all(values)
  })
  const denied = (await ask(floe.worker.url, request)).body.toString().split('"deny"').length - 1
  if (denied !== Math.ceil(size / 10)) throw new Error(`the check denies ${denied} of ${size}`)
  const inProcess = async () => {
    const times: number[] = []
    for (const end = performance.now() + extent.forMs / 2; performance.now() < end; ) {
      const start = performance.now()
      for (const query of queries) query()
      times.push(performance.now() - start)
    }
    return 1000 / median(times)
  }
  let cpu = 0
  let checks = 0
  const ours = async () => {
    const before = cpuMs(floe.worker.pid) ?? 0
    const { latenciesMs } = await sendWhole({
      url: floe.worker.url,
      callers: 1,
      request: () => request,
      forMs: extent.forMs,
    })
    cpu += (cpuMs(floe.worker.pid) ?? 0) - before
    checks += latenciesMs.length
    return 1000 / median(latenciesMs)
  }
  const outcome = await compare(extent.rounds, inProcess, ours)
  engine.close()
  const checkMs = 1000 / outcome.theirs
  const cpuEach = cpu / checks
  return {
    name: `check of ${short(size)} at ${short(rows)} rows, over the engine`,
    value: outcome.ratio,
    ...(size === BATCH_MAX && rows === 10_000_000 && { aim: { atMost: 2.2 } }),
    limit: `${Math.round((size * 1000) / checkMs).toLocaleString('en')} addresses/s, Worker ${cpuEach.toFixed(1)} ms each`,
    rounds: outcome.rounds,
    detail: { checkMs, engineMs: 1000 / outcome.ours, workerCpuMs: cpuEach, rows, size },
  }
}

async function plainFigure(floe: Floe, { dir }: Place, extent: Extent): Promise<Figure> {
  const key = deriveKey(parseKey(floe.vars['INDEX_KEY']!)!, `index/tenant/${floe.tenant}`)
  const vars = {
    DATABASE_URL: floe.database.primaryUrl,
    INDEX_KEY: Buffer.from(key).toString('base64'),
    SCOPES: [TENANT_SCOPE, workspaceScope(floe.workspace), topicScope(floe.topics.news)].join(),
  }
  const plain = await serve(await baseline('plain', dir, vars))
  const body = JSON.stringify({ addresses: recipients })
  const theirs = wire('POST', '/', body, { 'content-type': 'application/json' })
  const request = floe.call('/v1/check', { topic: 'news', addresses: recipients })
  const answer = (await ask(plain.url, theirs)).body.toString()
  if (answer.split('"deny"').length - 1 !== suppressed.length)
    throw new Error('the plain way finds something else')
  const pace = async (url: string, wire: Buffer) => {
    const outcome = await sendWhole({ url, callers: 1, request: () => wire, forMs: extent.forMs })
    return 1000 / median(outcome.latenciesMs)
  }
  const {
    ratio,
    rounds,
    ours,
    theirs: other,
  } = await compare(
    extent.rounds,
    () => pace(floe.worker.url, request),
    () => pace(plain.url, theirs),
  )
  await plain.stop()
  return {
    name: `${short(BATCH_MAX)} at 10 M rows, faster than the plain way`,
    value: ratio,
    aim: { atLeast: 3.5 },
    limit: 'zod, WebCrypto, drizzle inArray',
    rounds,
    detail: { checkMs: 1000 / ours, plainMs: 1000 / other },
  }
}

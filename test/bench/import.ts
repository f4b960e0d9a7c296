import { request } from 'node:http'
import { addressHash } from '../../core/address.ts'
import { systemClock } from '../../core/clock.ts'
import { workspaceScope } from '../../core/codes/scope.ts'
import { uuid7 } from '../../core/id.ts'
import { transact, wired } from '../../db/engine/hrana.ts'
import { suppressMany } from '../../db/suppression-batch.ts'
import { actingAs } from '../../worker/call/context.ts'
import { stopRecords } from '../../worker/suppression/statements.ts'
import type { Extent, Figure } from './figure.ts'
import { type Floe, type Place, startFloe } from './floe.ts'
import { send } from './load.ts'
import { residentMiB } from './resident.ts'

const LINES_PER_BATCH = 5000
const CALLERS = 4

/** Imports: batches straight into the database, and a large file through the route beside one-clicks. */
export async function importFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const floe = await startFloe('import', place, 0, [], { bounded: true })
  const direct = await intoDatabase(floe, extent)
  const through = await throughRoute(floe, extent)
  await floe.stop()
  return [direct, ...through]
}

async function intoDatabase(floe: Floe, extent: Extent): Promise<Figure> {
  const batches = Math.max(10, Math.round(extent.lines / LINES_PER_BATCH / 5))
  const index = floe.indexes.tenant(floe.tenant)
  const at = Date.now()
  const by = actingAs({ clock: systemClock, ids: uuid7 }, { kind: 'command', as: 'bench' })
  const acts = Array.from({ length: batches }, (_, batch) =>
    suppressMany(
      Array.from({ length: LINES_PER_BATCH }, (_, i) =>
        stopRecords(by, {
          at,
          tenant: floe.tenant,
          workspace: floe.workspace,
          addressId: index.id(addressHash(`direct.${batch}.${i}@example.com`)),
          scope: workspaceScope(floe.workspace),
          reason: 'imported',
          source: 'import',
          until: null,
          via: 'import',
        }),
      ),
      'tenant',
    ),
  )
  const start = performance.now()
  for (const act of acts) await transact({ url: floe.database.primaryUrl }, act.map(wired), 20_000)
  const perSecond = (batches * LINES_PER_BATCH * 1000) / (performance.now() - start)
  return {
    name: 'import, lines a second into the database',
    value: perSecond / 1000,
    unit: 'k',
    aim: { atLeast: 40 },
    limit: 'sqld: a suppression, its event, four indexes',
  }
}

async function throughRoute(floe: Floe, extent: Extent): Promise<Figure[]> {
  const calm = await clicks(floe, Math.max(2000, extent.forMs))
  const before = residentMiB(floe.worker.pid)
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMiB(floe.worker.pid))
  }, 50)
  const start = performance.now()
  const last = await upload(floe, 'alone', extent.lines)
  const seconds = (performance.now() - start) / 1000
  clearInterval(watch)
  if (last['added'] !== extent.lines) throw new Error(`the import ended with ${JSON.stringify(last)}`)
  const beside = await besideImport(floe, 'beside', extent.lines)
  const calmMs = p99(calm.latenciesMs)
  return [
    {
      name: `import of ${extent.lines.toLocaleString('en')} lines by the route, lines a second`,
      value: extent.lines / seconds / 1000,
      unit: 'k',
      aim: { atLeast: 20 },
      limit: 'reading and leaves in the Worker, then sqld',
    },
    {
      name: 'memory of the Worker meanwhile, at most',
      value: peak - before,
      unit: 'MiB',
      aim: { atMost: 64 },
      limit: `resident, from ${Math.round(before)} MiB, with heaps of 128 MiB at most`,
    },
    {
      name: 'one-click p99 beside an import, over without one',
      value: beside.p99Ms / calmMs,
      aim: { atMost: 3 },
      limit: `${Math.round(beside.p99Ms)} ms instead of ${Math.round(calmMs)}, ${beside.failed} failed`,
      broken: beside.failed > 0,
    },
    {
      name: 'the same import beside those clicks, lines a second',
      value: beside.perSecond / 1000,
      unit: 'k',
      limit: `${CALLERS} callers, each with one click at a time`,
    },
  ]
}

type Imported = Pick<Floe, 'worker' | 'freshClick' | 'apiKey'>

const clicks = (floe: Imported, forMs: number) =>
  send({ url: floe.worker.url, callers: CALLERS, request: () => floe.freshClick(), forMs })

const p99 = (sorted: ArrayLike<number>): number => sorted[Math.floor(sorted.length * 0.99)]!

/** Imports while clicks come, and returns their p99, how many failed, and the pace of the import. */
export async function besideImport(
  floe: Imported,
  name: string,
  lines: number,
): Promise<{ p99Ms: number; failed: number; perSecond: number }> {
  let endedAt = 0
  const start = performance.now()
  const importing = upload(floe, name, lines).finally(() => {
    endedAt = performance.now()
  })
  importing.catch(() => undefined)
  const latencies: number[] = []
  let failed = 0
  while (endedAt === 0) {
    const outcome = await clicks(floe, 500)
    latencies.push(...outcome.latenciesMs)
    failed += outcome.failed
  }
  const last = await importing
  if (last['added'] !== lines) throw new Error(`the import ended with ${JSON.stringify(last)}`)
  const sorted = latencies.sort((a, b) => a - b)
  return { p99Ms: p99(sorted), failed, perSecond: (lines * 1000) / (endedAt - start) }
}

/** Uploads generated lines while it reads the answer, as a client does, and returns the last line of the answer. */
export const upload = (
  floe: Pick<Floe, 'worker' | 'apiKey'>,
  name: string,
  lines: number,
): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(floe.worker.url)
    const headers = {
      authorization: `Bearer ${floe.apiKey}`,
      'content-type': 'text/csv',
      'idempotency-key': name,
    }
    const path = '/v1/suppressions/import'
    const sent = request({ hostname, port, path, method: 'POST', headers }, async response => {
      let text = ''
      for await (const chunk of response) text = (text + chunk).slice(-1000)
      if (response.statusCode !== 200) return reject(new Error(text))
      resolve(JSON.parse(text.trim().split('\n').at(-1)!))
    })
    sent.on('error', reject)
    let line = 0
    const more = () => {
      for (;;) {
        let text = ''
        for (const end = Math.min(line + 1000, lines); line < end; line++)
          text += `${name}.${line}@example.com\n`
        if (text === '') return sent.end()
        if (!sent.write(text)) return sent.once('drain', more)
      }
    }
    more()
  })

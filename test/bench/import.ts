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
  const floe = await startFloe('import', place)
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
    aim: { atLeast: 100 },
    limit: 'sqld: a suppression, its event, three indexes',
  }
}

async function throughRoute(floe: Floe, extent: Extent): Promise<Figure[]> {
  const clicks = (forMs: number) =>
    send({ url: floe.worker.url, callers: CALLERS, request: () => floe.freshClick(), forMs })
  const calm = await clicks(Math.max(2000, extent.forMs))
  const before = residentMiB(floe.worker.pid)
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMiB(floe.worker.pid))
  }, 50)
  const start = performance.now()
  const alone = upload(floe, 'alone', extent.lines)
  const last = await alone
  const seconds = (performance.now() - start) / 1000
  clearInterval(watch)
  if (last['added'] !== extent.lines) throw new Error(`the import ended with ${JSON.stringify(last)}`)

  let importing = true
  const beside = upload(floe, 'beside', extent.lines).finally(() => {
    importing = false
  })
  const latencies: number[] = []
  let failed = 0
  while (importing) {
    const outcome = await clicks(500)
    latencies.push(...outcome.latenciesMs)
    failed += outcome.failed
  }
  await beside
  const p99 = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.99)]!
  const calmP99 = p99([...calm.latenciesMs])
  return [
    {
      name: `import of ${extent.lines.toLocaleString('en')} lines by the route, lines a second`,
      value: extent.lines / seconds / 1000,
      unit: 'k',
      aim: { atLeast: 20 },
      limit: 'hashing and leaves in the Worker, then sqld',
    },
    {
      name: 'memory of the Worker meanwhile, at most',
      value: peak - before,
      unit: 'MiB',
      aim: { atMost: 64 },
      limit: `resident, from ${Math.round(before)} MiB`,
    },
    {
      name: 'one-click p99 beside an import, over without one',
      value: p99(latencies) / calmP99,
      limit: `${Math.round(p99(latencies))} ms instead of ${Math.round(calmP99)}, ${failed} failed`,
      broken: failed > 0,
    },
  ]
}

/** Uploads generated lines while it reads the answer, as a client does, and returns the last line of the answer. */
const upload = (floe: Floe, name: string, lines: number): Promise<Record<string, unknown>> =>
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

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseBusy, transact, wired } from '../../db/engine/hrana.ts'
import { freePorts } from '../../local/port.ts'
import { startWorker } from '../../local/worker.ts'
import type { Extent, Figure } from './figure.ts'
import { type Floe, type Place, startFloe } from './floe.ts'
import { residentMiB } from './resident.ts'

const CHUNK = 50_000
/** Deliveries of a replay while memory is measured. */
const DELIVERED = 20_000

/** A ledger as long as an import: read whole by the feed, and replayed to a webhook. */
export async function eventsFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const floe = await startFloe('events', place)
  await fill(floe, extent.lines)
  const figures = [...(await feed(floe, extent.lines)), ...(await replay(floe, place, extent.lines))]
  await floe.stop()
  return figures
}

async function fill(floe: Floe, lines: number): Promise<void> {
  const { tenant, workspace } = floe
  for (let from = 0; from < lines; from += CHUNK)
    await patiently(() => chunk(floe, tenant, workspace, Math.min(CHUNK, lines - from)))
}

/** Repeats a write while the server's own checkpoint locks the database. */
async function patiently(write: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await write()
      return
    } catch (error) {
      if (!(error instanceof DatabaseBusy) || tries === 60) throw error
      await sleep(500)
    }
}

const chunk = (floe: Floe, tenant: number, workspace: number, lines: number) =>
  transact(
    { url: floe.database.primaryUrl },
    [
      wired({
        sql: `INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
          SELECT randomblob(16), 0, ?, ?, 'suppression.added', 'recipient', randomblob(12), 'sup_' || hex(randomblob(12)),
            '{"reason":"unsubscribed","scope":"topic","via":"one-click"}', randomblob(32)
          FROM number AS a CROSS JOIN number AS b WHERE b.i * 10000 + a.i < ? AND b.i < 5`,
        args: [tenant, workspace, lines],
      }),
    ],
    60_000,
  )

async function feed(floe: Floe, lines: number): Promise<Figure[]> {
  const memory = new Memory(floe.worker.pid)
  const headers = { authorization: `Bearer ${floe.apiKey}` }
  const start = performance.now()
  let count = 0
  for (let [after, more] = ['', true]; more; ) {
    const answer = await fetch(`${floe.worker.url}/v1/events?limit=1000${after}`, { headers })
    const page = (await answer.json()) as { events: { type: string }[]; next: string; more: boolean }
    count += page.events.filter(({ type }) => type === 'suppression.added').length
    ;[after, more] = [`&after=${page.next}`, page.more]
    memory.look(count / lines)
  }
  const seconds = (performance.now() - start) / 1000
  const lost = count !== lines
  return [
    {
      name: `feed of ${lines.toLocaleString('en')} events, events a second`,
      value: count / seconds / 1000,
      unit: 'k',
      limit: lost ? `${count} events came` : 'one reader, a thousand events a page',
      broken: lost,
    },
    memory.figure('memory of the Worker at most, over after a tenth of them'),
  ]
}

async function replay(floe: Floe, { scripts, dir }: Place, lines: number): Promise<Figure[]> {
  let count = 0
  const seen = new Set<string>()
  const receiver = createServer((request, answer) => {
    count++
    seen.add(String(request.headers['webhook-id']))
    request.resume().on('end', () => answer.writeHead(204).end())
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const [port] = (await freePorts(1)) as [number]
  // The local way to serve a Worker that runs its schedule.
  const bindings = { ...floe.vars, WEBHOOKS_TO_THIS_MACHINE: 'true' }
  const worker = await startWorker({ port, bindings, scripts, cronEveryMs: 100 }, `${dir}/events.log`)
  const call = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${floe.apiKey}`, 'content-type': 'application/json' }
    const url = `http://127.0.0.1:${port}/v1/webhook-endpoints${path}`
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const { id } = (await call('', { url })) as { id: string }
  await call(`/${id}/replay`, { after: null })
  const wanted = Math.min(DELIVERED, lines)
  const memory = new Memory(childOf(worker.pid))
  const start = performance.now()
  while (count < wanted) {
    memory.look(count / wanted)
    await sleep(50)
  }
  const perSecond = count / ((performance.now() - start) / 1000)
  await worker.stop()
  receiver.closeAllConnections()
  receiver.close()
  return [
    {
      name: `webhooks of a replay of ${lines.toLocaleString('en')}, a second`,
      value: perSecond,
      limit: `the first ${wanted.toLocaleString('en')}, ${count - seen.size} of them twice; one receiver, four at a time`,
    },
    memory.figure('memory of the Worker at most, over after a tenth of those'),
  ]
}

/** Memory once a tenth is done, when all code has run, and its maximum from then on. */
class Memory {
  readonly #pid: number
  #early = 0
  #most = 0

  constructor(pid: number) {
    this.#pid = pid
  }

  look(share: number): void {
    if (share < 0.1) return
    const now = residentMiB(this.#pid)
    this.#early ||= now
    this.#most = Math.max(this.#most, now)
  }

  figure(name: string): Figure {
    return {
      name,
      value: this.#most / this.#early,
      aim: { atMost: 1.5 },
      limit: `${Math.round(this.#most)} MiB, from ${Math.round(this.#early)}`,
    }
  }
}

/** Returns the runtime's process, a child of the one that serves it. */
const childOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').at(-1))

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../local/port.ts'
import { startWorker } from '../../local/worker.ts'
import type { Extent, Figure } from './figure.ts'
import { type Floe, type Place, startFloe } from './floe.ts'
import { addEvents } from './grow.ts'
import { residentMiB } from './resident.ts'

/** Deliveries of a replay while memory is measured. */
const DELIVERED = 20_000

/** A ledger as long as an import: read whole by the feed, and replayed to a webhook. */
export async function eventsFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const floe = await startFloe('events', place)
  await addEvents(floe, extent.lines)
  const figures = [...(await feed(floe, extent.lines)), ...(await replay(floe, place, extent.lines))]
  await floe.stop()
  return figures
}

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

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { answered, type OwnWorld, openWorld, testWith, type World } from './world.ts'

/** A received delivery. */
export interface Received {
  headers: Record<string, string>
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type.
  event: any
}

/** How a receiver answers: with a status, or by a function. */
export type Manner = number | ((received: Received, answer: ServerResponse) => void)

/** A receiver of webhooks: a real server on this machine. */
export interface Receiver {
  url: string
  /** All deliveries in the order of their arrival, whatever the answer was. */
  received: Received[]
  /** Sets its answer from now on. */
  answers(manner: Manner): void
  /** Closes it, so that connections are refused. */
  close(): Promise<void>
}

/** Starts a receiver that accepts everything, on a free port or a given one. */
export async function openReceiver(port = 0, serve: (handler: Handler) => Server = createServer) {
  let manner: Manner = 204
  const received: Received[] = []
  const server = serve(async (request, answer) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = { headers: request.headers as Record<string, string>, body, event: JSON.parse(body) }
    received.push(one)
    if (typeof manner === 'number') answer.writeHead(manner).end()
    else manner(one, answer)
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers: next => {
      manner = next
    },
    async close() {
      server.closeAllConnections()
      if (server.listening) await new Promise(resolve => server.close(resolve))
    },
  }
  return receiver
}

type Handler = (request: IncomingMessage, answer: ServerResponse) => void

const TO_THIS_MACHINE = { WEBHOOKS_TO_THIS_MACHINE: 'true' }

/** Starts a Floe that may deliver to this machine. */
export const openNotifying = (bindings: Record<string, string> = {}): Promise<OwnWorld> =>
  openWorld({ bindings: { ...TO_THIS_MACHINE, ...bindings } })

/** A tenant whose Floe may deliver to this machine, with helpers for webhooks. */
export interface Notifying<W extends World = World> {
  world: W
  receiver: Receiver
  /** Creates an endpoint, for the receiver unless `more` differs. */
  endpoint(more?: object): Promise<{ id: string; secret: string }>
  /** Calls a path below an endpoint. */
  at(id: string, path: string, body?: object, init?: object): Promise<Response>
  /** Suppresses addresses one call each, so that each has an event. */
  suppress(...names: string[]): Promise<void>
  /** Lets time pass: moves the times of endpoints and deliveries back, not those of the ledger. */
  pass(ms: number): Promise<void>
  /** State of endpoints and deliveries in the database. */
  standing(): Promise<{ state: number; failures: number; failing: boolean; waiting: number; dead: number }>
}

/** Runs a test with a Floe and a receiver of its own. */
export async function withReceiver(
  use: (notifying: Notifying<OwnWorld>) => Promise<void>,
  bindings: Record<string, string> = {},
): Promise<void> {
  const world = await openNotifying(bindings)
  await receiving(world, use)
  await world.close()
}

/** Starts a receiver for a tenant, and removes its endpoints afterwards. */
async function receiving<W extends World>(
  world: W,
  use: (notifying: Notifying<W>) => Promise<void>,
): Promise<void> {
  const receiver = await openReceiver()
  const at = (id: string, path: string, body: object | undefined = {}, init: object = {}) =>
    world.call(`/v1/webhook-endpoints/${id}${path}`, body, init)
  await use({
    world,
    receiver,
    endpoint: async (more = {}) =>
      created(await world.call('/v1/webhook-endpoints', { url: receiver.url, ...more })),
    at,
    async suppress(...names) {
      for (const name of names) {
        const entries = [{ address: `${name}@example.com`, scope: 'workspace', reason: 'manual' }]
        await answered(await world.call('/v1/suppressions', { entries }))
      }
    },
    async pass(ms) {
      await world.update('webhook_delivery', 'due_at = due_at - ?1, first_at = first_at - ?1', [ms])
      const times = ['due_at', 'failing_since', 'old_secret_until'].map(time => `${time} = ${time} - ?1`)
      await world.update('webhook_endpoint', times.join(', '), [ms])
    },
    async standing() {
      const [row] = await world.sql(
        `SELECT state, failures, failing_since IS NOT NULL, (SELECT count(*) FROM webhook_delivery WHERE state = 1),
           (SELECT count(*) FROM webhook_delivery WHERE state = 2) FROM webhook_endpoint`,
      )
      const [state, failures, failing, waiting, dead] = row!.map(Number)
      return { state: state!, failures: failures!, failing: failing === 1, waiting: waiting!, dead: dead! }
    },
  })
  await receiver.close()
  for (const table of ['webhook_delivery', 'webhook_endpoint'] as const) await world.remove(table)
}

/** A test in whose file's Floe webhooks may go to this machine, with a tenant and a receiver of its own. */
export const test = testWith({ bindings: TO_THIS_MACHINE }).extend<{ notifying: Notifying }>({
  notifying: ({ world }, use) => receiving(world, use),
})

/** Sends a test event to a receiver and returns the outcome. */
export async function probe(world: World, url: string) {
  const { id } = await created(await world.call('/v1/webhook-endpoints', { url }))
  const { eventId, ...outcome } = await answered(await world.call(`/v1/webhook-endpoints/${id}/test`, {}))
  return { eventId, outcome }
}

/** Returns the JSON of a 201 answer. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export async function created(response: Response): Promise<any> {
  const text = await response.text()
  expect(response.status, text).toBe(201)
  return JSON.parse(text)
}

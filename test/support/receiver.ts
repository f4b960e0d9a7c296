import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openWorld, type World } from './world.ts'

/** A delivery as it arrived. */
export interface Received {
  headers: Record<string, string>
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type.
  event: any
}

/** How a receiver answers: with a status, or in a way of its own. */
export type Manner = number | ((received: Received, answer: ServerResponse) => void)

/** Somebody who is told of events: a real server on this machine. */
export interface Receiver {
  url: string
  /** Everything that came, in the order in which it came, whatever the answer was. */
  received: Received[]
  /** What it answers from now on. */
  answers(manner: Manner): void
  /** Ends it: connections are refused. */
  close(): Promise<void>
}

/** Starts a receiver that takes everything, on a port of its own choice or on a given one. */
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

/** Starts a Floe that may deliver to this machine. */
export const openNotifying = (bindings: Record<string, string> = {}): Promise<World> =>
  openWorld({ bindings: { WEBHOOKS_TO_THIS_MACHINE: 'true', ...bindings } })

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { expect, inject } from 'vitest'
import { ASKED_URL, type WorkerRequest } from './worker-request.ts'

/** Answers what a Worker asks of other hosts. */
export type Outbound = (request: Request) => Response | Promise<Response>

/** What can be chosen about a Worker. */
export interface WorkerOptions {
  /** Where its Durable Objects keep their storage; without it they forget it when it ends. */
  persist?: string
  /** Answers what it asks of other hosts. */
  outbound?: Outbound
  /** Whether `outbound` answers in the place of this machine's servers as well, the database among them. */
  watch?: boolean
  /** Takes whatever it prints. */
  listen?: (text: string) => void
}

/** The built Worker in workerd, run by the run's own process for it. */
export interface TestWorker {
  url: string
  /** Runs its schedule once. */
  runCron(): Promise<void>
  /** Hands it a mail, as Email Routing does, and returns why it refused it, or nothing. */
  mail(to: string, mail: string, from?: string): Promise<string | undefined>
  /** Puts another one in its place, with these bindings and an address of its own: the next deploy. */
  redeploy(bindings: Record<string, string>): Promise<void>
  stop(): Promise<void>
}

/** Starts a Worker with the given vars and secrets. */
export async function openWorker(
  bindings: Record<string, string>,
  { persist, outbound, watch = false, listen }: WorkerOptions = {},
): Promise<TestWorker> {
  const answering = outbound && (await serveOutbound(outbound))
  const request: WorkerRequest = {
    bindings,
    ...(persist !== undefined && { persist }),
    ...(answering && { outbound: answering.url, watch }),
  }
  const { id, url } = await ask('/', JSON.stringify(request))
  const listening = new AbortController()
  if (listen) void follow(`${inject('workers')}/${id}/log`, listen, listening.signal)
  const worker: TestWorker = {
    url,
    runCron: () => ask(`/${id}/cron`),
    mail: async (to, mail, from = 'ada@example.com') =>
      (await ask(`/${id}/mail?${new URLSearchParams({ from, to })}`, mail)).refused,
    async redeploy(others) {
      worker.url = (await ask(`/${id}/redeploy`, JSON.stringify(others))).url
    },
    async stop() {
      listening.abort()
      await ask(`/${id}/stop`)
      answering?.close()
    },
  }
  return worker
}

async function ask(path: string, body = '') {
  const answer = await fetch(inject('workers') + path, { method: 'POST', body })
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  return JSON.parse(text)
}

async function follow(url: string, listen: (text: string) => void, signal: AbortSignal): Promise<void> {
  try {
    const answer = await fetch(url, { method: 'POST', signal })
    const decoder = new TextDecoder()
    for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>)
      listen(decoder.decode(bytes, { stream: true }))
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function serveOutbound(outbound: Outbound): Promise<{ url: string; close(): void }> {
  const server = createServer(async (asked, answer) => {
    try {
      const said = await outbound(await requestOf(asked))
      answer.writeHead(said.status).end(Buffer.from(await said.arrayBuffer()))
    } catch (error) {
      answer.destroy(error as Error)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function requestOf(asked: IncomingMessage): Promise<Request> {
  const { [ASKED_URL]: url, host, connection, ...headers } = asked.headers as Record<string, string>
  const body = asked.method === 'GET' || asked.method === 'HEAD' ? undefined : await textOf(asked)
  return new Request(url!, { method: asked.method!, headers, ...(body !== undefined && { body }) })
}

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { expect, inject } from 'vitest'
import { ASKED_URL, type WorkerRequest } from './worker-request.ts'

/** Answers a Worker's calls to other hosts. */
export type Outbound = (request: Request) => Response | Promise<Response>

/** The options of a Worker. */
export interface WorkerOptions {
  /** Folder of its Durable Objects, which are lost at its end without one. */
  persist?: string
  /** Paths of another bundle of the Worker, and of one that has the write lane. */
  bundle?: string
  lane?: string
  /** Answers its calls to other hosts. */
  outbound?: Outbound
  /** Whether `outbound` answers calls to this machine too, the database's among them. */
  watch?: boolean
  /** Whether operators’ Worker is there. */
  console?: true
  /** Gets its output. */
  listen?: (text: string) => void
}

/** The built Worker in workerd, in the run's process of Workers. */
export interface TestWorker {
  url: string
  /** URL of operators’ Worker, where it is there. */
  consoleUrl?: string
  /** Runs its schedule once. */
  runCron(): Promise<void>
  /** Delivers a mail as Email Routing does, and returns the reason of a rejection. */
  mail(to: string, mail: string, from?: string): Promise<string | undefined>
  /** Replaces it by a Worker with these bindings, and another lane where one is named, at another URL, as a deploy does. */
  redeploy(bindings: Record<string, string>, lane?: string): Promise<void>
  stop(): Promise<void>
}

/** Starts a Worker with the given vars and secrets. */
export async function openWorker(
  bindings: Record<string, string>,
  { persist, bundle, lane, outbound, watch = false, console, listen }: WorkerOptions = {},
): Promise<TestWorker> {
  const answering = outbound && (await serveOutbound(outbound))
  const request: WorkerRequest = {
    bindings: sendingMail(bindings),
    ...(console && { console }),
    ...(persist !== undefined && { persist }),
    ...(bundle !== undefined && { bundle }),
    ...(lane !== undefined && { lane }),
    ...(answering && { outbound: answering.url, watch }),
  }
  const { id, url, consoleUrl } = await ask('/', JSON.stringify(request))
  const listening = new AbortController()
  if (listen) void follow(`${inject('workers')}/${id}/log`, listen, listening.signal)
  const worker: TestWorker = {
    url,
    consoleUrl,
    runCron: () => ask(`/${id}/cron`),
    mail: async (to, mail, from = 'ada@example.com') =>
      (await ask(`/${id}/mail?${new URLSearchParams({ from, to })}`, mail)).refused,
    async redeploy(others, other) {
      worker.url = (
        await ask(`/${id}/redeploy`, JSON.stringify({ bindings: sendingMail(others), lane: other }))
      ).url
    },
    async stop() {
      listening.abort()
      await ask(`/${id}/stop`)
      answering?.close()
    },
  }
  return worker
}

/** Says whether there is mail, as the transport does. */
const sendingMail = (bindings: Record<string, string>): Record<string, string> => ({
  SENDS_MAIL: String(bindings['MAIL_URL'] !== 'none:'),
  ...bindings,
})

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

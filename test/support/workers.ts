import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Request, Response } from 'miniflare'
import { type ServedWorker, serveWorker } from '../../local/serve-worker.ts'
import { ASKED_URL, type WorkerRequest } from './worker-request.ts'

/**
 * The process of a run that loads Miniflare and wrangler, which takes two seconds that every test file would pay. Test files
 * call it by HTTP through worker.ts.
 */

interface Running {
  worker: ServedWorker
  request: WorkerRequest
  log: { text: string; told: ((text: string) => void) | undefined }
}

const running = new Map<string, Running>()
let count = 0

async function serve(request: WorkerRequest): Promise<Running> {
  const { bindings, console, persist, bundle, lane, outbound, watch } = request
  const log: Running['log'] = { text: '', told: undefined }
  const worker = await serveWorker({
    port: 0,
    bindings,
    ...(console && { consolePort: 0 }),
    ...(persist !== undefined && { persist }),
    scripts: {
      ...(bundle !== undefined && { floe: bundle }),
      ...(lane !== undefined && { 'floe-lane': lane }),
    },
    ...(outbound !== undefined && { outbound: asked => forward(asked, outbound, watch) }),
    listen(text) {
      log.text += text
      log.told?.(text)
    },
  })
  return { worker, request, log }
}

async function forward(asked: Request, outbound: string, watch = false): Promise<Response> {
  const headers = [...asked.headers] as [string, string][]
  const init = { method: asked.method, headers, ...(asked.body && { body: await asked.arrayBuffer() }) }
  const here = new URL(asked.url).hostname === '127.0.0.1'
  const answer =
    here && !watch
      ? await fetch(asked.url, init)
      : await fetch(outbound, { ...init, headers: [...headers, [ASKED_URL, asked.url]] })
  return new Response(await answer.arrayBuffer(), { status: answer.status })
}

const CALLS: Record<string, (running: Running, body: Buffer, query: URLSearchParams) => Promise<unknown>> = {
  async redeploy({ worker, request, log }, body) {
    await worker.stop()
    const next = await serve({ ...request, ...JSON.parse(body.toString()) })
    next.log.told = log.told
    return next
  },
  cron: ({ worker }) => worker.runCron(),
  mail: async ({ worker }, body, query) => ({
    refused: await worker.receiveMail({ from: query.get('from')!, to: query.get('to')! }, body),
  }),
  stop: ({ worker }) => worker.stop(),
}

const server = createServer(async (request, answer) => {
  try {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
    const [id = '', call = ''] = pathname.slice(1).split('/')
    const body = await bytesOf(request)
    if (id === '') {
      const started = await serve(JSON.parse(body.toString()))
      const name = String(++count)
      running.set(name, started)
      const { url, consoleUrl } = started.worker
      answer.end(JSON.stringify({ id: name, url, consoleUrl }))
      return
    }
    const one = running.get(id)!
    if (call === 'log') {
      answer.write(one.log.text)
      one.log.told = text => answer.write(text)
      return
    }
    const said = await CALLS[call]!(one, body, searchParams)
    if (call === 'redeploy') running.set(id, said as Running)
    if (call === 'stop') running.delete(id)
    answer.end(JSON.stringify(call === 'redeploy' ? { url: running.get(id)!.worker.url } : (said ?? {})))
  } catch (error) {
    answer.writeHead(500).end(error instanceof Error ? error.message : String(error))
  }
})

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

server.listen(0, '127.0.0.1', () =>
  process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
)

// Ends with the run, in whichever way that ends.
const end = async () => {
  await Promise.all([...running.values()].map(({ worker }) => worker.stop().catch(() => undefined)))
  process.exit(0)
}
process.once('SIGTERM', end)
process.once('disconnect', end)

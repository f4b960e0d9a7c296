import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { Miniflare, type Request, type Response } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as optionsFromConfig } from 'wrangler'
import { isEntry } from '../ops/cli.ts'
import { ROOT } from './folder.ts'

/** What a served Worker is given: its bindings, and where it answers and keeps its Durable Objects. */
export interface ServeOptions {
  /** 0 takes a free one. */
  port: number
  /** The vars and secrets; they take the place of wrangler.toml's. */
  bindings: Record<string, string>
  /** Where Durable Objects keep their storage; without it they forget it at the end. */
  persist?: string
  /** Where mail for the Worker may be posted; without it only what runs in this process can. */
  mailPort?: number
  /** Answers what the Worker asks of other hosts; without it they are asked themselves. */
  outbound?: (request: Request) => Response | Promise<Response>
  /** How often the Worker's schedule runs; without it only when told. */
  cronEveryMs?: number
  /** The bundle; wrangler.toml says the rest. */
  bundle?: string
  config?: string
  /** Takes what the runtime prints, the Worker's log above all; without it that is printed here. */
  listen?: (text: string) => void
}

/** A Worker that answers. */
export interface ServedWorker {
  url: string
  /** Runs the Worker's schedule once, and resolves when it has ended. */
  runCron(): Promise<void>
  /** Hands the Worker a mail, as Email Routing does, and returns why it refused it, or nothing. */
  receiveMail(envelope: { from: string; to: string }, mail: Uint8Array): Promise<string | undefined>
  stop(): Promise<void>
}

/** Where Miniflare takes mail, with `from` and `to` in the query. */
export const MAIL_PATH = '/cdn-cgi/handler/email'

/** The schedule of wrangler.toml. */
const CRON = '* * * * *'

/**
 * Serves the built Worker in workerd, as wrangler.toml describes it.
 *
 * The port is a direct socket into the runtime: Miniflare's own entry, which costs half the throughput, is left unused.
 */
export async function serveWorker(options: ServeOptions): Promise<ServedWorker> {
  const { port, mailPort = 0, bindings, persist = false, cronEveryMs: everyMs, outbound } = options
  const { bundle = `${ROOT}/dist/worker/index.js`, config = `${ROOT}/wrangler.toml` } = options
  const { listen } = options
  const { bindings: vars, ...workerOptions } = optionsFromConfig(config).workerOptions
  const miniflare = new Miniflare({
    ...workerOptions,
    // Durable Object storage is named after the Worker.
    name: 'floe',
    modules: modulesOf(bundle),
    modulesRoot: dirname(bundle),
    bindings: { ...vars, ...bindings },
    durableObjectsPersist: persist,
    unsafeDirectSockets: [{ host: '127.0.0.1', port }],
    host: '127.0.0.1',
    port: mailPort,
    // Mail is posted to Miniflare's own entry.
    unsafeTriggerHandlers: true,
    ...(outbound && { outboundService: outbound }),
    cf: false,
    ...(listen && {
      handleRuntimeStdio(out: Readable, err: Readable) {
        for (const stream of [out, err]) stream.setEncoding('utf8').on('data', listen)
      },
    }),
  })
  await miniflare.ready
  const url = (await miniflare.unsafeGetDirectURL()).origin
  // Asked for when it is first needed: getting it costs Miniflare as much as starting.
  let worker: Promise<Awaited<ReturnType<typeof miniflare.getWorker>>> | undefined
  const runCron = async () => {
    worker ??= miniflare.getWorker()
    await (await worker).scheduled({ cron: CRON })
  }
  // What runs locally keeps no schedule of its own.
  const schedule = everyMs && setInterval(() => void runCron().catch(() => undefined), everyMs)
  return {
    url,
    runCron,
    async receiveMail(envelope, mail) {
      const query = new URLSearchParams(envelope)
      const answer = await miniflare.dispatchFetch(`http://localhost${MAIL_PATH}?${query}`, {
        method: 'POST',
        body: mail,
      })
      const text = await answer.text()
      if (answer.ok) return undefined
      if (answer.status === 400) return text
      throw new Error(text)
    },
    async stop() {
      clearInterval(schedule)
      await miniflare.dispose()
    },
  }
}

/** Returns a bundle's modules: its script and the WebAssembly beside it. */
const modulesOf = (bundle: string) => [
  { type: 'ESModule' as const, path: bundle },
  ...readdirSync(dirname(bundle))
    .filter(name => name.endsWith('.wasm'))
    .map(name => ({ type: 'CompiledWasm' as const, path: `${dirname(bundle)}/${name}` })),
]

/** As a process of its own: the first message is the options, and it ends with whoever sent it. */
if (isEntry(import.meta.url)) {
  let worker: Promise<ServedWorker> | undefined
  process.on('message', options => {
    worker = serveWorker(options as ServeOptions)
    worker.catch(error => {
      console.error(error)
      process.exit(1)
    })
  })
  const end = async () => {
    await worker?.then(served => served.stop()).catch(() => undefined)
    process.exit(0)
  }
  process.once('SIGTERM', end)
  process.once('disconnect', end)
}

import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { Miniflare, type Request, type Response } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as optionsFromConfig } from 'wrangler'
import { isEntry } from '../ops/cli.ts'
import { ROOT } from './folder.ts'

/** Options of a served Worker: its bindings, its ports and the storage of its Durable Objects. */
export interface ServeOptions {
  /** 0 takes a free port. */
  port: number
  /** Vars and secrets; they override those of wrangler.toml. */
  bindings: Record<string, string>
  /** Folder for the storage of Durable Objects; without it the storage is lost at the end. */
  persist?: string
  /** Port that takes mail for the Worker; without it only this process can deliver mail. */
  mailPort?: number
  /** Answers the Worker's requests to other hosts; without it those hosts are asked. */
  outbound?: (request: Request) => Response | Promise<Response>
  /** Interval of the Worker's scheduled jobs; without it they run only on `runCron`. */
  cronEveryMs?: number
  /** Path of the bundle; wrangler.toml gives the rest. */
  bundle?: string
  config?: string
  /** Receives the runtime's output, above all the Worker's log; without it the output is printed. */
  listen?: (text: string) => void
}

/** A Worker that answers. */
export interface ServedWorker {
  url: string
  /** Runs the Worker's scheduled jobs once, and resolves when they have ended. */
  runCron(): Promise<void>
  /** Delivers a mail to the Worker, as Email Routing does. Returns the reason of a refusal, or undefined. */
  receiveMail(envelope: { from: string; to: string }, mail: Uint8Array): Promise<string | undefined>
  stop(): Promise<void>
}

/** Path at which Miniflare takes mail, with `from` and `to` in the query. */
export const MAIL_PATH = '/cdn-cgi/handler/email'

/** The schedule of wrangler.toml. */
const CRON = '* * * * *'

/**
 * Serves the built Worker in workerd, as wrangler.toml describes it.
 *
 * The port is a direct socket into the runtime, since Miniflare's own entry costs half the throughput.
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
  // The handle is made at first use, since it costs Miniflare as much as starting.
  let worker: Promise<Awaited<ReturnType<typeof miniflare.getWorker>>> | undefined
  const runCron = async () => {
    worker ??= miniflare.getWorker()
    await (await worker).scheduled({ cron: CRON })
  }
  // workerd runs no schedule of its own.
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

/** Returns a bundle's modules: its script and the WebAssembly files beside it. */
const modulesOf = (bundle: string) => [
  { type: 'ESModule' as const, path: bundle },
  ...readdirSync(dirname(bundle))
    .filter(name => name.endsWith('.wasm'))
    .map(name => ({ type: 'CompiledWasm' as const, path: `${dirname(bundle)}/${name}` })),
]

/** Runs the server as a child process: the first message holds its options, and it ends with its parent. */
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

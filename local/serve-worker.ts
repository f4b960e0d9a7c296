import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { Miniflare, type Request, type Response, type WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as optionsFromConfig } from 'wrangler'
import { shareOf, type WorkerName } from '../core/holdings.ts'
import { isEntry } from '../ops/cli.ts'
import { ROOT } from './folder.ts'
import { openMailDoor } from './lmtp.ts'
import { demandUsable } from './serve-settings.ts'
import { BUNDLES, GATE_BUNDLE, MAIL_PATH, WORKERS, type WorkerSource } from './workers.ts'

/** Options of the served Workers: their settings, their ports and the storage of their Durable Objects. */
export interface ServeOptions {
  /** Port of `floe`; 0 takes a free one. */
  port: number
  /** Port of `floe-console`, 0 for a free one; without it that Worker is not started. */
  consolePort?: number
  /** Vars and secrets of all Workers, each of which gets its share; they override those of the configurations. */
  bindings: Record<string, string>
  /** Folder for the storage of Durable Objects; without it the storage is lost at the end. */
  persist?: string
  /** Port that takes mail for `floe-app`; without it only this process can deliver mail. */
  mailPort?: number
  /** Port that takes mail for `floe-app` by LMTP. */
  lmtpPort?: number
  /**
   * Serves the public behind a proxy that knows this secret: the gate has the port of `floe`, and settings that no Worker could start
   * with are refused.
   */
  proxySecret?: string
  /** Answers the Workers' requests to other hosts; without it those hosts are asked. */
  outbound?: (request: Request) => Response | Promise<Response>
  /** Interval of the scheduled jobs; without it they run only on `runCron`. */
  cronEveryMs?: number
  /** Paths of scripts that run in place of built ones, with the WebAssembly beside them. */
  scripts?: Partial<Record<WorkerName, string>>
  /** Receives the runtime's output, above all the Workers' log; without it the output is printed. */
  listen?: (text: string) => void
}

/** Workers that answer. */
export interface ServedWorker {
  url: string
  /** URL of `floe-console`, where it has a port. */
  consoleUrl?: string
  /** Runs the scheduled jobs once, and resolves when they have ended. */
  runCron(): Promise<void>
  /** Delivers a mail to `floe-app`, as Email Routing does. Returns the reason of a refusal, or undefined. */
  receiveMail(envelope: { from: string; to: string }, mail: Uint8Array): Promise<string | undefined>
  stop(): Promise<void>
}

/** The Worker before `floe`, where the proxy is not Cloudflare. */
const GATE = 'gate'
/** Header by which Miniflare's own entry leads to another Worker than the first. */
const ROUTE_OVERRIDE = 'MF-Route-Override'

/** What Miniflare puts before the Worker's reason of a refusal. */
const REJECTED = 'Worker rejected email with the following reason: '

/** The schedule of wrangler.app.toml. */
const CRON = '* * * * *'

/**
 * Serves the built Workers in one workerd, as their configurations describe them.
 *
 * The port is a direct socket into the runtime, since Miniflare's own entry costs half the throughput.
 */
export async function serveWorker(options: ServeOptions): Promise<ServedWorker> {
  const { port, consolePort, mailPort = 0, persist = false, cronEveryMs: everyMs, outbound, listen } = options
  const { lmtpPort, proxySecret } = options
  if (proxySecret !== undefined) demandUsable(settingsOf(options))
  const front = proxySecret === undefined ? 'floe' : GATE
  const sockets: Record<string, number | undefined> = { [front]: port, 'floe-console': consolePort }
  // Nobody asks the console of most tests.
  const served = WORKERS.filter(({ name }) => name !== 'floe-console' || consolePort !== undefined)
  const all = served.map(worker => optionsOf(worker, options))
  if (proxySecret !== undefined) all.push(gateOf(proxySecret))
  const workers = all.map(
    (worker): WorkerOptions => ({
      ...worker,
      ...(sockets[worker.name] !== undefined && {
        unsafeDirectSockets: [{ host: '127.0.0.1', port: sockets[worker.name] }],
      }),
      ...(outbound && { outboundService: outbound }),
    }),
  )
  // Miniflare's own entry leads to the first: where mail is posted to it, to that of mail, and else past no gate.
  const first = proxySecret === undefined ? 'floe-app' : GATE
  const miniflare = new Miniflare({
    workers: workers.sort(({ name }) => (name === first ? -1 : 1)),
    durableObjectsPersist: persist,
    host: '127.0.0.1',
    port: mailPort,
    unsafeTriggerHandlers: true,
    cf: false,
    ...(listen && {
      handleRuntimeStdio(out: Readable, err: Readable) {
        for (const stream of [out, err]) stream.setEncoding('utf8').on('data', listen)
      },
    }),
  })
  await miniflare.ready
  const urlOf = async (worker: string) => (await miniflare.unsafeGetDirectURL(worker)).origin
  const url = await urlOf(front)
  // The handle is made at first use, since it costs Miniflare as much as starting.
  let worker: Promise<Awaited<ReturnType<typeof miniflare.getWorker>>> | undefined
  const runCron = async () => {
    worker ??= miniflare.getWorker('floe-app')
    await (await worker).scheduled({ cron: CRON })
  }
  // workerd runs no schedule of its own.
  const schedule = everyMs && setInterval(() => void runCron().catch(() => undefined), everyMs)
  const receiveMail: ServedWorker['receiveMail'] = async (envelope, mail) => {
    const query = new URLSearchParams(envelope)
    const answer = await miniflare.dispatchFetch(`http://localhost${MAIL_PATH}?${query}`, {
      method: 'POST',
      headers: { [ROUTE_OVERRIDE]: 'floe-app' },
      body: mail,
    })
    const text = await answer.text()
    if (answer.ok) return undefined
    if (answer.status === 400) return text.replace(REJECTED, '')
    throw new Error(text)
  }
  const door = lmtpPort === undefined ? undefined : await openMailDoor(lmtpPort, receiveMail)
  return {
    url,
    ...(consolePort !== undefined && { consoleUrl: await urlOf('floe-console') }),
    runCron,
    receiveMail,
    async stop() {
      clearInterval(schedule)
      await door?.close()
      await miniflare.dispose()
    },
  }
}

/** Returns the gate, which is bound to `floe` and knows nothing but the proxy's secret. */
const gateOf = (secret: string): WorkerOptions & { name: string } => ({
  name: GATE,
  modules: modulesOf(`${GATE_BUNDLE}/index.js`),
  modulesRoot: GATE_BUNDLE,
  compatibilityDate: configured(SHARED)['compatibilityDate']!,
  bindings: { PROXY_SECRET: secret },
  serviceBindings: { FLOE: 'floe' },
})

/** Returns the vars and secrets of all Workers: those of the configurations, and what overrides them. */
const settingsOf = ({ bindings }: ServeOptions): Record<string, string> => ({
  ...(Object.assign({}, ...WORKERS.map(({ config }) => configured(config)['bindings'])) as Record<
    string,
    string
  >),
  ...bindings,
})

/** Storage of Durable Objects is named after the Worker that had them when there was one Worker. */
const FORMER_WORKER = 'floe'

/** Returns the options of a Worker, with its share of the settings. */
function optionsOf(
  { name, config }: WorkerSource,
  { bindings, scripts = {} }: ServeOptions,
): WorkerOptions & { name: string } {
  const { bindings: own, durableObjects = {}, ...rest } = configured(config)
  const { [name]: script = `${BUNDLES}/${name}/index.js` } = scripts
  return {
    ...rest,
    name,
    modules: modulesOf(script),
    modulesRoot: dirname(script),
    bindings: shareOf(name, { ...configured(SHARED)['bindings'], ...own, ...bindings }),
    durableObjects: Object.fromEntries(
      Object.entries(durableObjects).map(([binding, designator]) => {
        const { className, scriptName } = designator as { className: string; scriptName?: string }
        const unsafeUniqueKey = `${FORMER_WORKER}-${className}`
        return [binding, { className, scriptName, useSQLite: true, unsafeUniqueKey }]
      }),
    ),
  } as WorkerOptions & { name: string }
}

/** Configuration whose vars are those of all Workers. */
const SHARED = 'wrangler.toml'

const known = new Map<string, ReturnType<typeof optionsFromConfig>['workerOptions']>()

/** Returns what a configuration says. Reading one takes as long as starting a Worker, so each is read once. */
function configured(config: string): ReturnType<typeof optionsFromConfig>['workerOptions'] {
  const read = known.get(config) ?? optionsFromConfig(`${ROOT}/${config}`).workerOptions
  known.set(config, read)
  return read
}

/** Returns a bundle's modules: its script and the WebAssembly files beside it. */
const modulesOf = (script: string) => [
  { type: 'ESModule' as const, path: script },
  ...readdirSync(dirname(script))
    .filter(name => name.endsWith('.wasm'))
    .map(name => ({ type: 'CompiledWasm' as const, path: `${dirname(script)}/${name}` })),
]

/** Runs the server as a child process: the first message holds its options, and it ends with its parent. */
if (isEntry(import.meta.url)) {
  let worker: Promise<ServedWorker> | undefined
  process.on('message', options => {
    const { proxySecret } = options as ServeOptions
    worker = serveWorker(options as ServeOptions)
    worker.catch((error: Error) => {
      // Beside the lines of the Workers it is one of them.
      const line = { level: 'error', event: 'serve', message: error.message }
      console.error(proxySecret === undefined ? error : JSON.stringify(line))
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

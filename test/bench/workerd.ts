import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { startChild, untilAnswering } from '../../local/child.ts'
import { ROOT } from '../../local/folder.ts'
import { freePorts } from '../../local/port.ts'
import { ask, Silent, wire } from './load.ts'

/** A Worker of a bare workerd. */
export interface WorkerOptions {
  name: string
  /** Its script, with its WebAssembly beside it. */
  script: string
  /** Port at which it answers; without one only other Workers reach it. */
  port?: number | undefined
  /** Vars and secrets. */
  vars?: Record<string, string>
  /** Other bindings, in the language of workerd's configuration. */
  bindings?: Record<string, string>
  /** Durable Object classes that it exports. */
  classNames?: readonly string[] | undefined
}

/** Workers in one bare workerd, without wrangler or Miniflare on a request's path. */
export interface WorkerdOptions {
  /** Folder for the configuration, the log and the Durable Objects. */
  dir: string
  /** The first is the one that is asked. */
  workers: WorkerOptions[]
  /** Folder of the service `site`. */
  site?: string
  /** Whether each isolate has no more memory than the platform gives one. */
  bounded?: boolean | undefined
}

/** A running workerd. */
export interface Served {
  url: string
  pid: number
  stop(): Promise<void>
}

const WORKERD: string = createRequire(import.meta.url)('workerd').default
const COMPATIBILITY_DATE = '2026-04-20'
const START_DEADLINE_MS = 10_000

/** Writes workerd's configuration and returns the command that serves it. */
export function prepare(options: WorkerdOptions): {
  command: string
  args: string[]
  url: string
  log: string
} {
  const { dir, workers } = options
  mkdirSync(`${dir}/objects`, { recursive: true })
  writeFileSync(`${dir}/config.capnp`, configuration(options), { mode: 0o600 })
  return {
    command: WORKERD,
    args: ['serve', `${dir}/config.capnp`],
    url: `http://127.0.0.1:${workers[0]!.port}`,
    log: `${dir}/log`,
  }
}

/** Starts Workers and resolves when the first answers. */
export async function serve(options: WorkerdOptions): Promise<Served> {
  const { url, ...command } = prepare(options)
  const child = startChild(command)
  await untilAnswering(child, `${url}/healthz`, options.workers[0]!.name, command.log)
  return { url, pid: child.pid, stop: () => child.stop() }
}

/** Bundles a worker of `baseline/` into a folder of its own, and returns how to serve it alone. */
export async function baseline(
  name: string,
  dir: string,
  vars: Record<string, string> = {},
): Promise<WorkerdOptions> {
  const [port] = (await freePorts(1)) as [number]
  const script = await bundleBaseline(name, dir)
  return { dir: dirname(script), workers: [{ name, script, port, vars }] }
}

/** Bundles a worker of `baseline/` into a folder of its own, and returns the script. */
export async function bundleBaseline(name: string, dir: string): Promise<string> {
  const script = `${dir}/${name}/index.js`
  await build({
    entryPoints: [`${ROOT}/test/bench/baseline/${name}.ts`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    outfile: script,
    logLevel: 'error',
  })
  return script
}

const text = JSON.stringify

/** A heap of 128 MiB, as the platform gives an isolate (developers.cloudflare.com/workers/platform/limits). */
const BOUNDED = '--max-heap-size=128'

function configuration({ dir, workers, site, bounded }: WorkerdOptions): string {
  const services = workers.map(worker => `(name = ${text(worker.name)}, worker = ${workerIn(dir, worker)})`)
  services.push('(name = "internet", network = (allow = ["public", "private"]))')
  services.push(`(name = "objects", disk = (path = ${text(`${dir}/objects`)}, writable = true))`)
  if (site !== undefined) services.push(`(name = "site", disk = ${text(site)})`)
  const sockets = workers.flatMap(({ name, port }) =>
    port === undefined
      ? []
      : `(name = ${text(name)}, address = "127.0.0.1:${port}", http = (), service = ${text(name)})`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join(',\n    ')}],
  sockets = [${sockets.join(', ')}],
  v8Flags = [${bounded ? text(BOUNDED) : ''}],
);
`
}

function workerIn(dir: string, { script, vars = {}, bindings = {}, classNames = [] }: WorkerOptions): string {
  const folder = dirname(script)
  const embedded = (file: string) => `embed ${text(relative(dir, `${folder}/${file}`))}`
  const modules = [`(name = "index.js", esModule = ${embedded('index.js')})`]
  for (const file of readdirSync(folder).filter(name => name.endsWith('.wasm')))
    modules.push(`(name = ${text(file)}, wasm = ${embedded(file)})`)
  const bound = [
    ...Object.entries(vars).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
    ...Object.entries(bindings).map(([name, value]) => `(name = ${text(name)}, ${value})`),
  ]
  const namespaces = classNames.map(
    name => `(className = ${text(name)}, uniqueKey = ${text(`floe-${name}`)}, enableSql = true)`,
  )
  const objects =
    namespaces.length === 0
      ? ''
      : `durableObjectNamespaces = [${namespaces.join(', ')}],
      durableObjectStorage = (localDisk = "objects"),`
  return `(
      compatibilityDate = "${COMPATIBILITY_DATE}",
      modules = [${modules.join(', ')}],
      bindings = [${bound.join(', ')}],
      ${objects}
    )`
}

/** Starts Workers, and returns the milliseconds from the start of the process to the first answer. */
export async function coldStart(options: WorkerdOptions): Promise<number> {
  const { url, ...command } = prepare(options)
  const request = wire('GET', '/healthz')
  const start = performance.now()
  const child = startChild(command)
  try {
    for (;;) {
      try {
        await ask(url, request)
        return performance.now() - start
      } catch (error) {
        if (!(error instanceof Silent) || performance.now() - start > START_DEADLINE_MS) throw error
        await sleep(1)
      }
    }
  } finally {
    await child.stop()
  }
}

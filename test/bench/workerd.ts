import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build, type Plugin } from 'esbuild'
import { startChild, untilAnswering } from '../../local/child.ts'
import { ROOT } from '../../local/folder.ts'
import { freePorts } from '../../local/port.ts'
import { ask, Silent, wire } from './load.ts'

/** A worker for a bare workerd, without wrangler or Miniflare on a request's path. */
export interface WorkerOptions {
  name: string
  /** The bundle: one ES module. */
  bundle: string
  /** Folder for its configuration, log and Durable Objects. */
  dir: string
  /** Vars and secrets. */
  vars?: Record<string, string>
  /** Durable Object class of the binding LANE, and folder of the binding ASSETS. */
  lane?: { className: string; site: string }
}

/** A running worker. */
export interface Served {
  url: string
  pid: number
  stop(): Promise<void>
}

const WORKERD: string = createRequire(import.meta.url)('workerd').default
const COMPATIBILITY_DATE = '2026-04-20'
const START_DEADLINE_MS = 10_000

/** Writes workerd's configuration of a worker and returns the command that serves it. */
export async function prepare(options: WorkerOptions): Promise<{ args: string[]; url: string; log: string }> {
  const { name, dir } = options
  const [port] = (await freePorts(1)) as [number]
  const folder = `${dir}/${name}`
  mkdirSync(`${folder}/objects`, { recursive: true })
  copyFileSync(options.bundle, `${folder}/worker.js`)
  const wasm = readdirSync(dirname(options.bundle)).filter(name => name.endsWith('.wasm') && options.lane)
  for (const name of wasm) copyFileSync(`${dirname(options.bundle)}/${name}`, `${folder}/${name}`)
  writeFileSync(`${folder}/config.capnp`, configuration(options, port, wasm), { mode: 0o600 })
  return {
    args: ['serve', `${folder}/config.capnp`],
    url: `http://127.0.0.1:${port}`,
    log: `${folder}/log`,
  }
}

/** Starts a worker and resolves when it answers. */
export async function serve(options: WorkerOptions): Promise<Served> {
  const { args, url, log } = await prepare(options)
  const child = startChild({ command: WORKERD, args, log })
  await untilAnswering(child, `${url}/healthz`, options.name, log)
  return { url, pid: child.pid, stop: () => child.stop() }
}

/** Bundles a worker of `baseline/` and returns the file. */
export const bundleBaseline = (name: string, dir: string): Promise<string> =>
  bundle(`test/bench/baseline/${name}.ts`, `${dir}/${name}.js`)

/** Bundles a worker like the deployed one into a file, and returns the file. */
export async function bundle(entry: string, outfile: string, plugins: Plugin[] = []): Promise<string> {
  await build({
    entryPoints: [`${ROOT}/${entry}`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    plugins,
    outfile,
    logLevel: 'error',
  })
  return outfile
}

function configuration({ name, dir, vars = {}, lane }: WorkerOptions, port: number, wasm: string[]): string {
  const text = JSON.stringify
  const modules = ['(name = "worker.js", esModule = embed "worker.js")']
  for (const file of wasm) modules.push(`(name = ${text(file)}, wasm = embed ${text(file)})`)
  const bindings = Object.entries(vars).map(([key, value]) => `(name = ${text(key)}, text = ${text(value)})`)
  const services = [`(name = "main", worker = .worker)`]
  services.push('(name = "internet", network = (allow = ["public", "private"]))')
  let objects = ''
  if (lane) {
    services.push(`(name = "site", disk = ${text(lane.site)})`)
    services.push(`(name = "objects", disk = (path = ${text(`${dir}/${name}/objects`)}, writable = true))`)
    bindings.push(`(name = "LANE", durableObjectNamespace = ${text(lane.className)})`)
    bindings.push('(name = "ASSETS", service = "site")')
    const key = text(`floe-${lane.className}`)
    objects = `durableObjectNamespaces = [(className = ${text(lane.className)}, uniqueKey = ${key}, enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),`
  }
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join(', ')}],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "${COMPATIBILITY_DATE}",
  modules = [${modules.join(', ')}],
  bindings = [${bindings.join(', ')}],
  ${objects}
);
`
}

/** Starts a worker, and returns the milliseconds from the start of the process to its first answer. */
export async function coldStart(options: WorkerOptions): Promise<number> {
  const { args, url, log } = await prepare(options)
  const request = wire('GET', '/healthz')
  const start = performance.now()
  const child = startChild({ command: WORKERD, args, log })
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

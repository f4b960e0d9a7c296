import { appendFileSync, readFileSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Runs in each process of the copy: records reached mutants, and activates the current one. */

/** The current mutant, from the copy's file `.mutant`. 0 is none: then reached mutants are recorded in `.reached`. */
export interface Moment {
  id: number
  become?: string
}

/** Evaluations of a mutant that no terminating code needs. */
const ENDLESS = 2_000_000

const place = (name: string): URL => new URL(`../../${name}`, import.meta.url)
const moment = (): Moment => JSON.parse(readFileSync(place('.mutant'), 'utf8'))

/** File and name of the running test; no name between tests, no file outside of them. */
export const now: { file?: string; test?: string } = {}
const noted = new Set<number>()

/** Sets the running test. */
export function begin(test?: string): void {
  noted.clear()
  if (test === undefined) delete now.test
  else now.test = test
}

/** Records that the running test reached a mutant. */
export function reached(id: number): void {
  if (now.file === undefined || noted.has(id)) return
  noted.add(id)
  appendFileSync(place('.reached'), `${JSON.stringify([id, now.file, now.test ?? ''])}\n`)
}

/** Origins of this process's Workers. */
const workers = new Set<string>()

/** Notes the Workers that the process of Workers says it has started, and returns what it said. */
export function withWorker<Said extends { url?: string; consoleUrl?: string }>(said: Said): Said {
  for (const url of [said.url, said.consoleUrl]) if (url !== undefined) workers.add(url)
  return said
}

/** Records what the Workers have reached, at the end of each test and before one of them is stopped. */
export async function askReached(): Promise<void> {
  if (moment().id !== 0) return
  for (const url of workers)
    try {
      const answer = await fetch(`${url}/.reached`, { signal: AbortSignal.timeout(5000) })
      for (const id of (await answer.json()) as number[]) reached(id)
    } catch {
      // It was stopped, or refuses to start.
      workers.delete(url)
    }
}

/** Switches mutants of the code in this process. */
export function switchHere(): void {
  const { id: active } = moment()
  let times = 0
  Object.assign(globalThis, {
    __m(id: number) {
      if (active === 0) reached(id)
      if (id !== active) return false
      if (++times > ENDLESS) throw new Error('it does not end')
      return true
    },
  })
}

/** The bindings that tell a Worker its mutant. */
export const workerBindings = (): Record<string, string> => ({ MUTANT: String(moment().id) })

/** Starts a proxy at a database's port, and returns the port for the database itself. */
export async function standBefore(port: number): Promise<{ port: number; close(): void }> {
  const behind = await freePort()
  const agent = new Agent({ keepAlive: true })
  const server = createServer({ maxHeaderSize: 1 << 20 }, async (asked, answer) => {
    try {
      const { 'x-reached': ids, ...headers } = asked.headers
      const body = faulty((await buffer(asked)).toString(), String(ids ?? ''))
      const { method, url: path } = asked
      headers['content-length'] = String(Buffer.byteLength(body))
      const onward = request({ host: '127.0.0.1', port: behind, method, path, headers, agent })
      onward.on('error', () => answer.destroy())
      answer.on('close', () => onward.destroy())
      onward.on('response', (said: IncomingMessage) => {
        answer.writeHead(said.statusCode!, said.headers)
        said.on('error', () => answer.destroy()).pipe(answer)
      })
      onward.end(body)
    } catch {
      answer.destroy()
    }
  })
  // Connections stay open as long as the database itself would keep them.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  )
  return {
    port: behind,
    close() {
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Returns a request with the current SQL mutant and without marks. */
function faulty(body: string, ids: string): string {
  const { id, become } = moment()
  if (id === 0) {
    for (const one of ids.split(',')) if (one) reached(Number(one))
    for (const [, one] of body.matchAll(/\/\*<(\d+)\*\//g)) reached(Number(one))
  }
  let text = body
  if (become !== undefined) {
    const [open, close] = [`/*<${id}*/`, `/*>${id}*/`]
    for (let from = text.indexOf(open); from >= 0; from = text.indexOf(open)) {
      const to = text.indexOf(close, from)
      const marked = text.slice(from + open.length, to)
      text = text.slice(0, from) + become.replace('…', () => marked) + text.slice(to + close.length)
    }
  }
  return text.replace(/\/\*[<>]\d+\*\//g, '')
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    }),
  )
}

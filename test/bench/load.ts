import { connect, type Socket } from 'node:net'

/** A request as its bytes on the wire. */
export type Wire = Buffer

/** Returns the bytes of a request to 127.0.0.1. */
export function wire(method: string, path: string, body = '', headers: Record<string, string> = {}): Wire {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const bytes = Buffer.from(body)
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${bytes.length}\r\n${lines.join('')}\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

/** What came back. */
export interface Answer {
  status: number
  head: string
  body: Buffer
}

/** Somebody did not answer in time, or hung up: how a wedged database shows. */
export class Silent extends Error {}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * One keep-alive connection with one request at a time. On bare sockets, because what the load costs is taken from
 * what is measured: undici takes 1.6 times the CPU, and at one caller a quarter of the pace, which flatters any ratio.
 */
export class Caller {
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #size = 0
  #expected: number | undefined
  #head: Omit<Answer, 'body'> | undefined
  #settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  constructor(url: string, deadlineMs: number) {
    const { port } = new URL(url)
    this.#socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true })
    this.#socket.setTimeout(deadlineMs)
    this.#socket.on('data', chunk => this.#take(chunk))
    this.#socket.on('timeout', () => this.#fail(new Silent(`no answer within ${deadlineMs} ms`)))
    this.#socket.on('error', error => this.#fail(new Silent(error.message)))
    this.#socket.on('close', () => this.#fail(new Silent('the connection was closed')))
  }

  send(request: Wire): Promise<Answer> {
    return new Promise((resolve, reject) => {
      // A destroyed socket says nothing about what is written to it.
      if (this.#socket.destroyed) throw new Silent('the connection was closed')
      this.#settle = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#expected === undefined) {
      const sofar = Buffer.concat(this.#chunks)
      const end = sofar.indexOf(HEAD_END)
      if (end < 0) return
      const head = sofar.toString('latin1', 0, end)
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
      if (length === undefined) {
        this.#fail(new Error(`an answer without its length: ${head}`))
        return
      }
      this.#expected = end + HEAD_END.length + Number(length)
      this.#head = { status: Number(head.slice(9, 12)), head }
    }
    if (this.#size < this.#expected) return
    const body = Buffer.concat(this.#chunks).subarray(this.#head!.head.length + HEAD_END.length)
    const answer = { ...this.#head!, body }
    const { resolve } = this.#settle!
    this.#chunks = []
    this.#size = 0
    this.#expected = undefined
    this.#settle = undefined
    resolve(answer)
  }

  #fail(error: Error): void {
    this.#settle?.reject(error)
    this.close()
  }
}

/** A closed loop: so many callers, each sending its next request when the last is answered, bounded in time and count. */
export interface Load {
  url: string
  callers: number
  request(): Wire
  forMs: number
  /** The most requests sent, whatever the time. */
  most?: number
  /** How long one answer may take before its caller gives up. */
  deadlineMs?: number
}

/** What became of a load. */
export interface Outcome {
  /** Answers with 200. */
  acknowledged: number
  /** Any other answer, and silence. */
  failed: number
  /** Some failure, for whoever reads the report. */
  failure: string | undefined
  perSecond: number
  latenciesMs: Float64Array
}

/** Sends a load and waits for its last answer. A caller that meets a failure stops. */
export async function send(load: Load): Promise<Outcome> {
  const { url, callers, request, forMs, most = 1_000_000, deadlineMs = 10_000 } = load
  const latencies: number[] = []
  let sent = 0
  let failed = 0
  let failure: string | undefined
  const start = performance.now()
  const end = start + forMs
  let last = end
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const caller = new Caller(url, deadlineMs)
      try {
        for (let at = performance.now(); at < end && sent < most; ) {
          sent++
          const { status, body } = await caller.send(request())
          const now = performance.now()
          if (status !== 200) throw new Error(`${status}: ${body.toString().trim().slice(0, 80)}`)
          latencies.push(now - at)
          at = last = now
        }
      } catch (error) {
        failed++
        failure = error instanceof Error ? error.message : String(error)
      } finally {
        caller.close()
      }
    }),
  )
  const latenciesMs = Float64Array.from(latencies).sort()
  return {
    acknowledged: latencies.length,
    failed,
    failure,
    // Up to the last answer: waiting for one that never comes is not pace.
    perSecond: (latencies.length * 1000) / (last - start),
    latenciesMs,
  }
}

/** Sends a load of which nothing may fail. */
export async function sendWhole(load: Load): Promise<Outcome> {
  const outcome = await send(load)
  if (outcome.failed > 0) throw new Error(`${outcome.failed} of the callers failed: ${outcome.failure}`)
  return outcome
}

/** Sends one request and returns its answer, which must be a 200. */
export async function ask(url: string, request: Wire): Promise<Answer> {
  const caller = new Caller(url, 10_000)
  try {
    const answer = await caller.send(request)
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${answer.body}`)
    return answer
  } finally {
    caller.close()
  }
}

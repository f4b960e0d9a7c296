import { connect, type Socket } from 'node:net'

/** The bytes of a request. */
export type Wire = Buffer

/** Returns the bytes of a request to 127.0.0.1. */
export function wire(method: string, path: string, body = '', headers: Record<string, string> = {}): Wire {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const bytes = Buffer.from(body)
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${bytes.length}\r\n${lines.join('')}\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

/** A received answer. */
export interface Answer {
  status: number
  head: string
  body: Buffer
}

/** No answer in time, or a closed connection, as from a wedged database. */
export class Silent extends Error {}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * A keep-alive connection with one request at a time. It is a bare socket, since the load shares the processor with what is
 * measured: undici takes 1.6 times the CPU, and a quarter of the pace at one caller, which flatters any ratio.
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
      // Writing to a destroyed socket reports no error.
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

/** A closed loop: callers that each send the next request once the last is answered, until a time or count. */
export interface Load {
  url: string
  callers: number
  request(): Wire
  forMs: number
  /** The most requests sent. */
  most?: number
  /** How long a caller waits for an answer, in ms. */
  deadlineMs?: number
  /** Status of an answer that counts; 200 when left out. */
  accepts?: number
}

/** The outcome of a load. */
export interface Outcome {
  /** Answers with the status that counts. */
  acknowledged: number
  /** Other answers, and missing ones. */
  failed: number
  /** A failure, for the report. */
  failure: string | undefined
  perSecond: number
  latenciesMs: Float64Array
}

/** Sends a load and waits for its last answer. A caller stops at its first failure. */
export async function send(load: Load): Promise<Outcome> {
  const { url, callers, request, forMs, most = 1_000_000, deadlineMs = 10_000, accepts = 200 } = load
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
          if (status !== accepts) throw new Error(`${status}: ${body.toString().trim().slice(0, 80)}`)
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
    // Measured to the last answer, without the wait for missing ones.
    perSecond: (latencies.length * 1000) / (last - start),
    latenciesMs,
  }
}

/** Sends a load and throws where any request fails. */
export async function sendWhole(load: Load): Promise<Outcome> {
  const outcome = await send(load)
  if (outcome.failed > 0) throw new Error(`${outcome.failed} of the callers failed: ${outcome.failure}`)
  return outcome
}

/** Sends one request and returns its answer, which must have the status. */
export async function ask(url: string, request: Wire, status = 200): Promise<Answer> {
  const caller = new Caller(url, 10_000)
  try {
    const answer = await caller.send(request)
    if (answer.status !== status) throw new Error(`${url} answered ${answer.status}: ${answer.body}`)
    return answer
  } finally {
    caller.close()
  }
}

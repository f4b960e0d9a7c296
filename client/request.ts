import { FloeError, FloeUnreachable } from './error.ts'

/** Connection to Floe, and its deadline. */
export interface ClientOptions {
  /** Origin of Floe, such as `https://floe.example.com`. */
  baseUrl: string
  /** API key `floe_…`; take it from the environment, never from source code. */
  apiKey: string
  /** Replacement for fetch, for tests and proxies. */
  fetch?: typeof fetch
  /** Milliseconds for one call in all, retries included (10,000). */
  deadlineMs?: number
}

/** Returns options that a call can be made with: what no header or address can hold would look like a lost connection. */
export function usable<Options extends ClientOptions>(options: Options): Options {
  const { baseUrl, apiKey } = options
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol))
    throw new TypeError('baseUrl must be the http(s) address of Floe')
  if (!/^[!-~]+$/.test(apiKey)) throw new TypeError('apiKey must be an API key, as it was shown')
  return { ...options, baseUrl: baseUrl.replace(/\/$/, '') }
}

/** A request without origin and key. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, with the media type in `headers`. */
  raw?: string | Uint8Array<ArrayBuffer>
  signal?: AbortSignal | undefined
}

/** A redirect is a refusal: whoever it leads to gets no key. Workers know no `error` for it. */
export const UNREDIRECTED = { redirect: 'manual' } as const

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5000

/**
 * Makes a call and returns its answer, an object of JSON. It tries again after a lost connection, an answer that is not whole or no
 * JSON, a 429 or a 503, until the deadline, and respects `Retry-After`. Every call of Floe may be repeated without a second effect.
 * Throws `FloeError`, `FloeUnreachable`.
 */
export const ask = (options: ClientOptions, call: Call): Promise<object> => tried(options, call, jsonOf)

/** Opens a stream as `ask` makes a call: the deadline is for its beginning, and what comes then may take any time. */
export const open = (options: ClientOptions, call: Call, type: string): Promise<ReadableStream<Uint8Array>> =>
  tried(options, call, async answer => streamOf(answer, type))

async function jsonOf(answer: Response): Promise<object> {
  const value: unknown = await answer.json()
  if (typeof value !== 'object' || value === null) throw new TypeError('It is no object')
  return value
}

/** Returns the body of an answer of a media type. Throws `FloeUnreachable` for another: a page of a proxy is no list of Floe's. */
export function streamOf({ headers, body }: Response, type: string): ReadableStream<Uint8Array> {
  if (!headers.get('content-type')?.startsWith(type) || !body)
    throw new FloeUnreachable('What answered is not Floe')
  return body
}

async function tried<Read>(
  options: ClientOptions,
  call: Call,
  read: (answer: Response) => Promise<Read>,
): Promise<Read> {
  const { deadlineMs = 10_000 } = options
  const end = performance.now() + deadlineMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const outcome = await attempt(options, call, read, end - performance.now())
    if ('value' in outcome) return outcome.value
    call.signal?.throwIfAborted()
    const { error, again, retryAfterMs = 0 } = outcome
    const waitMs = Math.max(retryAfterMs, pause * (0.5 + Math.random() / 2))
    if (!again || performance.now() + waitMs >= end) throw error
    await passed(waitMs, call.signal)
    call.signal?.throwIfAborted()
  }
}

type Attempt<Read> = { value: Read } | { error: Error; again: boolean; retryAfterMs?: number | undefined }

async function attempt<Read>(
  { baseUrl, apiKey, fetch: fetching = fetch }: ClientOptions,
  { method, path, headers, body, raw, signal }: Call,
  read: (answer: Response) => Promise<Read>,
  leftMs: number,
): Promise<Attempt<Read>> {
  // Not `AbortSignal.timeout`, which would also end a stream that has begun.
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), Math.max(Math.ceil(leftMs), 1))
  let why = 'Floe cannot be reached'
  try {
    const answer = await fetching(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(raw !== undefined && { body: raw }),
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      ...UNREDIRECTED,
    })
    why = 'What answered is not Floe, or broke off'
    if (answer.ok) return { value: await read(answer) }
    const problem = await problemOf(answer)
    const again = answer.status === 429 || answer.status === 503
    const error =
      answer.status === 503
        ? new FloeUnreachable('Floe answered 503', { cause: new FloeError(503, problem) })
        : new FloeError(answer.status, problem)
    return { error, again, retryAfterMs: retryAfter(answer) }
  } catch (cause) {
    return { error: new FloeUnreachable(why, { cause }), again: true }
  } finally {
    clearTimeout(timer)
  }
}

/** Waits, or until it is called off. */
const passed = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
  })

/**
 * Returns the milliseconds of `Retry-After`, given in seconds or as a date (RFC 9110 §10.2.3). A date is compared with the
 * answer's own, so that clocks need not agree.
 */
function retryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0)
}

/** Returns the problem in an answer, or an empty object. */
export async function problemOf(answer: Response): Promise<Record<string, unknown>> {
  try {
    return (await answer.json()) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Returns the defined fields as a query. */
export function query(fields: object): URLSearchParams {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return new URLSearchParams(given as [string, string][])
}

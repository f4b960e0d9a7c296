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
 * Sends a call and returns its answer. It retries after a lost connection, a 429 or a 503 until the deadline, and respects
 * `Retry-After`. Every call of Floe may be repeated without a second effect. Throws `FloeError`, `FloeUnreachable`.
 */
export async function send(options: ClientOptions, call: Call): Promise<Response> {
  const { deadlineMs = 10_000 } = options
  const end = performance.now() + deadlineMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const outcome = await attempt(options, call, end - performance.now())
    if (outcome.answer?.ok) return outcome.answer
    call.signal?.throwIfAborted()
    const waitMs = outcome.retryAfterMs ?? pause * (0.5 + Math.random() / 2)
    if (!outcome.again || performance.now() + waitMs >= end) {
      throw outcome.answer && outcome.answer.status !== 503
        ? new FloeError(outcome.answer.status, await problemOf(outcome.answer))
        : new FloeUnreachable(outcome.why, { cause: outcome.cause })
    }
    await outcome.answer?.body?.cancel()
    await new Promise(resolve => setTimeout(resolve, waitMs))
  }
}

interface Attempt {
  answer?: Response
  again: boolean
  retryAfterMs?: number | undefined
  why: string
  cause?: unknown
}

async function attempt(
  { baseUrl, apiKey, fetch: fetching = fetch }: ClientOptions,
  { method, path, headers, body, raw, signal }: Call,
  leftMs: number,
): Promise<Attempt> {
  const timeout = AbortSignal.timeout(Math.max(Math.ceil(leftMs), 1))
  try {
    const answer = await fetching(`${baseUrl.replace(/\/$/, '')}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(raw !== undefined && { body: raw }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...UNREDIRECTED,
    })
    const again = answer.status === 429 || answer.status === 503
    return { answer, again, retryAfterMs: retryAfter(answer), why: `Floe answered ${answer.status}` }
  } catch (cause) {
    return { again: true, why: 'Floe cannot be reached', cause }
  }
}

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

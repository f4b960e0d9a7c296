import { DAY_MS } from '../../core/clock.ts'
import { isThisMachine } from '../../core/host.ts'
import type { Resolver } from './resolver.ts'
import { hostOf, isPublicAddress, type TargetPolicy, whyNoTarget } from './target.ts'

/**
 * The outcome of an attempt. `refused`: the receiver rejects this event. `failed`: the receiver was not reached, or cannot
 * take any event. `gone`: the receiver wants no more events. The code names the cause, such as `http.500` or `timeout`.
 */
export type Attempt =
  | { outcome: 'delivered' }
  | { outcome: 'refused'; code: string }
  | { outcome: 'failed'; code: string; retryAfterMs?: number }
  | { outcome: 'gone'; code: string }

const DELIVERY_DEADLINE_MS = 10_000
const RETRY_AFTER_MAX_MS = DAY_MS
/** Statuses about the path, the receiver's state or our credentials, rather than about one event. */
const NOT_ABOUT_THE_EVENT = [401, 403, 404, 405, 407, 408, 425, 429]

/**
 * Returns why a target may not be called now, or undefined where it may. All its addresses must be public, since a name that
 * was harmless when registered may point anywhere today (DNS rebinding).
 */
export async function whyNotNow(
  resolve: Resolver,
  target: string,
  policy: TargetPolicy,
): Promise<string | undefined> {
  if (whyNoTarget(target, policy) !== undefined) return 'target.not_allowed'
  const host = hostOf(new URL(target))
  if (isThisMachine(host)) return undefined
  try {
    const addresses = await resolve(host)
    if (addresses.length === 0) return 'target.no_address'
    return addresses.every(isPublicAddress) ? undefined : 'target.not_public'
  } catch {
    return 'target.dns'
  }
}

/** Posts a signed body and returns its outcome. Never throws, reads only the status of the answer, follows no redirect. */
export async function post(url: string, headers: Record<string, string>, body: string): Promise<Attempt> {
  try {
    // A redirect would bypass the checks of the target.
    const signal = AbortSignal.timeout(DELIVERY_DEADLINE_MS)
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    // The body is cancelled, since a receiver may send it endlessly or slowly.
    await answer.body?.cancel()
    return outcomeOf(answer)
  } catch (error) {
    // The runtime does not tell whether name, connection or certificate failed.
    const late = error instanceof Error && error.name === 'TimeoutError'
    return { outcome: 'failed', code: late ? 'timeout' : 'connection' }
  }
}

function outcomeOf({ ok, status, headers }: Response): Attempt {
  const code = `http.${status}`
  if (ok) return { outcome: 'delivered' }
  if (status === 410) return { outcome: 'gone', code }
  if (status >= 400 && status < 500 && !NOT_ABOUT_THE_EVENT.includes(status))
    return { outcome: 'refused', code }
  const retryAfterMs = retryAfter(headers)
  return { outcome: 'failed', code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/**
 * Parses `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), which is compared with the answer's own `Date`, so that
 * clocks need not agree.
 */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const ms = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), RETRY_AFTER_MAX_MS)
}

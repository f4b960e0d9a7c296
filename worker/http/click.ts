import { within } from '../../core/deadline.ts'
import { Fault, type FaultDetail } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'
import { CLICK_HEADERS } from './headers.ts'
import { asFault, isOurs, retryOrChallenge, statusOf } from './problem.ts'

/** Milliseconds until a click is answered; mail clients wait for about 5 s, the network included. */
const CLICK_PATIENCE_MS = 4000

const CLICK_WORDS: Partial<Record<FaultDetail['code'], string>> = {
  'token.invalid': 'This is not an unsubscribe link of ours. Nothing was changed.\n',
}

/**
 * Answers a mail client's one-click POST (RFC 8058) with a few bytes of text, before the client gives up, whatever the outcome.
 * Mail that is owed goes on, so its answer never says "unsubscribed".
 */
export async function click(
  deps: Deps,
  act: Promise<{ owed: boolean } | undefined>,
  request: string,
): Promise<Response> {
  try {
    const owed = (await inTime(deps, act))?.owed
    const words = owed
      ? 'Recorded. Messages you need, such as a receipt, may still come.\n'
      : 'Unsubscribed.\n'
    return new Response(words, { headers: CLICK_HEADERS })
  } catch (error) {
    const { detail } = asFault(error)
    if (isOurs(detail)) deps.log('one-click', error, request)
    const words = CLICK_WORDS[detail.code] ?? 'Not unsubscribed yet: please try again in a moment.\n'
    return new Response(words, {
      status: statusOf(detail),
      headers: { ...CLICK_HEADERS, ...retryOrChallenge(detail) },
    })
  }
}

/** Answers a CORS preflight for a click. */
export const clickPreflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...CLICK_HEADERS,
      allow: 'GET, HEAD, POST, OPTIONS',
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': '*',
    },
  })

/** Waits for a click as long as its client does. A slower click goes on after the answer, and takes effect. */
const inTime = <T>(deps: Deps, act: Promise<T>): Promise<T> =>
  within(CLICK_PATIENCE_MS, act, () => {
    deps.background(act.catch(() => undefined))
    throw new Fault({ code: 'database.unavailable' })
  })

import { within } from '../../core/deadline.ts'
import { Fault, type FaultDetail } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'
import { CLICK_HEADERS } from './headers.ts'
import { asFault, isOurs, retryOrChallenge, statusOf } from './problem.ts'

/** Mail clients wait for about 5 s, the way there and back included. */
const CLICK_PATIENCE_MS = 4000

const CLICK_WORDS: Partial<Record<FaultDetail['code'], string>> = {
  'token.invalid': 'This is not an unsubscribe link of ours. Nothing was changed.\n',
}

/**
 * Answers a mail client's one-click POST (RFC 8058) in a few bytes of text, done or not, and in time for it to hear. Of mail that is
 * owed and goes on it never says that it ended.
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

/** Answers a browser in CORS mode that asks whether it may click. */
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

/** Waits for a click as long as its client does. One that takes longer goes on behind the answer: what comes of it counts. */
const inTime = <T>(deps: Deps, act: Promise<T>): Promise<T> =>
  within(CLICK_PATIENCE_MS, act, () => {
    deps.background(act.catch(() => undefined))
    throw new Fault({ code: 'database.unavailable' })
  })

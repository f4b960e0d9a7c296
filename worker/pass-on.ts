import { keyName, keyTextOf, readApiKey } from '../core/api-key.ts'
import { within } from '../core/deadline.ts'
import { Fault } from '../core/fault.ts'
import { openTrace } from '../core/trace.ts'
import type { Deps } from './deps.ts'
import { SPENT_HEADER, spentIn } from './http/rate-limit.ts'
import { refusal } from './http/refusal.ts'

/** How long `floe-app` may take to begin its answer. An import is answered once its first lines are read. */
const ANSWER_DEADLINE_MS = 30_000

/**
 * Returns what has `floe-app` answer a request. Where it is not bound, hangs, throws or answers as it never does, the answer is a
 * refusal of our own: whatever the platform says in its place could tell a caller what is inside.
 */
export const passOnBy =
  (deps: Deps, app: Fetcher | undefined) =>
  async (request: Request): Promise<Response> => {
    const caller = callerOf(deps, request)
    try {
      if (!app) throw new Error('it is not bound')
      const answer = await within(ANSWER_DEADLINE_MS, app.fetch(toldSpent(deps, request, caller)), () => {
        throw new Error(`no answer within ${ANSWER_DEADLINE_MS / 1000} s`)
      })
      if (!answer.headers.has('x-request-id')) throw new Error(`an answer of nobody's: ${answer.status}`)
      const spent = spentIn(deps.ratePolicy, answer.headers)
      if (caller !== undefined && spent !== undefined) deps.rates.learn(caller, spent, deps.clock())
      return new Response(answer.body, answer)
    } catch (error) {
      const { id } = openTrace(request.headers.get('x-request-id'))
      deps.log('floe-app', error, id)
      const { pathname } = new URL(request.url)
      const answer = await refusal(deps, request, pathname, new Fault({ code: 'service.unavailable' }))
      answer.headers.set('x-request-id', id)
      return answer
    }
  }

/** Returns the name of the API key that makes a call; undefined without an authentic one. */
function callerOf({ keyring }: Deps, { headers }: Request): string | undefined {
  const text = keyTextOf(headers.get('authorization') ?? undefined)
  const claim = text === undefined ? undefined : readApiKey(keyring, text)
  return claim && keyName(claim.keyId)
}

/** Tells `floe-app` what the caller spent here, so that a key has one allowance; nobody else may say so. */
function toldSpent({ rates, clock }: Deps, request: Request, caller: string | undefined): Request {
  if (caller === undefined && !request.headers.has(SPENT_HEADER)) return request
  const headers = new Headers(request.headers)
  if (caller === undefined) headers.delete(SPENT_HEADER)
  else headers.set(SPENT_HEADER, String(rates.spent(caller, clock())))
  return new Request(request, { headers })
}

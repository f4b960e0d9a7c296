import { within } from '../core/deadline.ts'
import { Fault } from '../core/fault.ts'
import { openTrace } from '../core/trace.ts'
import type { Deps } from './deps.ts'
import { refusal } from './http/refusal.ts'
import { learnFromAnswer, spendersOf, withSpent } from './http/spent.ts'

/** How long `floe-app` may take to begin its answer. An import is answered once its first lines are read. */
const ANSWER_DEADLINE_MS = 30_000

/**
 * Returns what has `floe-app` answer a request. Where it is not bound, hangs, throws or answers as it never does, the answer is a
 * refusal of our own: whatever the platform says in its place could tell a caller what is inside.
 */
export const passOnBy =
  (deps: Deps, app: Fetcher | undefined) =>
  async (request: Request): Promise<Response> => {
    const since = deps.clock()
    try {
      if (!app) throw new Error('it is not bound')
      const spenders = spendersOf(deps, request)
      const answer = await within(ANSWER_DEADLINE_MS, app.fetch(withSpent(deps, request, spenders)), () => {
        throw new Error(`no answer within ${ANSWER_DEADLINE_MS / 1000} s`)
      })
      if (!answer.headers.has('x-request-id')) throw new Error(`an answer of nobody's: ${answer.status}`)
      const own = new Response(answer.body, answer)
      learnFromAnswer(deps, spenders, own, since)
      return own
    } catch (error) {
      const { id } = openTrace(request.headers.get('x-request-id'))
      deps.log('floe-app', error, id)
      const { pathname } = new URL(request.url)
      const answer = await refusal(deps, request, pathname, new Fault({ code: 'service.unavailable' }))
      answer.headers.set('x-request-id', id)
      return answer
    }
  }

import { requestLine } from '../core/log.ts'
import { openTrace, serverTiming } from '../core/trace.ts'
import type { Deps } from '../deps.ts'
import { readUnread } from '../http/limits.ts'
import { type App, routeOf } from '../http/route.ts'

/** Answers a request, names it, counts it, and writes its line where lines of requests are wanted or it failed. */
export async function observe(
  deps: Deps,
  app: App,
  request: Request,
  context: ExecutionContext,
): Promise<Response> {
  const trace = openTrace(request.headers.get('x-request-id'))
  const start = deps.clock()
  const response = await app.fetch(request, trace, context)
  await readUnread(request)
  const ms = deps.clock() - start
  const { status, headers } = response
  const operation = routeOf(app, request) ?? (status < 400 ? 'site' : 'none')
  const { id, database, lane } = trace
  const sender = operation.includes(' /v1/')
  headers.set('x-request-id', id)
  if (sender) headers.set('server-timing', serverTiming(trace, ms))
  deps.metrics.answered(operation, status, ms)
  if (deps.logLevel === 'info' || status >= 500)
    deps.writeLine(requestLine({ request: id, operation, status, ms, ...(sender && { database, lane }) }))
  return response
}

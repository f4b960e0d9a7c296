import { requestLine } from '../../core/log.ts'
import { openTrace, serverTiming } from '../../core/trace.ts'
import type { LinkReaders } from '../domain/deps.ts'
import { onOwnHost } from '../domain/own-host.ts'
import { readUnread } from '../http/limits.ts'
import { asFault } from '../http/problem.ts'
import { publicUnits, spendPublic } from '../http/public-rate.ts'
import { refusal } from '../http/refusal.ts'
import type { App } from '../http/route.ts'
import type { TelemetryDeps } from './deps.ts'

/** A request, its path, the name of its route where it has one, and who answers it. */
export interface Asked<D extends TelemetryDeps> {
  deps: D
  app: App
  request: Request
  path: string
  route: string | undefined
  /** Readers of the links that are served here. */
  links: LinkReaders<D>
}

/** Answers a request, counts it, and logs it at level `info` or where it failed. */
export async function observe<D extends TelemetryDeps>(
  { deps, app, request, path, route, links }: Asked<D>,
  context: ExecutionContext,
): Promise<Response> {
  const trace = openTrace(request.headers.get('x-request-id'))
  const start = deps.clock()
  let asked = request
  let response = await refused(deps, route, request, path)
  if (!response) {
    // The owner of a host may need a query, so this comes after the rate limit.
    asked = await onOwnHost(deps, links, request, path)
    response = await app.fetch(asked, trace, context)
  }
  await readUnread(asked)
  const ms = deps.clock() - start
  const { status, headers } = response
  const operation = route ?? (status < 400 ? 'site' : 'none')
  const { id, database, lane } = trace
  const sender = operation.includes(' /v1/')
  headers.set('x-request-id', id)
  if (sender) headers.set('server-timing', serverTiming(trace, ms))
  deps.metrics.answered(operation, status, ms)
  if (deps.logLevel === 'info' || status >= 500)
    deps.writeLine(requestLine({ request: id, operation, status, ms, ...(sender && { database, lane }) }))
  return response
}

/** Returns the answer to a request of a network that exceeded its limit on public routes; undefined otherwise. */
async function refused(
  deps: TelemetryDeps,
  route: string | undefined,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  const units = publicUnits(route)
  if (units === 0) return undefined
  try {
    await spendPublic(deps, request, units)
    return undefined
  } catch (error) {
    return refusal(deps, request, path, asFault(error))
  }
}

import { NEEDED_MIGRATION } from '../../db/schema.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { permit } from '../http/permit.ts'
import { RETRY_AFTER_SECONDS } from '../http/problem.ts'
import type { App } from '../http/route.ts'
import type { HealthDeps } from './deps.ts'
import { readiness } from './ready.ts'

/**
 * `/version`: the version. `/readyz`: whether checks are answered and acts are written. State of the parts is for holders of
 * METRICS_TOKEN: the lane's load and the lag of replicas would tell attackers when to strike.
 */
export function healthRoutes(app: App, deps: HealthDeps): void {
  app.get('/version', () => {
    const version = { ...deps.version, schema: NEEDED_MIGRATION }
    return new Response(JSON.stringify(version), { headers: JSON_HEADERS })
  })
  app.get('/readyz', async c => {
    const { metricsToken } = deps
    const authorization = c.req.header('authorization')
    const operator = metricsToken !== undefined && authorization !== undefined
    if (operator) permit(metricsToken, authorization)
    const found = await readiness(deps)
    const ready = found.status === 'ready'
    return new Response(JSON.stringify(operator ? found : { status: found.status }), {
      status: ready ? 200 : 503,
      headers: { ...JSON_HEADERS, ...(!ready && { 'retry-after': String(RETRY_AFTER_SECONDS) }) },
    })
  })
}

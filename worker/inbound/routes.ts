import type { Context } from 'hono'
import * as z from 'zod/mini'
import { keyName } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyCaller } from '../call/api-key.ts'
import type { Caller } from '../call/caller.ts'
import { callOf } from '../call/context.ts'
import { parse } from '../http/field-fault.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { forTenant } from '../http/in-cluster.ts'
import { readBody, readJson } from '../http/limits.ts'
import { unitsFor } from '../http/rate-limit.ts'
import { type App, addressed, enter, meter, senderCalls, spend, type Variables } from '../http/route.ts'
import * as api from './api.ts'
import { beginningOf } from './beginning.ts'
import { endConnection, listConnections, setConnection } from './connect.ts'
import type { InboundDeps } from './deps.ts'
import { type Hook, hookCaller, readHook } from './hook.ts'
import { listRefused } from './list-refusals.ts'
import { MAIL_BYTES_MAX, SIGNED_BYTES_MAX } from './mail-report.ts'
import { PROVIDERS, type ProviderName } from './providers.ts'
import { receiveMessage } from './receive-message.ts'
import { receive } from './receive-webhook.ts'

/** Routes of reports from mail servers and providers. */
export function inboundRoutes(app: App, deps: InboundDeps): void {
  const call = senderCalls(app, deps)
  call(listConnections)
  call(listRefused)

  app.on(api.receiveMessage.method, api.receiveMessage.path, async c => {
    const claim = await enter(deps, c)
    parse(z.strictObject({}), addressed(c))
    if (Number(c.req.header('content-length') ?? 0) > MAIL_BYTES_MAX)
      throw new Fault({ code: 'request.too_large', limitBytes: MAIL_BYTES_MAX })
    const bytes = await beginningOf(c.req.raw.body ?? new Blob([]).stream(), SIGNED_BYTES_MAX + 1)
    await meter(deps, c, keyName(claim.keyId), 1)(unitsFor(0, bytes.length))
    const ctx = callOf(forTenant(deps, claim.tenant), apiKeyCaller(claim), api.receiveMessage.permission)
    return json(c, await receiveMessage(ctx, bytes))
  })

  app.on(api.setInbound.method, api.setInbound.path, async c => {
    const claim = await enter(deps, c)
    const { provider } = parse(api.endInbound.input, addressed(c))
    const settings = parse(PROVIDERS[provider].settings, await readJson(c.req.raw, api.setInbound.limitBytes))
    const ctx = callOf(forTenant(deps, claim.tenant), apiKeyCaller(claim), api.setInbound.permission)
    return json(c, await setConnection(ctx, provider, settings))
  })
  call(endConnection)

  app.on(api.receiveReport.method, api.receiveReport.path, async c => {
    const claim = await enter(deps, c)
    const { provider } = parse(api.endInbound.input, addressed(c))
    return report(c, apiKeyCaller(claim), keyName(claim.keyId), provider)
  })
  app.on(api.receiveSignedReport.method, api.receiveSignedReport.path, async c => {
    const hook = readHook(deps.keyring, c.req.param('hook'))
    // A bad token is answered like an unknown path: without a key 401, with one 404.
    if (!hook) await enter(deps, c)
    else await spend(deps, c, hookName(hook), 1)
    const { provider } = parse(z.extend(api.endInbound.input, { hook: z.string() }), addressed(c))
    if (!hook) throw new Fault({ code: 'route.not_found' })
    return report(c, hookCaller(hook), hookName(hook), provider)
  })

  async function report(
    c: Context<Variables>,
    caller: Caller,
    payer: string,
    provider: ProviderName,
  ): Promise<Response> {
    const body = await readBody(c.req.raw, api.receiveReport.limitBytes)
    await meter(deps, c, payer, 1)(unitsFor(0, body.length))
    const header = (name: string) => c.req.header(name)
    return json(c, await receive(forTenant(deps, caller.tenant), caller, provider, { body, header }))
  }
}

/** Returns the rate limit name of a webhook URL. */
const hookName = ({ workspace }: Hook): string => `hook_${workspace}`

const json = (c: Context<Variables>, result: object): Response =>
  new Response(JSON.stringify(result), { headers: { ...JSON_HEADERS, ...c.get('rate') } })

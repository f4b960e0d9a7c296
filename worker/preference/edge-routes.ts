import { actingAs } from '../call/context.ts'
import { parse } from '../http/field-fault.ts'
import { framedBy } from '../http/headers.ts'
import { inPlaceOf } from '../http/in-place-of.ts'
import { BODY_LIMIT_BYTES, readForm, readJson } from '../http/limits.ts'
import { spendPublic } from '../http/public-rate.ts'
import type { App } from '../http/route.ts'
import { answerCommand, preferencesJson, preferencesPage, sendsGpc, wantsJson } from './answer.ts'
import * as api from './api.ts'
import { COMMAND_UNITS, commandFields } from './command.ts'
import type { PreferencePageDeps } from './deps.ts'
import { openPreferences } from './load.ts'
import { updatePreferences } from './update.ts'

/** Routes of the preference center: a page for people, JSON for programs. */
export function preferenceRoutes(app: App, deps: PreferencePageDeps): void {
  const recipient = actingAs(deps, { kind: 'recipient' })

  app.on(api.showPreferences.method, api.showPreferences.path, async c => {
    const opened = await openPreferences(deps, c.req.param('token'))
    return wantsJson(c.req.raw)
      ? preferencesJson(opened)
      : preferencesPage(deps, c.req.raw, opened, framedBy(opened.embeddedIn))
  })

  app.on(api.updatePreferences.method, api.updatePreferences.path, async c => {
    const { raw: request } = c.req
    const token = c.req.param('token')
    const opened = await openPreferences(deps, token)
    return answerCommand(deps, request, { token, opened }, async () => {
      const command = parse(api.updatePreferences.input, await commandOf(request))
      if (command.act === 'ask') return deps.passOn(inPlaceOf(request, c.env.id, command))
      return updatePreferences(recipient, opened, command, sendsGpc(request), () =>
        spendPublic(deps, request, COMMAND_UNITS[command.act] ?? 0),
      )
    })
  })
}

async function commandOf(request: Request): Promise<unknown> {
  const program = request.headers.get('content-type')?.includes('json')
  return program ? await readJson(request, BODY_LIMIT_BYTES) : commandFields(await readForm(request))
}

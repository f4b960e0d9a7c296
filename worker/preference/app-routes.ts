import type { Context } from 'hono'
import { Fault } from '../../core/fault.ts'
import { actingAs } from '../call/context.ts'
import { parse } from '../http/field-fault.ts'
import { BODY_LIMIT_BYTES, readJson } from '../http/limits.ts'
import { spendPublic } from '../http/public-rate.ts'
import { clientEvidenceOf, isFromElsewhere } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import type { App } from '../http/route.ts'
import { answerCommand, preferencesPage, sendsGpc } from './answer.ts'
import * as api from './api.ts'
import { askForTopic } from './ask.ts'
import { COMMAND_UNITS } from './command.ts'
import type { AskDeps } from './deps.ts'
import { openPreferences } from './load.ts'
import { openPreview } from './preview.ts'
import { afterSaving, saveTicks } from './update.ts'

/** Routes of the one command that mails, which `floe` passes on, and of previews. */
export function preferenceRoutes(app: App, deps: AskDeps): void {
  const recipient = actingAs(deps, { kind: 'recipient' })

  app.on(api.updatePreferences.method, api.updatePreferences.path, async c => {
    const { raw: request } = c.req
    const token = c.req.param('token')
    const opened = await openPreferences(deps, token)
    return answerCommand(deps, request, { token, opened }, async () => {
      const command = parse(api.updatePreferences.input, await readJson(request, BODY_LIMIT_BYTES))
      if (command.act !== 'ask') throw new Fault({ code: 'route.not_found' })
      if (isFromElsewhere(request)) return seeOther(`/p/${token}`)
      const manner = { evidence: clientEvidenceOf(request), globalPrivacyControl: sendsGpc(request) }
      const saved = await saveTicks(recipient, opened, command, recipient.clock())
      return afterSaving(saved, async () => {
        await spendPublic(deps, request, COMMAND_UNITS.ask!)
        await askForTopic(recipient, opened, command.topic, manner)
        return false
      })
    })
  })

  // Previews an unpublished brand for its sender; the buttons have no effect.
  app.get('/brand/preview/:token', async c =>
    preferencesPage(deps, c.req.raw, await openPreview(deps, c.req.param('token'))),
  )
  const back = async (c: Context) => {
    await openPreview(deps, c.req.param('token') ?? '')
    return seeOther(c.req.path.replace(/\/access$/, ''))
  }
  app.post('/brand/preview/:token', back)
  app.get('/brand/preview/:token/access', back)
}

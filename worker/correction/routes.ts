import type { Context } from 'hono'
import { pickLocale } from '../../core/locale.ts'
import { branded } from '../brand/brand.ts'
import { actingAs } from '../call/context.ts'
import { page } from '../http/page.ts'
import { acceptedLanguages, clientEvidenceOf, isFromElsewhere } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import type { App } from '../http/route.ts'
import { orClosed } from '../rights/closed.ts'
import type { RightsDeps } from '../rights/deps.ts'
import { confirmCorrection } from './confirm.ts'
import { type OpenedCorrection, openCorrection, refuseCorrection } from './correction.ts'
import { topicList } from './view.tsx'

/** Routes of the link by which the new address confirms or refuses a correction. */
export function correctionRoutes(app: App, deps: RightsDeps): void {
  const recipient = actingAs(deps, { kind: 'recipient' })

  app.get('/r/:token', async c =>
    orClosed(deps, c.req.raw, async () => moving(deps, c, await openCorrection(deps, c.req.param('token')))),
  )
  app.post('/r/:token', async c => {
    if (isFromElsewhere(c.req.raw)) return seeOther(c.req.path)
    return orClosed(deps, c.req.raw, async () =>
      moving(deps, c, await confirmCorrection(recipient, c.req.param('token'), clientEvidenceOf(c.req.raw))),
    )
  })
  app.post('/r/:token/refuse', async c =>
    orClosed(deps, c.req.raw, async () =>
      moving(deps, c, await refuseCorrection(recipient, c.req.param('token'))),
    ),
  )
}

function moving(deps: RightsDeps, c: Context, opened: OpenedCorrection): Promise<Response> {
  const { row, standing, topics, brand } = opened
  const token = c.req.param('token')
  const locale = pickLocale(row.locale, ...acceptedLanguages(c.req.raw))
  const filled = {
    text: { sender: row.sender },
    html: { topics: topicList(topics) },
    value: { move: `/r/${token}`, refuse: `/r/${token}/refuse` },
    show: {
      open: standing === 'open',
      done: standing === 'done',
      refused: standing === 'refused',
      expired: standing === 'expired',
      topics: topics.length > 0,
    },
  }
  return page(deps.site, locale, 'data-move', branded(brand, filled))
}

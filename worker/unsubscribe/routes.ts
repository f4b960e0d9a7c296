import type { Context } from 'hono'
import type { FaultDetail } from '../../core/fault.ts'
import { pickLocale } from '../../core/locale.ts'
import { branded } from '../brand/brand.ts'
import { actingAs } from '../call/context.ts'
import { click, clickPreflight } from '../http/click.ts'
import { readForm } from '../http/limits.ts'
import { page, type Slots } from '../http/page.ts'
import { asFault } from '../http/problem.ts'
import { problemPage } from '../http/problem-page.ts'
import { acceptedLanguages } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import { type App, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import type { UnsubscribeDeps } from './deps.ts'
import { mint } from './mint.ts'
import { show, type UnsubscribePage } from './show.ts'
import { mintUndo, undo } from './undo.ts'
import { type Extent, unsubscribe, unsubscribeClaim } from './unsubscribe.ts'

/** Not `no-store`: going back to the page would then fail in the browser, and its undo token would be lost. */
const KEPT_BY_BROWSER = { headers: { 'cache-control': 'private, no-cache' } }

/** Routes of the one-click link, its pages, and the call that mints links. */
export function unsubscribeRoutes(app: App, deps: UnsubscribeDeps): void {
  const recipient = actingAs(deps, { kind: 'recipient' })

  // RFC 8058: any content type and body, no cookie, no redirect. The body is not read, since the link holds the whole act.
  app.on(api.oneClickUnsubscribe.method, api.oneClickUnsubscribe.path, c =>
    click(deps, unsubscribe(recipient, c.req.param('token'), 'topic', 'one-click'), c.env.id),
  )

  app.options('/u/:token', clickPreflight)

  app.on(api.showUnsubscribe.method, api.showUnsubscribe.path, async c => {
    const token = c.req.param('token')
    const standing = await show(deps, unsubscribeClaim(deps, token))
    return page(
      deps.site,
      localeFor(c, standing),
      'unsubscribe',
      branded(standing.brand, slots(token, standing)),
    )
  })

  app.post('/u/:token/page', async c => {
    const token = c.req.param('token')
    const claim = unsubscribeClaim(deps, token)
    const extent = (await readForm(c.req.raw)).get('scope')
    if (extent !== 'topic' && extent !== 'workspace') return seeOther(`/u/${token}`)
    const done = await unsubscribe(recipient, token, extent, 'page')
    const undoToken = done.changed ? mintUndo(deps, done, extent) : ''
    // What is acknowledged is done, whether or not its page can be shown: told otherwise, a recipient would report spam.
    const standing = await show(deps, claim).catch(error => {
      if (asFault(error).detail.code !== 'database.unavailable') throw error
      return null
    })
    if (standing === null)
      return page(
        deps.site,
        pickLocale(...acceptedLanguages(c.req.raw)),
        'kept',
        {
          value: { undo: `/u/${token}/undo`, 'undo-token': undoToken },
          show: { owed: done.owed && extent === 'topic', undo: done.changed },
        },
        KEPT_BY_BROWSER,
      )
    const filled = slots(token, standing)
    filled.value['undo-token'] = undoToken
    const noted = standing.owed && extent === 'topic'
    Object.assign(filled.show, {
      owed: noted,
      topic: done.changed && extent === 'topic' && !noted,
      workspace: done.changed && extent === 'workspace',
      already: !done.changed && !noted,
      undo: done.changed,
    })
    return page(
      deps.site,
      localeFor(c, standing),
      'unsubscribed',
      branded(standing.brand, filled),
      KEPT_BY_BROWSER,
    )
  })

  app.post('/u/:token/undo', async c => {
    const token = c.req.param('token')
    const text = (await readForm(c.req.raw)).get('undo')
    let extent: Extent | undefined
    let limited: FaultDetail | undefined
    try {
      extent = await undo(recipient, token, typeof text === 'string' ? text : '')
    } catch (error) {
      limited = asFault(error).detail
      if (limited.code !== 'preferences.limited') throw error
    }
    const standing = await show(deps, unsubscribeClaim(deps, token))
    // The page of this fault is in the language that the recipient chose.
    if (limited) return problemPage(deps.site, localeFor(c, standing), limited, `/u/${token}`)
    const filled = slots(token, standing)
    // Another suppression may stand, such as the sender's own entry; the page then says that no mail comes.
    const stays = extent === 'topic' ? standing.topicStopped : standing.everythingStopped
    Object.assign(filled.show, {
      topic: extent === 'topic' && !stays,
      workspace: extent === 'workspace' && !stays,
      stays,
    })
    return page(deps.site, localeFor(c, standing), 'undone', branded(standing.brand, filled))
  })

  senderCalls(app, deps)(mint)
}

const localeFor = (c: Context, { languages }: UnsubscribePage) =>
  pickLocale(...languages, ...acceptedLanguages(c.req.raw))

function slots(token: string, standing: UnsubscribePage): Required<Slots> {
  return {
    text: {
      sender: standing.sender,
      topic: standing.topic,
      address: standing.address ?? '',
    },
    html: {},
    value: {
      page: `/u/${token}/page`,
      undo: `/u/${token}/undo`,
      unsubscribe: `/u/${token}`,
      preferences: standing.preferencesUrl,
    },
    show: {
      address: standing.address !== undefined,
      owed: standing.owed,
      subscribed: !standing.topicStopped && !standing.owed,
      stopped: standing.topicStopped,
      everything: standing.everythingStopped,
    },
  }
}

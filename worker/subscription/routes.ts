import type { Context } from 'hono'
import { maskedAddress } from '../../core/address.ts'
import { type Locale, pickLocale } from '../../core/locale.ts'
import { noticeIn } from '../../core/origin.ts'
import { mintToken } from '../../core/token.ts'
import type { OwnTopic } from '../../db/topic.ts'
import { branded } from '../brand/brand.ts'
import { actingAs } from '../call/context.ts'
import { receiptFile } from '../consent/receipt-file.ts'
import { click, clickPreflight } from '../http/click.ts'
import { readForm } from '../http/limits.ts'
import { page, type Slots } from '../http/page.ts'
import { asFault } from '../http/problem.ts'
import { acceptedLanguages, clientEvidenceOf, isFromElsewhere } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import { type App, senderCalls } from '../http/route.ts'
import { askAgain } from './again.ts'
import * as api from './api.ts'
import { confirmSubscription } from './confirm.ts'
import type { SubscriptionDeps } from './deps.ts'
import { deniedTopics, isRefused, type LoadedRequest, openRequest } from './load.ts'
import { ownReceipt } from './own-receipt.ts'
import { sealPress } from './press.ts'
import { refuseSubscription } from './refuse.ts'
import { requestSubscription } from './request.ts'
import { returnOf } from './return-url.ts'
import { topicList } from './view.tsx'

/** Routes of double opt-in: the sender's call, and the pages of the mailed link. */
export function subscriptionRoutes(app: App, deps: SubscriptionDeps): void {
  senderCalls(app, deps)(requestSubscription)
  const recipient = actingAs(deps, { kind: 'recipient' })

  app.on(api.showConfirmation.method, api.showConfirmation.path, async c => {
    const opened = await openRequest(deps, c.req.param('token'))
    return standing(deps, c, opened, { asking: true })
  })

  app.on(api.confirmSubscription.method, api.confirmSubscription.path, async c => {
    if (isFromElsewhere(c.req.raw)) return seeOther(c.req.path)
    const token = c.req.param('token')
    const done = await confirmSubscription(recipient, token, clientEvidenceOf(c.req.raw))
    return standing(deps, c, done, { now: done.changed })
  })

  // POST, so that the press token is in no URL.
  app.on(api.receiveReceipt.method, api.receiveReceipt.path, async c => {
    const press = (await readForm(c.req.raw)).get('press')
    return receiptFile(await ownReceipt(deps, c.req.param('token'), typeof press === 'string' ? press : ''))
  })

  app.get('/c/:token/cancel', async c => {
    const opened = await openRequest(deps, c.req.param('token'))
    return standing(deps, c, opened, { asking: false })
  })

  // URL of the mail's List-Unsubscribe: a mail client gets bytes, as from every one-click link, a browser a page.
  app.on(api.cancelSubscription.method, api.cancelSubscription.path, async c => {
    const token = c.req.param('token')
    const person = c.req.header('accept')?.includes('text/html') ?? false
    if (!person) {
      const refusal = refuseSubscription(recipient, token, 'one-click').then(
        () => undefined,
        error => {
          // A sign-up is gone only with its erased recipient, who is mailed nothing, so nothing is left to refuse.
          if (asFault(error).detail.code !== 'confirmation.gone') throw error
          return undefined
        },
      )
      return click(deps, refusal, c.env.id)
    }
    // The page of a confirmed sign-up says that its button unsubscribes.
    const takesBack = (await readForm(c.req.raw)).get('stop') === 'topics'
    const done = await refuseSubscription(recipient, token, takesBack ? 'take-back' : 'page')
    return standing(deps, c, done, { now: done.changed })
  })

  app.options('/c/:token/cancel', clickPreflight)

  app.post('/c/:token/again', async c => {
    const token = c.req.param('token')
    if (isFromElsewhere(c.req.raw)) return seeOther(`/c/${token}`)
    await askAgain(recipient, token, clientEvidenceOf(c.req.raw))
    const opened = await openRequest(deps, token)
    // No mail was requested where the link still works, was confirmed, or was refused.
    const { standing: is } = opened
    if (is === 'open' || is === 'confirmed' || isRefused(opened, deps.clock()))
      return standing(deps, c, opened, { asking: true })
    const locale = localeFor(c, opened)
    const show = {
      ...shown(opened),
      sent: true,
      refused: false,
      ended: false,
      expired: false,
      barred: false,
      again: false,
    }
    const filled = { ...slots(deps, token, opened, locale), show }
    return page(deps.site, locale, 'request', branded(opened.brand, filled))
  })
}

interface Moment {
  /** Whether an open sign-up is shown for confirming, or for refusing by the mail's other link. */
  asking?: boolean
  /** Whether this very request performed what is shown. */
  now?: boolean
}

/** Shows a sign-up on the page of its state. */
async function standing(
  deps: SubscriptionDeps,
  c: Context,
  opened: LoadedRequest,
  moment: Moment,
): Promise<Response> {
  const locale = localeFor(c, opened)
  const filled = slots(deps, c.req.param('token')!, opened, locale)
  const is = opened.standing
  if (is === 'open') {
    const kept = opened.unconfirmed.length < opened.asked.length
    const show = { ...shown(opened), asking: moment.asking ?? true, kept }
    return page(deps.site, locale, 'confirm', branded(opened.brand, { ...filled, show }))
  }
  if (is === 'confirmed') {
    // The page must not announce mail that a check denies.
    const denied = await deniedTopics(deps, opened)
    const allowed = opened.topics.filter(topic => !denied.includes(topic))
    const withheld = allowed.length === 0
    const now = moment.now ?? false
    const html = { topics: topicList(withheld ? denied : allowed) }
    const show = {
      ...shown(opened),
      now: now && !withheld,
      before: !now && !withheld,
      withheld,
      receipt: now,
    }
    const press = now ? sealPress(deps.keyring, opened.row.ref, deps.clock()) : ''
    const back = returnOf(opened.row, now, deps.clock())
    const text = { ...filled.text, backHost: back?.host ?? '' }
    const value = { ...filled.value, press, back: back?.url ?? '' }
    const whole = { text, html, value, show: { ...show, back: back !== undefined } }
    return page(deps.site, locale, 'confirmed', branded(opened.brand, whole))
  }
  const barred = barredTopics(opened)
  const html = { topics: topicList(barred.length > 0 ? barred : opened.topics) }
  // A new confirmation is not offered on the page that follows a refusal.
  const show = {
    ...shown(opened),
    sent: false,
    barred: barred.length > 0,
    refused: is === 'refused',
    ended: is === 'ended',
    expired: is === 'expired',
    again:
      deps.mailer !== undefined &&
      opened.address !== undefined &&
      !moment.now &&
      !isRefused(opened, deps.clock()),
  }
  return page(deps.site, locale, 'request', branded(opened.brand, { ...filled, html, show }))
}

/** Returns the topics that the page reports as stopped; topics confirmed by another sign-up are not among them. */
function barredTopics({ standing, topics, unconfirmed, lacking }: LoadedRequest): OwnTopic[] {
  if (standing === 'refused') return unconfirmed
  return standing === 'expired' ? lacking : topics
}

const localeFor = (c: Context, { languages }: LoadedRequest): Locale =>
  pickLocale(...languages, ...acceptedLanguages(c.req.raw))

const shown = (opened: LoadedRequest) => ({
  address: Boolean(opened.address),
  several: opened.topics.length > 1,
})

function slots(deps: SubscriptionDeps, token: string, opened: LoadedRequest, locale: Locale): Slots {
  const { row, topics, address } = opened
  const claim = { topic: topics[0]!.number, addressId: row.addressId, ref: new Uint8Array() }
  return {
    text: {
      sender: row.sender,
      company: row.company,
      notice: row.notice,
      version: row.noticeVersion,
      address: address ? maskedAddress(address) : '',
    },
    html: { topics: topicList(topics) },
    value: {
      confirm: `/c/${token}`,
      cancel: `/c/${token}/cancel`,
      again: `/c/${token}/again`,
      receipt: `/c/${token}/receipt`,
      notice: noticeIn(locale, row.noticeUrl),
      preferences: `/p/${mintToken(deps.keyring, 'preferences', claim)}`,
    },
  }
}

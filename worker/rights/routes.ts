import type { Context } from 'hono'
import { Fault } from '../../core/fault.ts'
import { dayIn, LOCALES, type Locale, pickLocale } from '../../core/locale.ts'
import { branded } from '../brand/brand.ts'
import { type ActorContext, actingAs } from '../call/context.ts'
import { receiptFile } from '../consent/receipt-file.ts'
import { onTheBeat } from '../http/beat.ts'
import { inCluster } from '../http/in-cluster.ts'
import { readForm } from '../http/limits.ts'
import { page } from '../http/page.ts'
import { asFault } from '../http/problem.ts'
import { acceptedLanguages, isFromElsewhere } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import type { App } from '../http/route.ts'
import { allowAsking } from './allow-asking.ts'
import { type AskPage, askForAccess, openAsk } from './ask.ts'
import { askForCorrection } from './ask-correction.ts'
import { chooseOwnLanguage } from './choose-language.ts'
import { orClosed } from './closed.ts'
import { jsonCopy, pageCopy } from './copy.ts'
import { dataPage, localeOf } from './data-page.ts'
import type { RightsDeps } from './deps.ts'
import { eraseData } from './erase.ts'
import { exportData } from './export.ts'
import { seeData, seeSetting } from './load.ts'
import { openAccess, showAccess } from './open-access.ts'
import { sessionReceipt } from './receipt.ts'
import { ASKABLE, requestOfSender } from './request.ts'
import { liftLimit, limitUse } from './restrict.ts'
import { clusterOfSession } from './session.ts'
import { withdrawComplaint } from './withdraw-complaint.ts'

/** Routes of recipients' rights over their data: the mailed access link, and the acts of its session. */
export function rightsRoutes(app: App, deps: RightsDeps): void {
  const recipient = actingAs(deps, { kind: 'recipient' })

  app.get('/p/:token/access', async c => asking(deps, c, await openAsk(deps, c.req.param('token'))))

  app.post('/p/:token/access', async c => {
    if (isFromElsewhere(c.req.raw)) return seeOther(c.req.path)
    const token = c.req.param('token')
    const typed = field(await readForm(c.req.raw), 'address')
    const locale = pickLocale(...acceptedLanguages(c.req.raw))
    try {
      const opened = await onTheBeat(deps.clock, () => askForAccess(recipient, token, typed, locale))
      return await asking(deps, c, opened, 'sent')
    } catch (error) {
      if (asFault(error).detail.code !== 'request.invalid') throw error
      return asking(deps, c, await openAsk(deps, token), 'bad')
    }
  })

  app.get('/a/:token', async c =>
    orClosed(deps, c.req.raw, async () => {
      const { row, brand } = await showAccess(deps, c.req.param('token'))
      const { sender, company } = row
      const filled = { text: { sender, company }, value: { access: `/a/${c.req.param('token')}` } }
      return page(deps.site, pickLocale(row.locale), 'data-access', branded(brand, filled))
    }),
  )

  app.post('/a/:token', async c => {
    if (isFromElsewhere(c.req.raw)) return seeOther(c.req.path)
    return orClosed(deps, c.req.raw, () =>
      openAccess(recipient, c.req.param('token'), (session, seen) =>
        dataPage(deps, c.req.raw, session, seen),
      ),
    )
  })

  const within = (
    path: string,
    act: (ctx: ActorContext<RightsDeps>, c: Context, session: string, form: FormData) => Promise<Response>,
  ) =>
    app.post(`/your-data${path}`, async c =>
      orClosed(deps, c.req.raw, async () => {
        if (isFromElsewhere(c.req.raw)) throw new Fault({ code: 'rights_session.over' })
        const form = await readForm(c.req.raw)
        const session = field(form, 'session')
        return act(inCluster(recipient, clusterOfSession(session)), c, session, form)
      }),
    )

  within('', async (ctx, c, session, form) => {
    const seen = await seeData(ctx, session, { before: field(form, 'before') })
    return dataPage(ctx, c.req.raw, session, seen, {
      unfolded: form.has('history'),
      older: form.has('before'),
    })
  })

  within('/export', async (ctx, c, session, form) => {
    const as = field(form, 'as') === 'page' ? 'page' : 'json'
    const taken = await exportData(ctx, session, as)
    return as === 'json' ? jsonCopy(taken) : pageCopy(ctx, localeOf(c.req.raw, taken), taken)
  })

  within('/receipt', async (ctx, _, session) => receiptFile(await sessionReceipt(ctx, session)))

  within('/language', async (ctx, c, session, form) => {
    const locale = LOCALES.find(one => one === field(form, 'locale'))
    if (locale) await chooseOwnLanguage(ctx, session, locale)
    return data(ctx, c, session, locale && 'didLanguage')
  })

  within('/restrict', async (ctx, c, session) => {
    await limitUse(ctx, session, 'restricted', 'tenant')
    return data(ctx, c, session, 'didRestrict')
  })

  within('/object', async (ctx, c, session, form) => {
    await limitUse(ctx, session, 'objected', field(form, 'reach') === 'tenant' ? 'tenant' : 'workspace')
    return data(ctx, c, session, 'didObject')
  })

  within('/lift', async (ctx, c, session, form) => {
    const limit = (['restricted', 'objected'] as const).find(one => one === field(form, 'limit'))
    const refused = field(form, 'limit') === 'refused'
    if (limit) await liftLimit(ctx, session, limit)
    if (refused) await allowAsking(ctx, session)
    const withdrawn = field(form, 'limit') === 'complained' && (await withdrawComplaint(ctx, session))
    return data(ctx, c, session, limit || refused || withdrawn ? 'didLift' : undefined)
  })

  within('/address', async (ctx, c, session, form) => {
    const locale = pickLocale(...acceptedLanguages(c.req.raw))
    return answered(ctx, c, session, 'didCorrect', 'badAddress', () =>
      askForCorrection(ctx, session, field(form, 'address'), locale),
    )
  })

  within('/request', async (ctx, c, session, form) => {
    const right = ASKABLE.find(one => one === field(form, 'right'))
    if (!right) return data(ctx, c, session)
    return answered(ctx, c, session, 'didRequest', 'badMessage', () =>
      requestOfSender(ctx, session, right, field(form, 'message')),
    )
  })

  within('/erase', async (ctx, c, session) => {
    const { sender, company, dueAt, ...setting } = await seeSetting(ctx, session)
    const locale = localeOf(c.req.raw, setting)
    const filled = {
      text: { sender, company, due: dayIn(locale, dueAt), ...copies(locale, setting.unreadableBy).text },
      show: copies(locale, setting.unreadableBy).show,
      value: { session, erased: '/your-data/erased', data: '/your-data' },
    }
    return page(ctx.site, locale, 'data-erase', branded(setting.brand, filled))
  })

  within('/erased', async (ctx, c, session, form) => {
    const erased = await eraseData(ctx, session, field(form, 'elsewhere') === 'yes')
    const { sender, company, dueAt, returnable, unreadableBy } = erased
    const locale = localeOf(c.req.raw, erased)
    const filled = {
      text: {
        sender,
        company,
        due: dueAt === undefined ? '' : dayIn(locale, dueAt),
        ...copies(locale, unreadableBy).text,
      },
      show: { elsewhere: dueAt !== undefined, returnable, ...copies(locale, unreadableBy).show },
    }
    return page(ctx.site, locale, 'data-erased', branded(erased.brand, filled))
  })
}

/** Returns a text field of a form; empty for a file or a missing field. */
function field(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Returns the slots for copies in logs and backups: the day they become unreadable, or none. */
const copies = (locale: Locale, by: number | undefined) => ({
  text: { gone: by === undefined ? '' : dayIn(locale, by) },
  show: { copiesBy: by !== undefined, copiesOpen: by === undefined },
})

function asking(
  deps: RightsDeps,
  c: Context,
  { sender, canMail, brand }: AskPage,
  moment?: 'sent' | 'bad',
): Promise<Response> {
  const token = c.req.param('token')
  const sent = canMail && moment === 'sent'
  return page(
    deps.site,
    pickLocale(...acceptedLanguages(c.req.raw)),
    'data-ask',
    branded(brand, {
      text: { sender },
      value: { ask: `/p/${token}/access`, preferences: `/p/${token}` },
      show: { sent, asking: canMail && !sent, noMail: !canMail, bad: moment === 'bad' },
    }),
    moment === 'bad' ? { status: 400 } : {},
  )
}

/** Performs a form's act; an invalid field is reported on the page. */
async function answered(
  deps: RightsDeps,
  c: Context,
  session: string,
  did: string,
  bad: string,
  act: () => Promise<void>,
): Promise<Response> {
  try {
    await act()
    return await data(deps, c, session, did)
  } catch (error) {
    if (asFault(error).detail.code !== 'request.invalid') throw error
    return data(deps, c, session, bad)
  }
}

/** Shows the data page after an act, without the history, so that its cost does not depend on the history's length. */
const data = async (deps: RightsDeps, c: Context, session: string, note?: string): Promise<Response> =>
  dataPage(deps, c.req.raw, session, await seeData(deps, session, 'none'), { note })

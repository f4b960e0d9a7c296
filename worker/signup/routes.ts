import type { Context } from 'hono'
import { maskedAddress } from '../../core/address.ts'
import { Fault, type FaultDetail } from '../../core/fault.ts'
import { noticeIn } from '../../core/origin.ts'
import { urlOf } from '../../core/web-address.ts'
import { branded } from '../brand/brand.ts'
import { actingAs } from '../call/context.ts'
import { onTheBeat } from '../http/beat.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { readForm } from '../http/limits.ts'
import { page } from '../http/page.ts'
import { asFault, isOurs, problem } from '../http/problem.ts'
import { clientEvidenceOf } from '../http/request.ts'
import { type App, senderCalls } from '../http/route.ts'
import type { SubscriptionDeps } from '../subscription/deps.ts'
import { topicList } from '../subscription/view.tsx'
import * as api from './api.ts'
import { createForm } from './create.ts'
import { endForm } from './end.ts'
import { localeOf } from './form-view.ts'
import { getForm, listForms } from './list.ts'
import { demandInUse, type LoadedForm, openForm } from './load.ts'
import { type FilledIn, type SignedUp, signUp } from './sign-up.ts'
import { topicChoice } from './view.tsx'

/** Types of body that a browser sends a form in. */
const FORM_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i
/** Longest address of a page that is kept as evidence. */
const REFERRER_MAX = 2048

/** Routes of sign-up forms: the senders' calls, and the page that anybody may fill in from anywhere. */
export function signupRoutes(app: App, deps: SubscriptionDeps): void {
  const call = senderCalls(app, deps)
  call(createForm)
  call(listForms)
  call(getForm)
  call(endForm)
  const visitor = actingAs(deps, { kind: 'visitor' })

  app.on(api.showForm.method, api.showForm.path, async c => {
    const key = c.req.param('token')
    const opened = await openForm(deps, key)
    demandInUse(deps, opened)
    return shown(deps, key, opened)
  })

  app.on(api.submitForm.method, api.submitForm.path, async c => {
    const key = c.req.param('token')
    const opened = await openForm(deps, key)
    const readable = readableBy(c, opened)
    const json = c.req.header('accept')?.includes('application/json') ?? false
    let given: FilledIn | undefined
    try {
      demandInUse(deps, opened)
      given = await filledIn(c.req.raw)
      const { settings } = opened.row
      const evidence = { ...clientEvidenceOf(c.req.raw), ...referrerOf(c, settings.origins) }
      const done = await onTheBeat(deps.clock, () => signUp(visitor, opened, given!, evidence))
      return json
        ? new Response('{"status":"pending"}', { status: 202, headers: { ...JSON_HEADERS, ...readable } })
        : await sent(deps, opened, done)
    } catch (error) {
      const fault = asFault(error)
      if (json && !isOurs(fault.detail)) return problem(fault, readable)
      if (fault.detail.code !== 'request.invalid' || !given) throw fault
      return shown(deps, key, opened, { given, detail: fault.detail })
    }
  })
}

/** Returns the fields of a form. Throws `request.unsupported_media_type`, `request.too_large`, `request.too_slow`. */
async function filledIn(request: Request): Promise<FilledIn> {
  if (!FORM_TYPE.test(request.headers.get('content-type') ?? ''))
    throw new Fault({ code: 'request.unsupported_media_type', expected: 'a form' })
  const form = await readForm(request)
  const texts = (name: string) => form.getAll(name).filter(value => typeof value === 'string')
  const addresses = [...texts('address'), ...texts('email')].filter(text => text.trim() !== '')
  return { addresses, topics: texts('topics'), website: texts('website').join('') }
}

/** Returns the headers by which a script of one of the form's origins may read an answer. */
function readableBy(c: Context, { row }: LoadedForm): Record<string, string> {
  const origin = c.req.header('origin')
  if (origin === undefined || !row.settings.origins.includes(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'cross-origin-resource-policy': 'cross-origin',
  }
}

/** Returns the page that a form was sent from, where a browser says so and it is of one of the form's origins. */
function referrerOf(c: Context, origins: readonly string[]): { referrer?: string } {
  const page = [c.req.header('referer'), c.req.header('origin')].find(
    text => text !== undefined && text.length <= REFERRER_MAX && origins.includes(urlOf(text)?.origin ?? ''),
  )
  return page === undefined ? {} : { referrer: page }
}

/** Shows a form; what was wrong with it stands beside what was filled in. */
function shown(
  deps: SubscriptionDeps,
  key: string,
  { row, topics, brand }: LoadedForm,
  wrong?: { given: FilledIn; detail: FaultDetail & { code: 'request.invalid' } },
): Promise<Response> {
  const locale = localeOf(row)
  const { settings } = row
  const field = wrong?.detail.errors[0]?.field
  return page(
    deps.site,
    locale,
    'signup',
    branded(brand, {
      text: {
        sender: row.sender,
        company: row.company,
        notice: settings.notice.name,
        version: settings.notice.version,
        wording: settings.wording,
      },
      html: {
        topics: topics.length > 1 ? topicChoice(topics, wrong?.given.topics ?? []) : topicList(topics),
      },
      value: {
        form: `/s/${key}`,
        address: wrong?.given.addresses[0]?.slice(0, 254) ?? '',
        notice: noticeIn(locale, row.noticeUrl),
      },
      show: {
        several: topics.length > 1,
        badAddress: field === 'address',
        noTopic: field === 'topics',
        trapped: field === 'website',
      },
    }),
    { status: wrong ? 400 : 200 },
  )
}

/** Shows that a mail may be on its way, the same for every address. */
function sent(
  deps: SubscriptionDeps,
  { row, brand }: LoadedForm,
  { address, topics }: SignedUp,
): Promise<Response> {
  return page(
    deps.site,
    localeOf(row),
    'request',
    branded(brand, {
      text: { sender: row.sender, company: row.company, address: maskedAddress(address) },
      html: { topics: topicList(topics) },
      value: { again: '' },
      show: {
        sent: true,
        address: true,
        refused: false,
        ended: false,
        expired: false,
        barred: false,
        again: false,
      },
    }),
  )
}

import type { Context } from 'hono'
import { timestamp } from '../../core/clock.ts'
import { pickLocale } from '../../core/locale.ts'
import { branded } from '../brand/brand.ts'
import { actingAs } from '../call/context.ts'
import { parse } from '../http/field-fault.ts'
import { framedBy, JSON_HEADERS } from '../http/headers.ts'
import { BODY_LIMIT_BYTES, readForm, readJson } from '../http/limits.ts'
import { page } from '../http/page.ts'
import { asFault } from '../http/problem.ts'
import { problemPage } from '../http/problem-page.ts'
import { spendPublic } from '../http/public-rate.ts'
import { acceptedLanguages, clientEvidenceOf, isFromElsewhere } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import type { App } from '../http/route.ts'
import type { Preferences } from './api.ts'
import * as api from './api.ts'
import { WISH_UNITS, wishFields } from './command.ts'
import type { PreferenceDeps } from './deps.ts'
import { type LoadedPreferences, openPreferences } from './load.ts'
import { canBeUndone, type PreferenceOutcome, readOutcome, sealOutcome } from './outcome.ts'
import { openPreview } from './preview.ts'
import { updatePreferences } from './update.ts'
import { slotsOf } from './view.tsx'

/** Date of the last change of Global Privacy Control support, declared in `gpc.json`. */
const GPC_SINCE = '2026-11-24'

/** Routes of the preference center: a page for people, JSON for programs. */
export function preferenceRoutes(app: App, deps: PreferenceDeps): void {
  const recipient = actingAs(deps, { kind: 'recipient' })

  app.on(api.showPreferences.method, api.showPreferences.path, async c => {
    const opened = await openPreferences(deps, c.req.param('token'))
    return wantsJson(c) ? json(opened) : shown(deps, c, opened, framedBy(opened.embeddedIn))
  })

  app.on(api.updatePreferences.method, api.updatePreferences.path, async c => {
    const token = c.req.param('token')
    const opened = await openPreferences(deps, token)
    try {
      const wish = parse(api.updatePreferences.input, await fieldsOf(c.req.raw))
      if (wish.act === 'ask' && isFromElsewhere(c.req.raw)) return seeOther(`/p/${token}`)
      await spendPublic(deps, c.req.raw, WISH_UNITS[wish.act] ?? 0)
      const manner = { press: clientEvidenceOf(c.req.raw), globalPrivacyControl: sendsGpc(c) }
      const outcome = await updatePreferences(recipient, opened, wish, manner)
      const done = sealOutcome(deps.keyring, opened.claim, outcome)
      if (wantsJson(c)) return json(await openPreferences(deps, token), { outcome, undo: done })
      return seeOther(`/p/${token}?done=${done}`)
    } catch (error) {
      const { detail } = asFault(error)
      // The page of this fault is in the language that the recipient chose.
      if (detail.code === 'preferences.limited' && !wantsJson(c))
        return problemPage(deps.site, localeFor(c, opened), detail, `/p/${token}`)
      // An invalid form is answered with the page itself.
      if (detail.code !== 'request.invalid' || wantsJson(c)) throw error
      return seeOther(`/p/${token}`)
    }
  })

  app.get('/.well-known/gpc.json', () =>
    Response.json({ gpc: true, lastUpdate: GPC_SINCE }, { headers: JSON_HEADERS }),
  )

  // Previews an unpublished brand for its sender; the buttons have no effect.
  app.get('/brand/preview/:token', async c => shown(deps, c, await openPreview(deps, c.req.param('token'))))
  const back = async (c: Context) => {
    await openPreview(deps, c.req.param('token') ?? '')
    return seeOther(c.req.path.replace(/\/access$/, ''))
  }
  app.post('/brand/preview/:token', back)
  app.get('/brand/preview/:token/access', back)
}

const localeFor = (c: Context, { languages }: LoadedPreferences) =>
  pickLocale(...languages, ...acceptedLanguages(c.req.raw))

const wantsJson = (c: Context): boolean => c.req.header('accept')?.includes('application/json') ?? false
const sendsGpc = (c: Context): boolean => c.req.header('sec-gpc') === '1'

async function fieldsOf(request: Request): Promise<unknown> {
  const program = request.headers.get('content-type')?.includes('json')
  return program ? await readJson(request, BODY_LIMIT_BYTES) : wishFields(await readForm(request))
}

function json(opened: LoadedPreferences, done?: { outcome: PreferenceOutcome; undo: string }): Response {
  const { sender, topics, pausedUntil, everythingStopped, saleOptedOut } = opened
  const named = (numbers: number[]) => topics.filter(one => numbers.includes(one.number)).map(one => one.name)
  const body: Preferences = {
    sender,
    topics: topics.map(({ name, displayName, description, frequency, state }) => ({
      name,
      displayName,
      description,
      ...(frequency !== null && { frequency }),
      state,
    })),
    ...(pausedUntil !== null && { pausedUntil: timestamp(pausedUntil) }),
    everythingStopped,
    saleOptedOut,
    ...(done && {
      done: {
        act: done.outcome.act,
        changed: done.outcome.changed,
        ended: named(done.outcome.ended),
        stale: named(done.outcome.stale),
        ...(canBeUndone(done.outcome) && { undo: done.undo }),
      },
    }),
  }
  return new Response(JSON.stringify(body), { headers: JSON_HEADERS })
}

async function shown(
  deps: PreferenceDeps,
  c: Context,
  opened: LoadedPreferences,
  headers: Record<string, string> = {},
): Promise<Response> {
  const locale = localeFor(c, opened)
  const { preferences: words } = await deps.words.of(locale)
  const text = c.req.query('done') ?? ''
  const outcome = text === '' ? undefined : readOutcome(deps.keyring, opened.claim, text, deps.clock())
  return page(
    deps.site,
    locale,
    'preferences',
    branded(
      opened.brand,
      slotsOf({
        opened,
        done: outcome && { outcome, text },
        globalPrivacyControl: sendsGpc(c),
        path: c.req.path.replace(/\/$/, ''),
        locale,
        words,
      }),
    ),
    { headers },
  )
}

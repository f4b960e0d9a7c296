import { timestamp } from '../../core/clock.ts'
import { type Locale, pickLocale } from '../../core/locale.ts'
import { branded } from '../brand/brand.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { page } from '../http/page.ts'
import { asFault } from '../http/problem.ts'
import { problemPage } from '../http/problem-page.ts'
import { acceptedLanguages } from '../http/request.ts'
import { seeOther } from '../http/response.ts'
import type { Preferences } from './api.ts'
import type { PreferenceDeps } from './deps.ts'
import { type LoadedPreferences, openPreferences } from './load.ts'
import { canBeUndone, type PreferenceOutcome, readOutcome, sealOutcome } from './outcome.ts'
import { slotsOf } from './view.tsx'

/** Whether a request accepts JSON, as programs do. */
export const wantsJson = ({ headers }: Request): boolean =>
  headers.get('accept')?.includes('application/json') ?? false

/** Whether a browser sends Global Privacy Control. */
export const sendsGpc = ({ headers }: Request): boolean => headers.get('sec-gpc') === '1'

/**
 * Performs a command and answers it, unless `perform` returns the answer itself: for a person with a redirect to the page, or the
 * page of a limit; for a program with the preference center as it stands then.
 */
export async function answerCommand(
  deps: PreferenceDeps,
  request: Request,
  { token, opened }: { token: string; opened: LoadedPreferences },
  perform: () => Promise<PreferenceOutcome | Response>,
): Promise<Response> {
  const program = wantsJson(request)
  try {
    const outcome = await perform()
    if (outcome instanceof Response) return outcome
    const done = sealOutcome(deps.keyring, opened.claim, outcome)
    if (program) return preferencesJson(await openPreferences(deps, token), { outcome, undo: done })
    return seeOther(`/p/${token}?done=${done}`)
  } catch (error) {
    const { detail } = asFault(error)
    // The page of this fault is in the language that the recipient chose.
    if (detail.code === 'preferences.limited' && !program)
      return problemPage(deps.site, localeFor(request, opened), detail, `/p/${token}`)
    // An invalid form is answered with the page itself.
    if (detail.code !== 'request.invalid' || program) throw error
    return seeOther(`/p/${token}`)
  }
}

/** Returns the preference center as JSON, with what came of a command. */
export function preferencesJson(
  opened: LoadedPreferences,
  done?: { outcome: PreferenceOutcome; undo: string },
): Response {
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
        changed: done.outcome.changed || done.outcome.ended.length > 0,
        ended: named(done.outcome.ended),
        stale: named(done.outcome.stale),
        ...(done.outcome.refused && { refused: true as const }),
        ...(canBeUndone(done.outcome) && { undo: done.undo }),
      },
    }),
  }
  return new Response(JSON.stringify(body), { headers: JSON_HEADERS })
}

/** Returns the page of the preference center. */
export async function preferencesPage(
  deps: PreferenceDeps,
  request: Request,
  opened: LoadedPreferences,
  headers: Record<string, string> = {},
): Promise<Response> {
  const locale = localeFor(request, opened)
  const { preferences: words } = await deps.words.of(locale)
  const { pathname, searchParams } = new URL(request.url)
  const text = searchParams.get('done') ?? ''
  const outcome = text === '' ? undefined : readOutcome(deps.keyring, opened.claim, text, deps.clock())
  const slots = slotsOf({
    opened,
    done: outcome && { outcome, text },
    globalPrivacyControl: sendsGpc(request),
    path: pathname.replace(/\/$/, ''),
    locale,
    words,
  })
  return page(deps.site, locale, 'preferences', branded(opened.brand, slots), { headers })
}

const localeFor = (request: Request, { languages }: LoadedPreferences): Locale =>
  pickLocale(...languages, ...acceptedLanguages(request))

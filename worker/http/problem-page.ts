import type { FaultDetail } from '../../core/fault.ts'
import { type Locale, momentIn } from '../../core/locale.ts'
import { page } from './page.ts'
import { retryOrChallenge, statusOf } from './problem.ts'

/** Explanations on the problem page. */
const EXPLAINED = [
  'invalid',
  'unavailable',
  'busy',
  'limited',
  'tooLarge',
  'expired',
  'gone',
  'formFull',
  'formEnded',
  'unconfirmed',
  'notFound',
] as const

/** Explanation of each fault; a fault that a person cannot act on is shown as `unavailable`. */
const SHOWN: Partial<Record<FaultDetail['code'], (typeof EXPLAINED)[number]>> = {
  'token.invalid': 'invalid',
  'rate.limited': 'busy',
  'preferences.limited': 'limited',
  'request.too_large': 'tooLarge',
  'undo.expired': 'expired',
  'topic.gone': 'gone',
  'confirmation.gone': 'unconfirmed',
  'form.full': 'formFull',
  'form.ended': 'formEnded',
  'route.not_found': 'notFound',
  'method.not_allowed': 'notFound',
}

/** Returns a fault as a page that says what happened and what to do about it. */
export function problemPage(
  site: Fetcher,
  locale: Locale,
  detail: FaultDetail,
  retry = '',
): Promise<Response> {
  const shown = SHOWN[detail.code] ?? 'unavailable'
  const show = Object.fromEntries(EXPLAINED.map(name => [name, name === shown]))
  const again = detail.code === 'preferences.limited' ? momentIn(locale, Date.parse(detail.againAt)) : ''
  return page(
    site,
    locale,
    'problem',
    { text: { again }, value: { retry }, show },
    { status: statusOf(detail), headers: retryOrChallenge(detail) },
  )
}

import type { FaultDetail } from '../core/fault.ts'
import { page } from './page.ts'
import { retryOrChallenge, statusOf } from './problem.ts'

/** Which of the problem page's explanations fits a fault; what a person cannot act on reads as "try again". */
const SHOWN: Partial<
  Record<FaultDetail['code'], 'invalid' | 'expired' | 'gone' | 'unconfirmed' | 'notfound'>
> = {
  'token.invalid': 'invalid',
  'undo.expired': 'expired',
  'topic.gone': 'gone',
  'confirmation.gone': 'unconfirmed',
  'route.not_found': 'notfound',
  'method.not_allowed': 'notfound',
}

const TITLES = {
  invalid: 'This link does not work',
  expired: 'Too late to undo',
  gone: 'This mail has ended',
  unconfirmed: 'There is nothing to confirm here',
  notfound: 'There is no such page',
  unavailable: 'That did not work just now',
}

/** Returns a fault as a page: what happened and what to do about it. */
export function problemPage(site: Fetcher, detail: FaultDetail, retry = ''): Promise<Response> {
  const shown = SHOWN[detail.code] ?? 'unavailable'
  const show = Object.fromEntries(Object.keys(TITLES).map(name => [name, name === shown]))
  return page(
    site,
    'problem',
    { text: { title: TITLES[shown] }, value: { retry }, show },
    { status: statusOf(detail), headers: retryOrChallenge(detail) },
  )
}

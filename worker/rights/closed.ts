import { pickLocale } from '../../core/locale.ts'
import { page } from '../http/page.ts'
import { asFault, statusOf } from '../http/problem.ts'
import { acceptedLanguages } from '../http/request.ts'
import type { RightsDeps } from './deps.ts'

const CLOSED: Record<string, 'used' | 'ran' | 'over'> = {
  'rights_link.used': 'used',
  'rights_link.expired': 'ran',
  'rights_session.over': 'over',
}

/** Returns the answer, or the page of a used or expired link or session. */
export async function orClosed(
  deps: RightsDeps,
  request: Request,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    const { detail } = asFault(error)
    const why = CLOSED[detail.code]
    if (!why) throw error
    const locale = pickLocale(...acceptedLanguages(request))
    const show = { used: why === 'used', ran: why === 'ran', over: why === 'over' }
    return page(deps.site, locale, 'data-closed', { show }, { status: statusOf(detail) })
  }
}

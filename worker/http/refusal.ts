import type { Fault } from '../../core/fault.ts'
import { pickLocale } from '../../core/locale.ts'
import type { Deps } from '../deps.ts'
import { problem } from './problem.ts'
import { problemPage } from './problem-page.ts'
import { acceptedLanguages } from './request.ts'

/** Answers a request with a fault: a page in the reader's language for a person, a problem for a program. */
export async function refusal(
  deps: Deps,
  request: Request,
  path: string,
  fault: Fault,
  rate?: Record<string, string>,
): Promise<Response> {
  const link = /^\/[upcars]\/[^/]*/.exec(path)?.[0]
  const accept = request.headers.get('accept') ?? ''
  const browser = accept.includes('text/html')
  // A client that follows a link is a person, unless it accepts JSON.
  return browser || (link !== undefined && !accept.includes('application/json'))
    ? await problemPage(deps.site, pickLocale(...acceptedLanguages(request)), fault.detail, link ?? '/')
    : problem(fault, rate)
}

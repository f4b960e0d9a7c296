import { dayIn, pickLocale } from '../../core/locale.ts'
import { branded } from '../brand/brand.ts'
import { page } from '../http/page.ts'
import { acceptedLanguages } from '../http/request.ts'
import type { RightsDeps } from './deps.ts'
import type { LoadedData } from './load.ts'
import { dataLists, historyItems, requestItems } from './view.tsx'

/** Returns the language of a page: the recipient's own, or one that their browser asks for. */
export const localeOf = (request: Request, { languages }: { languages: string[] }) =>
  pickLocale(...languages, ...acceptedLanguages(request))

const NOTES = [
  'didRestrict',
  'didObject',
  'didLift',
  'didLanguage',
  'didRequest',
  'didCorrect',
  'badAddress',
  'badMessage',
]

/** Shows the data page. */
export async function dataPage(
  deps: RightsDeps,
  request: Request,
  session: string,
  seen: LoadedData,
  {
    note,
    unfolded = false,
    older = false,
  }: { note?: string | undefined; unfolded?: boolean; older?: boolean } = {},
): Promise<Response> {
  const { held, history } = seen
  const locale = localeOf(request, seen)
  const { rights: words } = await deps.words.of(locale)
  const act = (path: string) => `/your-data/${path}`
  const stands = (reason: string) => held.suppressions.some(one => one.reason === reason)
  return page(
    deps.site,
    locale,
    'data',
    branded(seen.brand, {
      text: {
        sender: held.sender,
        company: held.company,
        address: held.address,
        due: dayIn(locale, seen.dueAt),
        optedOut: held.saleOptOutAt === undefined ? '' : dayIn(locale, Date.parse(held.saleOptOutAt)),
      },
      html: {
        ...dataLists(held, words, locale),
        requests: requestItems(seen.requests, words, locale),
        history: historyItems(history ?? [], words, locale),
      },
      value: {
        session,
        data: '/your-data',
        before: seen.older ?? '',
        export: act('export'),
        receipt: act('receipt'),
        address: act('address'),
        language: act('language'),
        restrict: act('restrict'),
        object: act('object'),
        lift: act('lift'),
        request: act('request'),
        erase: act('erase'),
      },
      show: {
        ...Object.fromEntries(NOTES.map(name => [name, name === note])),
        did: note?.startsWith('did') ?? false,
        kept: held.addressKept,
        topics: held.topics.length > 0,
        stops: held.suppressions.length > 0,
        optedOut: held.saleOptOutAt !== undefined,
        moreRequests: seen.moreRequests,
        history: history !== undefined,
        folded: history !== undefined && !unfolded,
        unfolded: history !== undefined && unfolded,
        older: seen.older !== undefined,
        newest: older,
        mails: deps.mailer !== undefined,
        restricted: stands('restricted'),
        objected: stands('objected'),
        refusing: seen.refusing,
        complaining: seen.complaining,
      },
    }),
    note?.startsWith('bad') ? { status: 400 } : {},
  )
}

import { dayIn, type Locale } from '../../core/locale.ts'
import { PAGE_HEADERS } from '../http/headers.ts'
import { htmlOf } from '../http/markup.ts'
import { page } from '../http/page.ts'
import { streamOf } from '../http/response.ts'
import type { RightsDeps } from './deps.ts'
import type { ExportedData } from './export.ts'
import { dataLists, historyItems, requestItems, seam } from './view.tsx'

/** Responds with a recipient's data as one JSON object, streamed page by page. */
export const jsonCopy = (taken: ExportedData): Response =>
  new Response(
    streamOf(jsonOf(taken), text => text),
    {
      headers: {
        ...PAGE_HEADERS,
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="your-data.json"',
      },
    },
  )

/** Yields one JSON object in pieces; a download that broke off is invalid JSON. */
async function* jsonOf({ held, requests, history }: ExportedData): AsyncGenerator<string> {
  yield written(held).slice(0, -2)
  for (const [name, pages] of [
    ['requests', requests],
    ['history', history],
  ] as const) {
    yield `,\n  "${name}": [`
    let between = '\n    '
    for await (const items of pages) {
      const texts = items.map(item => written(item).replaceAll('\n', '\n    '))
      if (texts.length > 0) yield between + texts.join(',\n    ')
      if (texts.length > 0) between = ',\n    '
    }
    yield '\n  ]'
  }
  yield '\n}\n'
}

const written = (value: object): string => JSON.stringify(value, undefined, 2)

/** Responds with a recipient's data as an HTML page, streamed page by page. */
export async function pageCopy(deps: RightsDeps, locale: Locale, taken: ExportedData): Promise<Response> {
  const { held } = taken
  const { rights: words } = await deps.words.of(locale)
  // Placeholders of the unbounded lists.
  const [requests, history] = [crypto.randomUUID(), crypto.randomUUID()]
  const answer = await page(
    deps.site,
    locale,
    'data-copy',
    {
      text: {
        sender: held.sender,
        company: held.company,
        address: held.address,
        asOf: dayIn(locale, Date.parse(held.asOf)),
      },
      html: { ...dataLists(held, words, locale), requests: seam(requests), history: seam(history) },
      show: { topics: held.topics.length > 0, stops: held.suppressions.length > 0 },
    },
    { headers: { 'content-disposition': 'attachment; filename="your-data.html"' } },
  )
  const [head, rest] = (await answer.text()).split(requests) as [string, string]
  const [middle, end] = rest.split(history) as [string, string]
  async function* pieces(): AsyncGenerator<string> {
    yield head
    for await (const items of taken.requests) yield htmlOf(requestItems(items, words, locale))
    yield middle
    for await (const items of taken.history) yield htmlOf(historyItems(items, words, locale))
    yield end
  }
  return new Response(
    streamOf(pieces(), text => text),
    answer,
  )
}

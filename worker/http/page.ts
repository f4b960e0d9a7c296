import type { Locale } from '../../core/locale.ts'
import { PAGE_HEADERS } from './headers.ts'
import { htmlOf, type Markup } from './markup.ts'

/** Values for a page's slots. A slot without a value is an error, so that no page shows anything untrue. */
export interface Slots {
  text?: Record<string, string>
  html?: Record<string, Markup>
  /** Addresses and form values, for `data-href`, `data-action`, `data-value` and similar attributes. */
  value?: Record<string, string>
  show?: Record<string, boolean>
}

/** Values of a page's frame where the sender's brand is unknown: everything is left out. */
const PLAIN_FRAME = {
  text: { postalAddress: '' },
  value: {
    sheet: '',
    logo: '',
    logoWidth: '',
    logoHeight: '',
    website: '',
    imprint: '',
    senderPrivacy: '',
  },
  show: {
    sheet: false,
    logo: false,
    postalAddress: false,
    links: false,
    website: false,
    imprint: false,
    senderPrivacy: false,
  },
}

/** Fills a page of the site in one language and returns it as the answer. The whole page is filled before any of it is sent. */
export async function page(
  site: Fetcher,
  locale: Locale,
  name: string,
  slots: Slots,
  init: { status?: number; headers?: Record<string, string> } = {},
): Promise<Response> {
  const built = await site.fetch(`http://site/recipient/${locale}/${name}/`)
  if (!built.ok) throw new Error(`the site has no page ${name}`)
  const text = { ...PLAIN_FRAME.text, ...slots.text }
  const value = { ...PLAIN_FRAME.value, ...slots.value }
  const show = { ...PLAIN_FRAME.show, ...slots.show }
  const filled = new HTMLRewriter()
    .on('[data-if]', {
      element(element) {
        const condition = take(element, 'data-if')
        const negated = condition.startsWith('!')
        if (slot(show, negated ? condition.slice(1) : condition) === negated) element.remove()
      },
    })
    .on('[data-text]', {
      element(element) {
        const name = take(element, 'data-text')
        if (!element.removed) element.setInnerContent(slot(text, name))
      },
    })
    .on('[data-fill]', {
      element(element) {
        const sentence = take(element, 'data-fill')
        if (!element.removed) element.setInnerContent(fill(sentence, text))
      },
    })
    .on('[data-html]', {
      element(element) {
        const name = take(element, 'data-html')
        if (!element.removed) element.setInnerContent(htmlOf(slot(slots.html, name)), { html: true })
      },
    })
  for (const attribute of ['href', 'src', 'width', 'height', 'action', 'value']) {
    filled.on(`[data-${attribute}]`, {
      element(element) {
        const name = take(element, `data-${attribute}`)
        // The rewriter escapes only quotes, and `&copy=` in an address would become an entity.
        if (!element.removed) element.setAttribute(attribute, slot(value, name).replaceAll('&', '&amp;'))
      },
    })
  }
  return new Response(await filled.transform(built).text(), {
    status: init.status ?? 200,
    headers: { ...PAGE_HEADERS, 'content-language': locale, ...init.headers },
  })
}

function take(element: Element, attribute: string): string {
  const name = element.getAttribute(attribute) ?? ''
  element.removeAttribute(attribute)
  return name
}

function slot<T>(values: Record<string, T> | undefined, name: string): T {
  if (values === undefined || !Object.hasOwn(values, name))
    throw new Error(`the page asks for ${name}, which was not given`)
  return values[name]!
}

/** Returns a sentence with its slots filled, as plain text. */
export const fill = (sentence: string, values: Record<string, string> | undefined): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => slot(values, name))

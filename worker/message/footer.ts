import type { Locale } from '../../core/locale.ts'
import { htmlOf } from '../http/markup.ts'
import { wordsOf } from '../mail/words.ts'
import { footer } from './view.tsx'

/** Where a sender wants the footer; without it, it stands at the end. */
export const FOOTER_MARK = '{{floe_footer}}'

/** What a footer says. */
export interface FooterFacts {
  locale: Locale
  sender: string
  topic: string
  kind: 'marketing' | 'transactional'
  /** Who is writing in law, and from where; left out where the workspace has not said. */
  legalName: string | null
  postalAddress: string | null
  /** Left out where nothing can be unsubscribed, since the mail is owed. */
  unsubscribeUrl?: string | undefined
  preferencesUrl: string
}

/** Returns the footer of one recipient: the way out first, where there is one, then why the mail came, then who sends it. No image, nothing from elsewhere. */
export function footerOf(facts: FooterFacts): { html: string; text: string } {
  const { locale, unsubscribeUrl, preferencesUrl } = facts
  const words = wordsOf(locale).footer
  const names = {
    topic: facts.topic,
    sender: facts.sender,
    company: facts.legalName ?? facts.sender,
    address: facts.postalAddress ?? '',
  }
  const said = (name: (of: keyof typeof names) => string) => {
    const why = facts.kind === 'transactional' ? words.owed : words.subscribed
    const address = facts.postalAddress === null ? '' : `, ${name('address')}`
    return {
      why: why(name('topic'), name('sender')),
      from: `${words.sentBy(name('company'))}${address}`,
    }
  }
  const plain = said(name => names[name])
  const ways = [
    ...(unsubscribeUrl === undefined ? [] : [{ label: words.unsubscribe, url: unsubscribeUrl }]),
    { label: words.preferences, url: preferencesUrl },
  ]
  return {
    text: ['-- ', ...ways.map(({ label, url }) => `${label}: ${url}`), '', plain.why, plain.from].join('\n'),
    html: htmlOf(footer({ locale, ways, names, ...said(name => `{${name}}`) })),
  }
}

/** Puts a footer into a plain text: at its mark, or at the end. */
export function placeInText(text: string, footer: string): string {
  const at = text.indexOf(FOOTER_MARK)
  if (at < 0) return `${text.trimEnd()}\n\n${footer}\n`
  return text.slice(0, at) + footer + text.slice(at + FOOTER_MARK.length).replaceAll(FOOTER_MARK, '')
}

/**
 * Puts a footer into HTML as it streams by: at its mark, wherever tags cut the text, or at the end of the body. A mark where nobody
 * would see a footer, in a comment or an attribute, is as good as none.
 */
export async function placeInHtml(html: string, footer: string): Promise<string> {
  let [placed, text] = [false, '']
  const rewriter = new HTMLRewriter()
  if (html.includes(FOOTER_MARK)) {
    rewriter.onDocument({
      text(chunk) {
        text += chunk.text
        if (!chunk.lastInTextNode) {
          chunk.remove()
          return
        }
        const parts = text.split(FOOTER_MARK)
        const [first, ...others] = parts
        const between = parts.length > 1 && !placed ? footer : ''
        if (parts.length > 1) placed = true
        chunk.replace(`${first}${between}${others.join('')}`, { html: true })
        text = ''
      },
    })
  }
  const marked = await transformed(rewriter, html)
  if (placed && marked !== undefined) return marked
  // What looks like the end of a body may stand in a comment, or end a body that was never opened.
  const closed = /<\/body\s*>/i.test(html) ? await transformed(atEndOfBody(footer), html) : undefined
  return closed?.includes(footer) ? closed : `${html}\n${footer}`
}

function atEndOfBody(footer: string): HTMLRewriter {
  let met = false
  return new HTMLRewriter().on('body', {
    element(body) {
      if (!met) body.append(footer, { html: true })
      met = true
    },
  })
}

/** Returns HTML that was rewritten; undefined where its elements lie deeper in one another, or a tag is longer, than the rewriter's memory holds. */
const transformed = (rewriter: HTMLRewriter, html: string): Promise<string | undefined> =>
  rewriter
    .transform(new Response(html))
    .text()
    .catch(() => undefined)

import type { Locale } from '../../core/locale.ts'
import { htmlOf } from '../http/markup.ts'
import { mailWordsOf } from '../mail/words.ts'
import { footer } from './view.tsx'

/** Placeholder of the footer; a body without one gets it at the end. */
export const FOOTER_MARK = '{{floe_footer}}'

/** The content of a footer. */
export interface FooterFacts {
  locale: Locale
  sender: string
  topic: string
  kind: 'marketing' | 'transactional'
  /** Legal name and postal address of the sender; left out where the workspace has none. */
  legalName: string | null
  postalAddress: string | null
  /** Left out for a transactional topic, which cannot be unsubscribed. */
  unsubscribeUrl?: string | undefined
  preferencesUrl: string
}

/**
 * Returns the footer for a recipient: the unsubscribe link, if any, then why the mail came, then its sender. Without images
 * or external content.
 */
export function footerOf(facts: FooterFacts): { html: string; text: string } {
  const { locale, unsubscribeUrl, preferencesUrl } = facts
  const words = mailWordsOf(locale).footer
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

/** Puts a footer into plain text, at its placeholder or at the end. */
export function placeInText(text: string, footer: string): string {
  const at = text.indexOf(FOOTER_MARK)
  if (at < 0) return `${text.trimEnd()}\n\n${footer}\n`
  return text.slice(0, at) + footer + text.slice(at + FOOTER_MARK.length).replaceAll(FOOTER_MARK, '')
}

/**
 * Puts a footer into HTML as a stream: at its placeholder, also where tags split the text, or at the end of the body. A
 * placeholder in a comment or an attribute, where the footer would be invisible, is ignored.
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
  // `</body>` may stand in a comment, or close a body that was never opened.
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

/** Returns the rewritten HTML; undefined where nesting or a tag exceeds the rewriter's memory. */
const transformed = (rewriter: HTMLRewriter, html: string): Promise<string | undefined> =>
  rewriter
    .transform(new Response(html))
    .text()
    .catch(() => undefined)

import { directionOf, type Locale } from '../../core/locale.ts'
import { escapeHtml } from '../http/page.ts'
import { wordsOf } from '../mail/words.ts'

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
  const words = wordsOf(facts.locale).footer
  const said = (mark: (name: string) => string) => {
    const why = facts.kind === 'transactional' ? words.owed : words.subscribed
    const address = facts.postalAddress === null ? '' : `, ${mark(facts.postalAddress)}`
    return {
      why: why(mark(facts.topic), mark(facts.sender)),
      from: `${words.sentBy(mark(facts.legalName ?? facts.sender))}${address}`,
    }
  }
  const plain = said(name => name)
  const marked = said(name => `<bdi>${escapeHtml(name)}</bdi>`)
  const link = (url: string, label: string) =>
    `<a href="${escapeHtml(url)}" style="color:inherit;text-decoration:underline">${label}</a>`
  const ways: [label: string, url: string][] = [
    ...(facts.unsubscribeUrl === undefined
      ? []
      : [[words.unsubscribe, facts.unsubscribeUrl] satisfies [string, string]]),
    [words.preferences, facts.preferencesUrl],
  ]
  return {
    text: ['-- ', ...ways.map(([label, url]) => `${label}: ${url}`), '', plain.why, plain.from].join('\n'),
    html:
      `<div lang="${facts.locale}" dir="${directionOf(facts.locale)}" style="margin:24px 0 0;padding:16px 0;` +
      'border-top:1px solid #767676;font:14px/1.5 sans-serif;text-align:start">' +
      `<p style="margin:0 0 8px">${ways.map(([label, url]) => link(url, label)).join(' · ')}</p>` +
      `<p style="margin:0 0 8px">${marked.why}</p><p style="margin:0">${marked.from}</p></div>`,
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

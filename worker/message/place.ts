import { type Token, tokensOf } from './markup.ts'

/** Where a footer goes; a body without it gets the footer at its end. */
const MARK = /\{\{\s*floe_footer\s*\}\}/
const MARKS = /\{\{\s*floe_footer\s*\}\}/g

/** Puts a footer into plain text, at its placeholder or at the end. */
export function placeInText(text: string, footer: string): string {
  const found = MARK.exec(text)
  if (!found) return `${text.trimEnd()}\n\n${footer}\n`
  const after = text.slice(found.index + found[0].length)
  return text.slice(0, found.index) + footer + after.replace(MARKS, '')
}

/**
 * Puts a footer into HTML, at its placeholder or where the body really ends, and never into a paragraph: one that is still open
 * there ends where the footer, a block, begins. A placeholder where nobody would see the footer (a comment, an attribute, a title,
 * a style) is no place; no placeholder is left over.
 */
export function placeInHtml(html: string, footer: string): string {
  const at = placeIn(html)
  return html.slice(0, at).replace(MARKS, '') + footer + html.slice(at).replace(MARKS, '')
}

function placeIn(html: string): number {
  const hasMark = MARK.test(html)
  let isInParagraph = false
  // Whether the placeholder was met in a paragraph that is not over.
  let isMarked = false
  let body: number | undefined
  let root: number | undefined
  for (const token of tokensOf(html)) {
    // What is never closed hides all that follows: the body ends before it.
    if (token.isOpen) return (isMarked ? undefined : (body ?? root)) ?? token.from
    if (token.kind === 'end' && token.name === 'p' && isInParagraph) {
      if (isMarked) return token.to
      isInParagraph = false
    } else if (closesParagraph(token)) {
      if (isMarked) return token.from
      isInParagraph = token.kind === 'start' && token.name === 'p'
    }
    if (token.kind === 'end' && token.name === 'body') body = token.from
    if (token.kind === 'end' && token.name === 'html') root = token.from
    const found = hasMark && !isMarked && token.kind === 'text' && MARK.exec(html.slice(token.from, token.to))
    if (!found) continue
    if (!isInParagraph) return token.from + found.index
    isMarked = true
  }
  return (isMarked ? undefined : (body ?? root)) ?? html.length
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

/** Whether a paragraph that is open ends here without an end tag of its own. */
const closesParagraph = ({ kind, name }: Token): boolean =>
  (kind === 'start' || kind === 'end') && BLOCKS.has(name)

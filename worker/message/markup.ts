import { endOfName, endOfTag } from './tag.ts'

/** A piece of HTML: a tag, a comment, or text that is shown. `open` if it never ends, so that it hides what follows. */
export interface Token {
  kind: 'start' | 'end' | 'comment' | 'hidden' | 'text'
  /** The name of a tag, in lower case. */
  name: string
  from: number
  to: number
  isOpen: boolean
}

/** Elements whose content is text that is not shown, or not shown as text (HTML §13.2.5). */
const RAW = new Set([
  ...['title', 'style', 'script', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext'],
  ...['template', 'select'],
])

/**
 * Yields the pieces of HTML as a browser cuts them: what stands in a comment (conditional ones too), in an attribute or in a
 * style is no tag. Each character is looked at a fixed number of times.
 */
export function* tokensOf(html: string): Generator<Token> {
  const lower = asciiLower(html)
  let at = 0
  while (at < html.length) {
    const from = nextMarkup(html, at)
    if (from > at) yield { kind: 'text', name: '', from: at, to: from, isOpen: false }
    if (from === html.length) return
    const token = markupAt(lower, from)
    yield token
    at = token.to
    if (token.kind !== 'start' || !RAW.has(token.name) || token.isOpen) continue
    const end = endOfRaw(lower, at, token.name)
    yield { kind: 'hidden', name: token.name, from, to: end < 0 ? html.length : end, isOpen: end < 0 }
    at = end < 0 ? html.length : end
  }
}

/** Lower-cases ASCII alone: some letters change their length, and positions would no longer hold. */
const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** Returns where the next tag or comment begins; a `<` before anything else is text. */
function nextMarkup(html: string, at: number): number {
  for (let from = html.indexOf('<', at); from >= 0; from = html.indexOf('<', from + 1))
    if (/^<(?:[a-z!?]|\/[^>])/i.test(html.slice(from, from + 3))) return from
  return html.length
}

function markupAt(html: string, from: number): Token {
  const closes = html[from + 1] === '/'
  const nameAt = from + (closes ? 2 : 1)
  if (/[a-z]/.test(html[nameAt]!)) {
    const nameTo = endOfName(html, nameAt)
    const [name, end] = [html.slice(nameAt, nameTo), endOfTag(html, nameTo)]
    return { kind: closes ? 'end' : 'start', name, from, to: end < 0 ? html.length : end, isOpen: end < 0 }
  }
  const end = /^<!--/.test(html.slice(from, from + 4))
    ? endOfComment(html, from)
    : html.indexOf('>', from) + 1
  return { kind: 'comment', name: '', from, to: end || html.length, isOpen: end === 0 }
}

/** Returns where a comment ends; 0 where it does not. `<!-->` and `<!--->` are some, and `--!>` ends one too. */
function endOfComment(html: string, from: number): number {
  for (const at of [from + 2, from + 3]) if (html.startsWith('-->', at)) return at + 3
  // One search for both ends: looking for each in turn reads the rest again at every comment.
  const end = /--!?>/g
  end.lastIndex = from + 4
  return end.test(html) ? end.lastIndex : 0
}

/** Returns where the end tag of an element of text begins. */
function endOfRaw(html: string, from: number, name: string): number {
  if (name === 'plaintext') return -1
  const tag = `</${name}`
  for (let at = html.indexOf(tag, from); at >= 0; at = html.indexOf(tag, at + 1))
    if (/^[\s/>]/.test(html[at + tag.length] ?? '')) return at
  return -1
}

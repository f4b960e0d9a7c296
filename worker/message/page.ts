import { withoutEntities } from './entities.ts'
import { tokensOf } from './markup.ts'
import { hiddenBy, lookOf } from './style.ts'
import { attributesOf } from './tag.ts'

/** A link, with the text that shows it. */
export interface Link {
  url: string
  label: string
}

/** What a body of HTML is to its readers. */
export interface Page {
  /** What they see. */
  shown: string
  /** What was written for them: also what is hidden, as previews are, but no code. */
  prose: string
  /** What is shown as code. */
  code: string
  links: Link[]
  /** Links that nobody sees: hidden, without a text, or in a comment. */
  hidden: Link[]
  images: string[]
}

interface Tag {
  name: string
  attributes: Map<string, string>
}

interface Around {
  name: string
  gone: boolean
  unseen: boolean
  tiny: boolean
  isCode: boolean
  link?: (Link & { seen: boolean }) | undefined
}

const set = (names: string) => new Set(names.split(' '))
const VOID = set('area base br col embed hr img input link meta source track wbr')
const INLINE = set(
  'a b i u em strong span font small big sub sup code kbd samp s strike del ins abbr mark wbr tt o:p',
)
const CODE = set('code pre kbd samp')
/** A tag that ends what is still open of its kind, and where that search ends. */
const ENDS = new Map([
  ['li', { open: set('li'), within: set('ul ol') }],
  ['tr', { open: set('tr td th'), within: set('table') }],
  ['td', { open: set('td th'), within: set('tr table') }],
  ['th', { open: set('td th'), within: set('tr table') }],
])
/** How far up it looks for it: a mail of nothing but open tags would take minutes. */
const NEAR = 32
const ENDS_PARAGRAPH = set('p div table ul ol h1 h2 h3 h4 h5 h6 hr pre form center blockquote section footer')
/** A letter that takes up room. */
const SEEN = /[^\s\u00ad\u200b-\u200f\u2060\ufeff]/
const OUTSIDE: Around = { name: '', gone: false, unseen: false, tiny: false, isCode: false }

/** Reads HTML for what its readers see of it, in one pass: no mail takes longer than in proportion to its length. */
export function pageOf(html: string): Page {
  const page = pageIn(html)
  const { unread, ...said } = page
  return { ...said, hidden: [...said.hidden, ...pageIn(unread).links] }
}

function pageIn(html: string): Page & { unread: string } {
  const [shown, prose, code, unread]: string[][] = [[], [], [], []]
  const [links, images]: [(Link & { seen: boolean })[], string[]] = [[], []]
  const hiding = new Set<string>()
  const stack: Around[] = [OUTSIDE]
  const open = new Map<string, number>()
  const top = () => stack.at(-1)!
  const isSeen = ({ gone, unseen, tiny }: Around) => !gone && !unseen && !tiny

  function say(text: string): void {
    const around = top()
    if (isSeen(around)) {
      shown!.push(text)
      if (around.link) {
        around.link.label += text
        around.link.seen ||= SEEN.test(text)
      }
    }
    if (around.isCode) code!.push(text)
    else prose!.push(text)
  }
  function pop(): void {
    const { name } = stack.pop()!
    open.set(name, open.get(name)! - 1)
  }
  function close(name: string): void {
    if (!open.get(name)) return
    while (top().name !== name) pop()
    pop()
  }
  function begin(tag: Tag): void {
    if (ENDS_PARAGRAPH.has(tag.name) && top().name === 'p') pop()
    const ends = ENDS.get(tag.name)
    if (ends) {
      const near = stack.slice(-NEAR)
      const last = near.findLastIndex(({ name }) => ends.within.has(name) || ends.open.has(name))
      if (ends.open.has(near[last]?.name ?? '')) for (let i = last; i < near.length; i++) pop()
    }
    const inside = insideOf(tag, top(), hiding)
    const [href, src] = [tag.attributes.get('href')?.trim(), tag.attributes.get('src')?.trim()]
    if (href !== undefined && (tag.name === 'a' || tag.name === 'area')) {
      inside.link = { url: href, label: tag.attributes.get('alt') ?? '', seen: false }
      inside.link.seen = tag.name === 'area' && isSeen(inside)
      links.push(inside.link)
    }
    stack.push(inside)
    open.set(tag.name, (open.get(tag.name) ?? 0) + 1)
    if (tag.name === 'img') {
      if (src) images.push(src)
      if (inside.link && isSeen(inside))
        inside.link.seen ||= !/^[01]$/.test(tag.attributes.get('width') ?? '')
      if (tag.attributes.get('alt')) say(` ${tag.attributes.get('alt')} `)
    }
    if (VOID.has(tag.name)) pop()
  }

  let after = 0
  for (const { kind, name, from, to, isOpen } of tokensOf(html)) {
    // What is hidden begins with its tag, which was read before.
    const written = html.slice(Math.max(from, after), to)
    after = to
    if (kind === 'text') say(withoutEntities(written))
    else if (kind === 'hidden') {
      if (name === 'style') for (const one of hiddenBy(written)) hiding.add(one)
      else unread!.push(written)
    } else if (kind === 'comment') {
      // Outlook shows what stands in a comment that begins with a condition.
      if (/^<(?:!--\[if|\?)/.test(written)) prose!.push(withoutEntities(written.replace(/^<!--|-->$/g, '')))
      if (/^<!--/.test(written)) unread!.push(written.slice(4))
    } else if (!isOpen) {
      if (!INLINE.has(name)) say('\n')
      if (kind === 'end') close(name)
      else begin({ name, attributes: attributesOf(written) })
    }
  }
  return {
    shown: shown!.join(''),
    prose: prose!.join(''),
    code: code!.join(''),
    links: links.filter(({ seen }) => seen),
    hidden: links.filter(({ seen }) => !seen),
    images,
    unread: unread!.join('\n'),
  }
}

function insideOf({ name, attributes }: Tag, around: Around, hiding: Set<string>): Around {
  const look = lookOf(attributes.get('style') ?? '')
  const classes = (attributes.get('class') ?? '').split(/\s+/).map(one => `.${one}`)
  const names = [...classes, `#${attributes.get('id')}`].flatMap(one => [one, name + one])
  const byDefault = attributes.has('hidden') || names.some(one => hiding.has(one))
  return {
    name,
    gone: around.gone || look.gone || name === 'template' || (byDefault && look.display === undefined),
    unseen: look.unseen ?? around.unseen,
    tiny: look.tiny ?? around.tiny,
    isCode: around.isCode || CODE.has(name),
    link: around.link,
  }
}

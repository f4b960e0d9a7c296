import { createMarkdownProcessor, rehypeHeadingIds } from '@astrojs/markdown-remark'

/** A part of a document under one heading, as it is searched. */
export interface Section {
  heading: string
  /** 1 for the document, 2 for its parts, 3 for theirs. */
  level: number
  /** Its place in the page. */
  id: string
  text: string
}

/** A document as it is shown. */
export interface Rendered {
  title: string
  /** Its first paragraph. */
  lead: string
  html: string
  sections: Section[]
}

/** What the addresses in a document become. */
export interface Places {
  /** Returns where a link of the file leads to; undefined for what is in the repository alone. */
  link(href: string): string | undefined
  /** Returns the address of a picture beside the file. */
  image(src: string): string
  /** Origin of this Floe, in place of the demo's. */
  origin: string
}

/** A node of a page's tree, as far as it is looked into (hast). */
interface Node {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

const DEMO_ORIGIN = 'http://127.0.0.1:8787'
const HEADING = /^h[1-3]$/

/** Renders Markdown. Code is not coloured: that would need a style for each word, which the pages' policy forbids. */
export async function rendered(text: string, places: Places): Promise<Rendered> {
  const sections: Section[] = []
  let lead = ''
  const look = () => (tree: Node) => {
    placed(tree, places)
    for (const node of tree.children ?? []) {
      const words = textOf(node).replaceAll(/\s+/g, ' ').trim()
      if (HEADING.test(node.tagName ?? ''))
        sections.push({
          heading: words,
          level: Number(node.tagName!.slice(1)),
          id: String(node.properties!['id']),
          text: '',
        })
      else if (words !== '') sections.at(-1)!.text += `${words} `
      if (node.tagName === 'p') lead ||= words
    }
  }
  const processor = await createMarkdownProcessor({
    syntaxHighlight: false,
    smartypants: false,
    rehypePlugins: [rehypeHeadingIds, look],
  })
  const { code } = await processor.render(text)
  return { title: sections[0]!.heading, lead, html: code, sections }
}

const textOf = ({ value, tagName, children = [] }: Node): string =>
  value ?? children.map(textOf).join(tagName === 'tr' || tagName === 'table' ? ' ' : '')

/** Puts links, pictures, hosts and everything that may be wider than the page in their places. */
function placed(node: Node, places: Places): void {
  const { properties = {}, children = [] } = node
  if (node.type === 'text') node.value = node.value!.replaceAll(DEMO_ORIGIN, places.origin)
  if (node.tagName === 'pre') properties['tabIndex'] = 0
  if (node.tagName === 'img')
    Object.assign(properties, { src: places.image(String(properties['src'])), loading: 'lazy' })
  const href = properties['href']
  if (node.tagName === 'a' && typeof href === 'string' && !/^(?:https?:|#)/.test(href)) {
    const address = places.link(href)
    if (address !== undefined) properties['href'] = address
    else {
      node.tagName = 'span'
      delete properties['href']
    }
  }
  for (const [i, child] of children.entries()) {
    placed(child, places)
    if (child.tagName !== 'table') continue
    const scroll = { className: 'scroll', role: 'group', ariaLabel: 'Table', tabIndex: 0 }
    children[i] = { type: 'element', tagName: 'div', properties: scroll, children: [child] }
  }
}

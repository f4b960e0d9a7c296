import { type Rendered, rendered } from './markdown.ts'

/** A document, with the address of its page. */
export interface Document extends Rendered {
  path: string
}

/** Files of the repository that are pages, by their names from its root; alarms and decisions are found by their folders. */
const FILES = import.meta.glob<string>(
  ['/site/content/docs/**/*.md', '/client/README.md', '/db/README.md', '/CHANGELOG.md', '/SECURITY.md'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)
const PICTURES = import.meta.glob<string>(['/site/content/docs/*.svg', '/test/audit/contact-sheet.webp'], {
  query: '?url',
  import: 'default',
  eager: true,
})

const NAMED: Record<string, string> = {
  '/client/README.md': 'client/',
  '/db/README.md': 'database/',
  '/CHANGELOG.md': 'changes/',
  '/SECURITY.md': 'security/',
}

/** Returns the address of a file's page below /docs/; undefined where the site has none. */
const pathOf = (file: string): string | undefined =>
  file in FILES ? (NAMED[file] ?? file.replace('/site/content/docs/', '').replace(/\.md$/, '/')) : undefined

/** What stands before the documents, and in which order those do. Those of `FOLDERS` follow. */
const CHAPTERS: [string, string[]][] = [
  [
    'For senders',
    [
      'first-mail/',
      'senders/',
      'signup/',
      'moving/',
      'outage/',
      'webhooks/',
      'python/',
      'imports/',
      'leaving/',
      'findings/',
      'client/',
    ],
  ],
  ['For operators', ['deploy/', 'self-hosting/', 'watch/']],
  [
    'Trust',
    ['promises/', 'versions/', 'changes/', 'attackers/', 'security/', 'limits/', 'measured/', 'growth/'],
  ],
  ['How it is made', ['house/', 'database/']],
]

/** Chapters of all that is in a folder, by its names, and which the first page leaves out. */
const FOLDERS: [string, string][] = [
  ['Alarms', 'alarms/'],
  ['Decisions', 'decisions/'],
]

/** A chapter with its documents. */
export interface Chapter {
  title: string
  documents: Document[]
}

/** Each page asks for all chapters, and rendering them takes as long as a page. */
const made = new Map<string, Promise<Chapter[]>>()

/** Whether a chapter is of a folder. */
export const isFolder = ({ title }: Chapter): boolean => FOLDERS.some(([folder]) => folder === title)

/** Returns all documents by chapter, with `origin` as the host in their examples. Throws for one that no chapter has. */
export function chaptersOf(origin: string): Promise<Chapter[]> {
  const chapters = made.get(origin) ?? makeChapters(origin)
  made.set(origin, chapters)
  return chapters
}

async function makeChapters(origin: string): Promise<Chapter[]> {
  const all = await Promise.all(Object.entries(FILES).map(([file, text]) => documentOf(file, text, origin)))
  const byPath = new Map(all.map(document => [document.path, document]))
  const taken = (path: string): Document => {
    const document = byPath.get(path)
    if (!document) throw new Error(`no document has the address ${path}`)
    byPath.delete(path)
    return document
  }
  const chapters = CHAPTERS.map(([title, paths]) => ({ title, documents: paths.map(taken) }))
  for (const [title, folder] of FOLDERS) {
    const paths = [...byPath.keys()].filter(path => path.startsWith(folder)).sort()
    chapters.push({ title, documents: paths.map(taken) })
  }
  if (byPath.size > 0) throw new Error(`no chapter has ${[...byPath.keys()].join(', ')}`)
  return chapters
}

async function documentOf(file: string, text: string, origin: string): Promise<Document> {
  const near = (address: string) => new URL(address, `file://${file}`)
  const shown = await rendered(text, {
    origin,
    link(href) {
      if (href.startsWith('/')) return href
      const { pathname, hash } = near(href)
      const path = pathOf(pathname)
      return path === undefined ? undefined : `/docs/${path}${hash}`
    },
    image: src => PICTURES[near(src).pathname]!,
  })
  return { ...shown, path: pathOf(file)! }
}

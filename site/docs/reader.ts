import MiniSearch from 'minisearch'
import type { Entry } from './entries.ts'

/** What a browser adds to a document: the address it was opened at in the examples, and the search. Everything else is there without it. */
const docs = document.querySelector<HTMLElement>('.docs')!
const { origin: built } = docs.dataset
if (built !== undefined && built !== location.origin) {
  const texts = document.createTreeWalker(docs, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (text.nodeValue!.includes(built)) text.nodeValue = text.nodeValue!.replaceAll(built, location.origin)
}

/** The language of the examples stays chosen from visit to visit of this tab. */
for (const choice of Array.from(docs.querySelectorAll<HTMLInputElement>('[name=language]'))) {
  if (choice.value === sessionStorage.getItem('language')) choice.checked = true
  choice.addEventListener('change', () => sessionStorage.setItem('language', choice.value))
}

const MOST = 12
/** Documents for those who run or change Floe: what a sender looks for is rather in the others. */
const INWARD = /^\/docs\/(?:alarms|decisions|database|house|measured|growth|attackers|promises)\//
const AROUND = 80
const finder = document.querySelector<HTMLElement>('.finder')!
const input = finder.querySelector('input')!
const found = finder.querySelector('#found')!
let loading: Promise<MiniSearch<Entry>> | undefined
finder.hidden = false
input.addEventListener('focus', () => void index().catch(() => undefined))
input.addEventListener('input', () => void show(input.value.trim()))

/** Returns the index, which is loaded once; again where it could not be. */
function index(): Promise<MiniSearch<Entry>> {
  loading ??= load().catch(error => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<MiniSearch<Entry>> {
  const answer = await fetch('/docs/search.json')
  const search = new MiniSearch<Entry>({
    fields: ['heading', 'page', 'text'],
    storeFields: ['path', 'page', 'heading', 'text'],
    idField: 'path',
    searchOptions: {
      boost: { heading: 4, page: 2 },
      boostDocument: path => (INWARD.test(path) ? 0.4 : 1),
      prefix: term => term.length > 2,
      fuzzy: term => (term.length > 5 ? 0.15 : false),
      weights: { prefix: 0.3, fuzzy: 0.1 },
      combineWith: 'AND',
    },
  })
  const text = await answer.text()
  search.addAll(JSON.parse(built === undefined ? text : text.replaceAll(built, location.origin)))
  return search
}

async function show(words: string): Promise<void> {
  const search = await index().catch(() => undefined)
  if (words !== input.value.trim()) return
  if (!search) return found.replaceChildren(element('p', 'The search cannot be loaded.'))
  const all = words === '' ? [] : search.search(words)
  const results = all.slice(0, MOST)
  found.replaceChildren(
    ...(words === ''
      ? []
      : [
          element(
            'p',
            results.length === 0
              ? 'Nothing is found.'
              : `${all.length} found${all.length > MOST ? `; the first ${MOST}` : ''}`,
          ),
        ]),
    ...results.map(({ path, page, heading, text, terms }) => {
      const link = element('a', heading)
      link.setAttribute('href', path)
      const item = element('div', '')
      for (const part of [
        link,
        element('span', page === heading ? '' : page),
        element('span', around(text, terms)),
      ])
        item.appendChild(part)
      return item
    }),
  )
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** Returns the words around the first term that a text has. */
function around(text: string, terms: string[]): string {
  const places = terms.map(term => text.toLowerCase().indexOf(term)).filter(place => place >= 0)
  const from = text.lastIndexOf(' ', Math.max(Math.min(...places, text.length) - AROUND / 2, 0)) + 1
  const end = text.length > from + 2 * AROUND ? text.lastIndexOf(' ', from + 2 * AROUND) : text.length
  return `${from > 0 ? '… ' : ''}${text.slice(from, end)}${end < text.length ? ' …' : ''}`
}

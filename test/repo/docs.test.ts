import { describe, expect, test } from 'vitest'
import { FILES, textOf } from '../../local/source.ts'
import manifest from '../../package.json' with { type: 'json' }

const PAGES = FILES.filter(
  path =>
    /(^|\/)README\.md$/.test(path) ||
    /^(?:CONTRIBUTING|CHANGELOG|SECURITY)\.md$/.test(path) ||
    /^site\/content\/docs\/.*\.md$/.test(path),
)

/** Returns a path that is relative to a file's folder as one from the root. */
function fromRoot(page: string, link: string): string {
  const { pathname } = new URL(link, `file:///${page}`)
  return decodeURIComponent(pathname).replace(/^\//, '').replace(/\/$/, '')
}

const linksOf = (page: string): string[] =>
  [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter(link => !/^https?:/.test(link))

/** The places of a page that a link can lead to: its headings, as they are written in addresses, and its anchors. */
const anchorsOf = (page: string): string[] => [
  ...[...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  ),
  ...[...textOf(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!),
]

test('whoever is new reads at most 150 lines, and finds from there whatever else is written', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(150)
  const reached = new Set(['README.md'])
  for (const page of reached)
    for (const link of linksOf(page)) {
      const target = fromRoot(page, link)
      for (const path of PAGES) if (path === target || path.startsWith(`${target}/`)) reached.add(path)
    }
  const lost = PAGES.filter(path => path.startsWith('site/content/docs/') && !reached.has(path))
  expect(lost).toEqual([])
})

describe('what a page names is there:', () => {
  test.for(PAGES)('%s', page => {
    const broken = linksOf(page).filter(link => {
      const target = fromRoot(page, link)
      const there = FILES.some(path => path === target || path.startsWith(`${target}/`))
      const [, anchor] = link.split('#')
      return !there || (anchor !== undefined && !anchorsOf(target).includes(anchor))
    })
    expect(broken).toEqual([])
    const commands = [...textOf(page).matchAll(/\bnpm run (?:-s )?([\w:-]*\w)/g)].map(([, name]) => name!)
    expect(commands.filter(name => !(name in manifest.scripts))).toEqual([])
  })

  test('and a link that leads nowhere would be seen', () => {
    expect(FILES.includes(fromRoot('site/content/docs/deploy.md', '../../../db/README.md#migrations'))).toBe(
      true,
    )
    expect(anchorsOf('site/content/docs/deploy.md')).not.toContain('no-such-place')
  })
})

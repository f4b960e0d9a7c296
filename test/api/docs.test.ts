import { expect } from 'vitest'
import { CODES, typeOf } from '../../worker/http/problem.ts'
import { test, type World } from '../support/world.ts'

/** The paths of the documentation's pages, and those of all other public pages. */
async function pagesOf(world: World): Promise<{ docs: string[]; others: string[] }> {
  const sitemap = await (await world.fetch('/sitemap.xml')).text()
  const paths = [...sitemap.matchAll(/<loc>https?:\/\/[^/]+([^<]*)<\/loc>/g)].map(([, path]) => path!)
  return {
    docs: paths.filter(path => path.startsWith('/docs/')),
    others: paths.filter(path => !path.startsWith('/docs/')),
  }
}

/** Fetches a page, by one redirect at most. */
async function read(world: World, path: string): Promise<{ status: number; text: string }> {
  const first = await world.fetch(path)
  const { pathname } = new URL(first.headers.get('location') ?? path, world.url)
  const answer = first.status < 300 ? first : await world.fetch(pathname)
  return { status: answer.status, text: await answer.text() }
}

test('every problem leads to the page that explains its code', async ({ sharedWorld: world }) => {
  const refused = await world.call('/v1/check', {}, { key: 'floe_nonsense' })
  const { type, code } = (await refused.json()) as Record<string, string>
  expect([code, type]).toEqual(['key.invalid', '/docs/problems/key.invalid'])
  for (const each of CODES) {
    const { status, text } = await read(world, typeOf(each))
    expect([each, status, text.includes(`<h1><code>${each}</code></h1>`)]).toEqual([each, 200, true])
  }
})

test('every link of the documentation leads to a page of this Floe, and to a place in it', async ({
  sharedWorld: world,
}) => {
  const { docs } = await pagesOf(world)
  expect(docs.length).toBeGreaterThan(100)
  const texts = new Map<string, Promise<{ status: number; text: string }>>()
  const pageAt = (path: string) => {
    const page = texts.get(path) ?? read(world, path)
    texts.set(path, page)
    return page
  }
  const lost: string[] = []
  for (const path of docs) {
    const { status, text } = await pageAt(path)
    expect([path, status]).toEqual([path, 200])
    for (const [, href] of text.matchAll(/ href="([^"]+)"/g)) {
      const { origin, pathname, hash } = new URL(href!, `${world.url}${path}`)
      if (origin !== world.url) continue
      const target = await pageAt(pathname)
      const id = decodeURIComponent(hash.slice(1))
      if (target.status !== 200 || (id !== '' && !target.text.includes(` id="${id}"`)))
        lost.push(`${path} → ${href}`)
    }
  }
  expect(lost).toEqual([])
})

test('a script is allowed to the documentation alone, and it is of this origin', async ({
  sharedWorld: world,
}) => {
  const { docs, others } = await pagesOf(world)
  for (const path of [...docs, ...others]) {
    const answer = await world.fetch(path)
    const policy = answer.headers.get('content-security-policy')!
    const scripts = [...(await answer.text()).matchAll(/<script[^>]*>/g)].map(([tag]) => tag)
    if (path.startsWith('/docs/')) {
      expect(policy, path).toMatch(/^default-src 'none';.*; script-src 'self'$/)
      expect(scripts, path).toEqual([
        expect.stringMatching(/^<script type="module" src="\/_assets\/[\w.-]+">$/),
      ])
    } else expect([path, policy.includes('script-src'), scripts]).toEqual([path, false, []])
  }
})

test('what the search looks through names pages that are there, and holds no page twice', async ({
  sharedWorld: world,
}) => {
  const entries = (await (await world.fetch('/docs/search.json')).json()) as {
    path: string
    heading: string
  }[]
  expect(entries.length).toBeGreaterThan(200)
  expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length)
  for (const path of new Set(entries.map(({ path }) => path.split('#')[0]!)))
    expect([path, (await read(world, path)).status]).toEqual([path, 200])
})

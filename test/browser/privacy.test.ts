import { brotliCompressSync } from 'node:zlib'
import { expect } from 'vitest'
import { ADA, at, press, testSeeing } from './pages.ts'

const WEIGHT_MAX_BYTES = 20_000

const test = testSeeing({
  elsewhere({ page, requests }) {
    if (requests.length === 0) return ['nothing was asked for']
    const { origin } = new URL(page.url())
    return requests.flatMap(request => [
      ...(request.url().startsWith(`${origin}/`) ? [] : [request.url()]),
      ...(request.failure() ? [`failed: ${request.url()}`] : []),
    ])
  },
  async cookies({ page, requests }) {
    const answers = await Promise.all(requests.map(request => request.response()))
    return [
      ...answers.filter(answer => answer && 'set-cookie' in answer.headers()).map(answer => answer!.url()),
      ...(await page.context().cookies()).map(cookie => cookie.name),
    ]
  },
  kept: ({ page }) =>
    page.evaluate<string[]>(`(async () => [
      ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys()),
      ...(await indexedDB.databases()).map(one => one.name),
      ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
    ])()`),
  scripts: ({ page }) =>
    page.evaluate<string[]>(`[...document.querySelectorAll('*')]
      .filter(one => /^(script|style|iframe|object|embed|base)$/.test(one.localName) ||
        one.getAttributeNames().some(name => name.startsWith('on') || name === 'style') ||
        /^(javascript|data):/.test(one.getAttribute('href') ?? one.getAttribute('src') ?? ''))
      .map(one => one.outerHTML)`),
  policies: ({ answer, complaints }) => [
    answer.headers()['content-security-policy'] ?? 'none',
    ...complaints,
  ],
  plain: ({ page, html }) => `${page.url()} ${html}`.match(/[\w.+%-]+(?:@|%40|&#64;)[\w.-]+|ada\b/gi) ?? [],
  masked: ({ html }) => (html.includes('a•••@e••••••.com') ? ['yes'] : []),
  async unguarded({ page, answer }) {
    const headers = answer.headers()
    return [
      ...(headers['x-robots-tag'] === 'noindex, nofollow' ? [] : ['no x-robots-tag']),
      ...((await page.locator('meta[name=robots][content=noindex]').count()) === 1 ? [] : ['no meta robots']),
      ...(/^(no-store|private, no-cache)$/.test(headers['cache-control'] ?? '') ? [] : ['may be kept']),
      ...(headers['referrer-policy'] === 'no-referrer' ? [] : ['tells its address']),
    ]
  },
  async heavy({ page, html }) {
    const files = await page.evaluate<string[]>(
      "[...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], [src]')].map(one => one.href ?? one.src)",
    )
    if (files.length < 2) return ['loads less than there is']
    const sizes = await Promise.all(files.map(weightOf))
    const bytes = sizes.reduce((sum, size) => sum + size, brotliCompressSync(html).length)
    return bytes < WEIGHT_MAX_BYTES ? [] : [`${bytes}`]
  },
})

const weights = new Map<string, Promise<number>>()

/** Returns how heavy a file is on its way. */
function weightOf(url: string): Promise<number> {
  const { pathname } = new URL(url)
  const known = weights.get(pathname) ?? weigh(url)
  weights.set(pathname, known)
  return known
}

async function weigh(url: string): Promise<number> {
  return brotliCompressSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length
}

test('every page asks only the origin it came from, and only for what is there', ({ seen }) => {
  expect(seen.elsewhere).toEqual({})
})

test('no page sets a cookie or keeps anything in the browser', ({ seen }) => {
  expect([seen.kept, seen.cookies]).toEqual([{}, {}])
})

test('no page has a script, a handler, a frame or a style of its own', ({ seen }) => {
  expect(seen.scripts).toEqual({})
})

test('every page forbids scripts, frames and other origins, and no browser has to complain', ({ seen }) => {
  const strict =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  const { 'the front page': front, ...others } = seen.policies
  expect(front).toEqual([`${strict}; connect-src 'self'`])
  expect(new Set(Object.values(others).map(lines => lines.join('\n')))).toEqual(new Set([strict]))
})

test('a script that got into a page all the same would not run', async ({ sharedWorld: world, visit }) => {
  const page = await visit(at(world, (await world.links(ADA)).unsubscribeUrl))
  const ran = await page.evaluate(`(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.ran = true'
    document.body.append(script)
    document.body.setAttribute('onclick', 'globalThis.ran = true')
    document.body.click()
    return globalThis.ran
  })()`)
  expect(ran).toBeUndefined()
})

test('an address is shown masked, and stands nowhere in any page or its links', ({ seen }) => {
  expect(seen.plain).toEqual({})
  expect(Object.keys(seen.masked)).toEqual(expect.arrayContaining(['unsubscribe', 'preferences']))
})

test('no search engine keeps a page of a recipient, and no shared cache does', ({ seen }) => {
  expect(Object.keys(seen.unguarded)).toEqual(['the front page'])
})

test('a link followed or a form sent from a page does not tell where it came from', async ({
  world,
  visit,
}) => {
  const page = await visit(at(world, (await world.links(ADA)).unsubscribeUrl))
  const told: string[] = []
  page.on('request', request => {
    const { referer } = request.headers()
    if (referer) told.push(`${request.url()} from ${referer}`)
  })
  await press(page, 'Unsubscribe')
  await page.getByRole('link', { name: 'Choose what you still get' }).click()
  await page.waitForURL('**/p/*')
  expect(told).toEqual([])
})

test('every page, with all it loads, is lighter than 20,000 bytes on its way', ({ seen }) => {
  expect(seen.heavy).toEqual({})
})

import { brotliCompressSync } from 'node:zlib'
import type { Page, Response } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ADA, at, onEveryPage, press } from './pages.ts'

/** Keeps the newest answer that became a page. */
function documents(page: Page): { newest: Response } {
  const kept = {} as { newest: Response }
  page.on('response', answer => {
    if (answer.request().isNavigationRequest() && answer.status() !== 303) kept.newest = answer
  })
  return kept
}

test('every page asks only the origin it came from, and only for what is there', async ({ world, visit }) => {
  const page = await visit('about:blank')
  const asked: string[] = []
  page.context().on('request', request => asked.push(request.url()))
  page.context().on('requestfailed', request => asked.push(`failed: ${request.url()}`))
  const elsewhere = await onEveryPage(world, page, async () => {
    expect(asked).not.toEqual([])
    return asked.splice(0).filter(url => !url.startsWith(`${world.url}/`))
  })
  expect(elsewhere).toEqual({})
})

test('no page sets a cookie or keeps anything in the browser', async ({ world, visit }) => {
  const page = await visit('about:blank')
  const cookies: string[] = []
  page.context().on('response', async answer => {
    if ('set-cookie' in answer.headers()) cookies.push(answer.url())
  })
  const kept = await onEveryPage(world, page, async () => [
    ...(await page.context().cookies()).map(cookie => `cookie ${cookie.name}`),
    ...(await page.evaluate<string[]>(`(async () => [
      ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys()),
      ...(await indexedDB.databases()).map(one => one.name),
      ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
    ])()`)),
  ])
  expect([kept, cookies]).toEqual([{}, []])
})

test('no page has a script, a handler, a frame or a style of its own', async ({ world, visit }) => {
  const page = await visit('about:blank')
  const scripts = await onEveryPage(world, page, () =>
    page.evaluate<string[]>(`[...document.querySelectorAll('*')]
      .filter(one => /^(script|style|iframe|object|embed|base)$/.test(one.localName) ||
        one.getAttributeNames().some(name => name.startsWith('on') || name === 'style') ||
        /^(javascript|data):/.test(one.getAttribute('href') ?? one.getAttribute('src') ?? ''))
      .map(one => one.outerHTML)`),
  )
  expect(scripts).toEqual({})
})

test('every page forbids scripts, frames and other origins, and no browser has to complain', async ({
  world,
  visit,
}) => {
  const page = await visit('about:blank')
  const document = documents(page)
  const complaints: string[] = []
  page.context().on('weberror', ({ error }) => void complaints.push(String(error())))
  page.context().on('console', message => {
    // That a page itself is a 404 or a 503 is what it is there to say.
    const said = message.text().startsWith('Failed to load') && message.location().url === page.url()
    if (!said) complaints.push(message.text())
  })
  const policies = await onEveryPage(world, page, async () => [
    document.newest.headers()['content-security-policy'] ?? 'none',
    ...complaints.splice(0),
  ])
  const strict =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  const { 'the front page': front, ...others } = policies
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

test('an address is shown masked, and stands nowhere in any page or its links', async ({ world, visit }) => {
  const page = await visit('about:blank')
  const document = documents(page)
  const masked: string[] = []
  const plain = await onEveryPage(world, page, async (_, name) => {
    const html = await document.newest.text()
    if (html.includes('a•••@e••••••.com')) masked.push(name)
    const found = `${page.url()} ${html}`.match(/[\w.+%-]+(?:@|%40|&#64;)[\w.-]+|ada\b/gi) ?? []
    return [...found]
  })
  expect(plain).toEqual({})
  expect(masked).toContain('unsubscribe')
  expect(masked).toContain('preferences')
})

test('no search engine keeps a page of a recipient, and no shared cache does', async ({ world, visit }) => {
  const page = await visit('about:blank')
  const document = documents(page)
  const unguarded = await onEveryPage(world, page, async () => {
    const headers = document.newest.headers()
    return [
      ...(headers['x-robots-tag'] === 'noindex, nofollow' ? [] : ['no x-robots-tag']),
      ...((await page.locator('meta[name=robots][content=noindex]').count()) === 1 ? [] : ['no meta robots']),
      ...(/^(no-store|private, no-cache)$/.test(headers['cache-control'] ?? '') ? [] : ['may be kept']),
      ...(headers['referrer-policy'] === 'no-referrer' ? [] : ['tells its address']),
    ]
  })
  expect(Object.keys(unguarded)).toEqual(['the front page'])
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

test('every page, with all it loads, is lighter than 20,000 octets on its way', async ({ world, visit }) => {
  const page = await visit('about:blank')
  const document = documents(page)
  const heavy = await onEveryPage(world, page, async () => {
    const weight = (file: ArrayBuffer | Buffer) => brotliCompressSync(Buffer.from(file as ArrayBuffer)).length
    const own = weight(await document.newest.body())
    const files = await page.evaluate<string[]>(
      "[...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], [src]')].map(one => one.href ?? one.src)",
    )
    expect(files.length).toBeGreaterThanOrEqual(2)
    const sizes = files.map(async file => weight(await (await fetch(file)).arrayBuffer()))
    const octets = (await Promise.all(sizes)).reduce((sum, size) => sum + size, own)
    return octets < 20_000 ? [] : [`${octets}`]
  })
  expect(heavy).toEqual({})
})

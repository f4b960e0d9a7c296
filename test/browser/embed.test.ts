import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import type { World } from '../support/world.ts'
import { ADA, at } from './pages.ts'

const ACCOUNT = 'https://account.north.example'
const EVIL = 'https://evil.example'

const allow = (world: World, origins = ACCOUNT) =>
  world.update('workspace', 'embedded_in = ?', [origins], "name = 'north'")

/** Leads to a page of `origin` that shows `url` in a frame. Nothing of either leaves this machine. */
async function framed(world: World, page: Page, origin: string, url: string): Promise<Page> {
  await page.context().route(`${origin}/**`, route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Account</title><iframe src="${at(world, url)}" width="360" height="740"></iframe>`,
    }),
  )
  await page.goto(`${origin}/`)
  return page
}

const headings = async (page: Page): Promise<string[]> => {
  const found: string[] = []
  for (const frame of page.frames().slice(1)) found.push(...(await frame.locator('h1').allInnerTexts()))
  return found
}

test('a preference center stands in a frame of the sender’s own site, and works there', async ({
  world,
  visit,
}) => {
  await allow(world)
  const { preferencesUrl } = await world.links(ADA)
  const page = await visit('about:blank')
  await framed(world, page, ACCOUNT, preferencesUrl)
  const frame = page.frameLocator('iframe')
  expect(await frame.locator('h1').innerText()).toBe('Email preferences')
  await frame.getByLabel('News').uncheck()
  await frame.getByRole('button', { name: 'Save changes' }).click()
  expect(await frame.getByRole('status').first().innerText()).toContain('You will no longer get: News')
  expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
})

test('anybody else’s frame stays empty', async ({ world, visit }) => {
  await allow(world)
  const { preferencesUrl } = await world.links(ADA)
  const page = await visit('about:blank')
  for (const origin of [EVIL, 'https://north.example', 'http://account.north.example', `${ACCOUNT}:8443`])
    expect(await headings(await framed(world, page, origin, preferencesUrl)), origin).toEqual([])
})

test('what asks for more than less mail is framed by nobody, the sender’s own site included', async ({
  world,
  visit,
}) => {
  await allow(world)
  const { preferencesUrl, unsubscribeUrl } = await world.links(ADA)
  const page = await visit('about:blank')
  for (const url of [`${preferencesUrl}/access`, unsubscribeUrl, world.url])
    expect(await headings(await framed(world, page, ACCOUNT, url)), url).toEqual([])
  await framed(world, page, ACCOUNT, preferencesUrl)
  // The way to the data leads out of the frame.
  await page.frameLocator('iframe').locator('a[href$="/access"]').click()
  await page.waitForURL(at(world, `${preferencesUrl}/access`))
  expect(page.frames()).toHaveLength(1)
})

test('only the workspace that names the origin is framed there', async ({ world, visit }) => {
  await allow(world)
  const page = await visit('about:blank')
  const others = { [world.otherApiKey]: 'weekly', [world.siblingApiKey]: 'news' }
  for (const [key, topic] of Object.entries(others)) {
    const answer = await world.call('/v1/links', { topic, recipients: [ADA] }, { key })
    const { links } = (await answer.json()) as { links: [{ preferencesUrl: string }] }
    expect(await headings(await framed(world, page, ACCOUNT, links[0].preferencesUrl)), topic).toEqual([])
  }
})

test('a program’s answer, a preview and a link that is none are framed by nobody', async ({ world }) => {
  await allow(world)
  const { preferencesUrl } = await world.links(ADA)
  const policy = async (path: string, headers = {}) =>
    (await world.fetch(path, { headers })).headers.get('content-security-policy')
  expect(await policy(preferencesUrl)).toMatch(/; frame-ancestors https:\/\/account\.north\.example$/)
  for (const path of [preferencesUrl.slice(0, -1), `${preferencesUrl}/access`])
    expect(await policy(path)).toMatch(/; frame-ancestors 'none'$/)
  expect(await policy(preferencesUrl, { accept: 'application/json' })).toMatch(/; frame-ancestors 'none'$/)
})

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { faultsOfHtml, LAB, LIGHT_AND_DARK, violationsIn } from './faults.ts'
import { heading } from './pages.ts'

const PAGES = [
  '',
  'senders/',
  'api/',
  'problems/',
  'problems/key.forbidden/',
  'growth/',
  'decisions/0006-a-journal-in-the-lane/',
]
const DESKTOP = { viewport: { width: 1280, height: 900 } }

/** Types into the search, and waits until what it finds first leads to a path. */
async function find(page: Page, words: string, path: string): Promise<void> {
  await page.getByLabel('Search the documentation').fill(words)
  const first = () => page.locator('#found').evaluate(found => found.querySelector('a')?.getAttribute('href'))
  await expect.poll(first, { timeout: 10_000, message: words }).toContain(path)
}

test('every kind of page of the documentation is for everybody, on a phone and at a desk', async ({
  sharedWorld: world,
  visit,
}) => {
  const page = await visit('about:blank', LAB)
  for (const path of PAGES) {
    const answer = await page.goto(`${world.url}/docs/${path}`)
    expect([path, await faultsOfHtml(await answer!.text())]).toEqual([path, []])
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      expect([path, width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
        path,
        width,
        width,
      ])
    }
    expect([path, await violationsIn(LIGHT_AND_DARK, page)]).toEqual([path, []])
  }
})

test('the search finds parts, calls and problems, offline too, and asks nobody else', async ({
  sharedWorld: world,
  visit,
}) => {
  const page = await visit(`${world.url}/docs/`, DESKTOP)
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).origin))
  const problem = '/docs/problems/key.forbidden/'
  await find(page, 'key.forbidden', problem)
  await page.context().setOffline(true)
  await find(page, 'Ask which recipients may be mailed', '/docs/api/#checkAddresses')
  await find(page, 'journal in the lane', '/docs/decisions/0006-a-journal-in-the-lane/')
  await page.getByLabel('Search the documentation').fill('zzzz')
  await page.getByText('Nothing is found.').waitFor()
  expect([...new Set(asked)]).toEqual([world.url])
  await page.context().setOffline(false)
  await find(page, 'key.forbidden', problem)
  await page.locator('#found a').first().click()
  expect(await heading(page)).toBe('key.forbidden')
})

test('examples name the host that they are read on, in the language that was chosen', async ({
  sharedWorld: world,
  visit,
}) => {
  const page = await visit(`${world.url}/docs/api/`, DESKTOP)
  const shown = () =>
    page
      .locator('#checkAddresses .example')
      .filter({ hasText: 'Request with' })
      .filter({ visible: true })
      .allInnerTexts()
  expect(await shown()).toEqual([expect.stringContaining(`curl -X POST ${world.url}/v1/check`)])
  await page.getByLabel('Python').check()
  expect(await shown()).toEqual([expect.stringContaining(`'${world.url}/v1/check'`)])
  expect(await page.content()).not.toContain('https://floe.example.com/v1')
  await page.reload()
  expect(await page.getByLabel('Python').isChecked()).toBe(true)
})

test('without scripts everything is there but the search', async ({ sharedWorld: world, visit }) => {
  const page = await visit(`${world.url}/docs/senders/`, { ...DESKTOP, javaScriptEnabled: false })
  expect(await heading(page)).toBe('The manual for senders')
  expect(await page.getByLabel('Search the documentation').isVisible()).toBe(false)
  await page.getByRole('link', { name: 'Problems' }).click()
  expect(await heading(page)).toBe('Problems')
})

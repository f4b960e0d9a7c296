import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ADA, at, heading, press } from './pages.ts'

/** Opens an address and returns its status. */
const statusOf = async (page: Page, url: string) => (await page.goto(url))!.status()

const forged: [what: string, forge: (path: string) => string][] = [
  ['made up', path => `${path.slice(0, 3)}${'A'.repeat(39)}`],
  ['cut in two by a mail program', path => path.slice(0, 24)],
  ['changed in one letter', path => path.slice(0, 20) + (path[20] === 'A' ? 'B' : 'A') + path.slice(21)],
  ['of the other kind of page', path => (path.startsWith('/u/') ? '/p/' : '/u/') + path.slice(3)],
]

test.for(forged)(
  'a link %s is told not to work, with 404 and what to do',
  async ([, forge], { sharedWorld: world, visit }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    const page = await visit('about:blank')
    for (const link of [unsubscribeUrl, preferencesUrl]) {
      const path = forge(new URL(link).pathname)
      const status = await world.writesNothing(() => statusOf(page, at(world, path)))
      expect([status, await heading(page)]).toEqual([404, 'This link does not work'])
      expect(await page.locator('main').innerText()).toContain('Nothing was changed.')
      expect(await page.locator('form').count()).toBe(0)
      expect(await page.content()).not.toContain('•••')
    }
  },
)

test('while the database is away, each page says so with 503 and leads back to itself', async ({
  ownWorld: world,
  visit,
}) => {
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
  const page = await visit('about:blank', { javaScriptEnabled: false })
  await world.database.stop()
  for (const link of [unsubscribeUrl, preferencesUrl]) {
    const url = at(world, link)
    expect([await statusOf(page, url), await heading(page)]).toEqual([503, 'That did not work just now'])
    await page.getByRole('link', { name: 'Try again' }).click()
    expect([page.url(), await heading(page)]).toEqual([url, 'That did not work just now'])
  }
})

test('a press while the database is away is not called done, and leads back to the button', async ({
  ownWorld: world,
  visit,
}) => {
  const url = at(world, (await world.links(ADA)).unsubscribeUrl)
  const page = await visit(url, { javaScriptEnabled: false })
  await world.database.stop()
  await press(page, 'Unsubscribe')
  expect(await heading(page)).toBe('That did not work just now')
  expect(await page.locator('main').innerText()).toContain('do not count anything as done')
  await page.getByRole('link', { name: 'Try again' }).click()
  expect(page.url()).toBe(url)
})

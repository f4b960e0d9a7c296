import { describe, expect } from 'vitest'
import { directionOf, LOCALES } from '../../core/locale.ts'
import { wordsOf } from '../../site/locales/dictionary.ts'
import { test } from '../support/browser.ts'
import type { World } from '../support/world.ts'
import { BOB } from './confirmation.ts'
import { faultsOfHtml, LAB, THEMES, violationsIn } from './faults.ts'
import { at, heading, press } from './pages.ts'

/** Makes a sign-up form of the demo's workspace. */
async function form(world: World, more: object = {}): Promise<{ url: string; html: string }> {
  const answer = await world.call('/v1/forms', {
    name: 'Footer',
    topics: ['news', 'offers'],
    notice: { name: 'privacy', version: '1' },
    wording: 'Yes, send me the news.',
    pageUrl: 'https://north.example/',
    locale: 'en',
    ...more,
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as { url: string; html: string }
}

test('a form that was pasted into a page of another site asks whoever fills it in to confirm, without a script', async ({
  mailing: { world, mail },
  visit,
}) => {
  const { html, url } = await form(world)
  const page = await visit('about:blank', { javaScriptEnabled: false })
  await page.setContent(html.replace(url, at(world, url)))
  await page.getByLabel('Your email address').fill(BOB)
  await page.getByLabel('Offers').check()
  await press(page, 'Sign up')
  expect(await heading(page)).toBe('Look into your inbox')
  expect(await page.locator('.topics').innerText()).toContain('Offers')
  const [confirmation] = await mail.received(1)
  expect(confirmation!.to).toBe(BOB)
  expect(confirmation!.text).toContain('* Offers')
  expect(confirmation!.text).not.toContain('* News')
})

test('a form that is refused is shown as it was filled in, and goes through once it is right', async ({
  mailing: { world, mail },
  visit,
}) => {
  const page = await visit(at(world, (await form(world)).url))
  await page.getByLabel('Your email address').fill(BOB)
  await press(page, 'Sign up')
  expect(await page.getByRole('alert').innerText()).toBe('Please choose at least one.')
  await page.getByRole('checkbox', { name: 'News' }).check()
  await press(page, 'Sign up')
  expect(await heading(page)).toBe('Look into your inbox')
  expect((await mail.received(1))[0]!.to).toBe(BOB)
})

describe('the page of a form', () => {
  test('is written for its reader, and for everybody, in each language', async ({
    mailing: { world },
    visit,
  }) => {
    const page = await visit('about:blank', { viewport: { width: 320, height: 640 } })
    const lab = await visit(`${world.url}/robots.txt`, LAB)
    const faults: string[] = []
    for (const locale of LOCALES) {
      const { url } = await form(world, { locale })
      const answer = (await page.goto(at(world, url)))!
      const html = await answer.text()
      expect(html).toContain(`<html lang="${locale}" dir="${directionOf(locale)}">`)
      expect(html).not.toMatch(/\{\w+\}|data-(?:text|fill|if|href|action|value|html)/)
      expect(html.length).toBeLessThan(20_000)
      expect(await page.getByRole('button').innerText()).toBe(wordsOf('signup', locale).runtime.send)
      expect(await page.evaluate('document.documentElement.scrollWidth'), locale).toBe(320)
      faults.push(...(await faultsOfHtml(html)))
      await lab.setContent(html)
      faults.push(...(await violationsIn(THEMES, lab)))
    }
    expect(faults).toEqual([])
  })
})

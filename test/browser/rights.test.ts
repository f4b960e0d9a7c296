import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import type { Mailing } from '../support/mail.ts'
import { ADA, at, heading, press } from './pages.ts'

/** Goes from the preference center to the opened data, as its owner does: types the address, opens the mail, presses the button. */
async function open({ world, mail }: Mailing, page: Page): Promise<void> {
  await page.goto(at(world, (await world.links(ADA)).preferencesUrl))
  await page.getByRole('link', { name: 'See, correct or erase your data' }).click()
  await page.getByLabel('Your e-mail address').fill(ADA)
  await press(page, 'Send me the link')
  expect(await heading(page)).toBe('Look into your mail')
  const [access] = await mail.received(1)
  expect(access!.source.toString()).not.toMatch(/^List-Unsubscribe/im)
  await page.setContent(access!.html)
  const href = await page.getByRole('link', { name: 'Open my data' }).getAttribute('href')
  await page.goto(at(world, href!))
  expect(await heading(page)).toBe('Open your data?')
  await press(page, 'Open my data')
  expect(await heading(page)).toBe('What is kept about you')
}

describe('without scripts', () => {
  test('from the preference center to the mail, to everything that is held, away with it, and erased', async ({
    mailing,
    visit,
  }) => {
    const { world } = mailing
    const page = await visit('about:blank', { javaScriptEnabled: false })
    await open(mailing, page)
    expect(await page.getByText(ADA).first().isVisible()).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'For programs (JSON)' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('your-data.json')
    const taken = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(taken).toMatchObject({ format: 'floe.your-data.v1', address: ADA })

    await press(page, 'Restrict it')
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'restricted' })
    await press(page, 'Lift the restriction')
    expect(await world.check(ADA)).toMatchObject({ decision: 'allow' })

    await press(page, 'On to erasing')
    expect(await heading(page)).toBe('Erase your data?')
    expect(await world.check(ADA)).toMatchObject({ decision: 'allow' })
    await press(page, 'Erase everything now')
    expect(await heading(page)).toBe('Your data is erased')
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.sql('SELECT count(*) FROM address')).toEqual([[0]])
    expect(page.url()).not.toContain('eyJ')
    expect(await page.context().cookies()).toEqual([])
  })
})

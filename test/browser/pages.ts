import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Locale } from '../../worker/core/locale.ts'
import { request } from '../support/consent.ts'
import type { World } from '../support/world.ts'
import { said } from './say.ts'

/** The recipient whose address the demo keeps, so that their pages show it masked. */
export const ADA = 'ada@example.com'

const BOB = 'bob@example.com'

/** Returns where a link that Floe minted leads in this world. */
export const at = (world: World, link: string): string => world.url + new URL(link, world.url).pathname

/** Presses the button of that name and waits for the page it leads to. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.waitForLoadState()
}

/** Returns what a page says it is. */
export const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText()

interface Way {
  page: Page
  locale: Locale
  /** Presses a button or follows a link that an English reader knows by that name. */
  press(name: string | RegExp): Promise<void>
  follow(name: string | RegExp): Promise<void>
  world: World
  unsubscribeUrl: string
  preferencesUrl: string
}

/** Every page a recipient meets, the heading it is known by, and the step that leads there from the page before. */
const JOURNEY: [name: string, title: string, step: (way: Way) => Promise<unknown>][] = [
  [
    'the front page',
    'Your word about mail, kept',
    ({ page, world, locale }) => page.goto(at(world, locale === 'en' ? '/' : `/${locale.toLowerCase()}/`)),
  ],
  ['no such page', 'There is no such page', ({ page, world }) => page.goto(at(world, '/nowhere'))],
  [
    'a forged link',
    'This link does not work',
    ({ page, world }) => page.goto(at(world, `/u/${'A'.repeat(39)}`)),
  ],
  ['unsubscribe', 'Unsubscribe from News?', ({ page, unsubscribeUrl }) => page.goto(unsubscribeUrl)],
  ['unsubscribed', 'You are unsubscribed', ({ press }) => press('Unsubscribe')],
  ['unsubscribed, reloaded', 'You were already unsubscribed', ({ page }) => page.reload()],
  [
    'already unsubscribed',
    'You are already unsubscribed',
    ({ page, unsubscribeUrl }) => page.goto(unsubscribeUrl),
  ],
  ['all mail stopped', 'All mail is stopped', ({ press }) => press(/^Stop all mail/)],
  ['undone', 'Undone', ({ press }) => press('Undo')],
  ['preferences', 'What North & Co. may send you', ({ page, preferencesUrl }) => page.goto(preferencesUrl)],
  ['preferences, paused', 'What North & Co. may send you', ({ press }) => press('Pause')],
  ['preferences, all off', 'What North & Co. may send you', ({ press }) => press('Stop everything')],
  [
    'to be confirmed',
    'Shall North & Co. write to you?',
    async ({ page, world, locale }) =>
      page.goto(at(world, (await request(world, BOB, { locale })).confirmation.confirmUrl)),
  ],
  ['to be refused', 'Was this not you?', ({ page }) => page.goto(`${page.url()}/cancel`)],
  [
    'confirmed',
    'You are subscribed',
    async ({ press, follow }) => {
      await follow(/^It was me/)
      await press('Yes, send me this mail')
    },
  ],
  ['confirmed, reloaded', 'You have already confirmed', ({ page }) => page.reload()],
  ['taken back', 'You have unsubscribed', ({ press }) => press('Take it back')],
  [
    'refused',
    'You are not subscribed',
    async ({ page, world, locale, press }) => {
      await page.goto(at(world, (await request(world, BOB, { locale })).confirmation.confirmUrl))
      await press('This was not me')
    },
  ],
  [
    'run out',
    'This link has run out',
    async ({ page, world, locale }) => {
      const { confirmation } = await request(world, 'cleo@example.com', { locale })
      await world.sql('UPDATE subscription_request SET requested_at = requested_at - 7 * 86400000')
      await page.goto(at(world, confirmation.confirmUrl))
    },
  ],
  [
    'the database away',
    'That did not work just now',
    async ({ page, world, unsubscribeUrl }) => {
      await world.database.stop()
      await page.goto(unsubscribeUrl)
    },
  ],
]

/**
 * Leads through every page of a recipient, in the language the page's browser asks for, and returns, by page, what `look` found
 * there; pages with nothing are left out.
 */
export async function onEveryPage(
  world: World,
  page: Page,
  look: (page: Page, name: string) => Promise<string[]>,
  locale: Locale = 'en',
): Promise<Record<string, string[]>> {
  const links = await world.links(ADA)
  const way: Way = {
    page,
    locale,
    world,
    press: name => press(page, said(locale, name)),
    async follow(name) {
      await page.getByRole('link', { name: said(locale, name) }).click()
      await page.waitForLoadState()
    },
    unsubscribeUrl: at(world, links.unsubscribeUrl),
    preferencesUrl: at(world, links.preferencesUrl),
  }
  const found: [string, string[]][] = []
  for (const [name, title, step] of JOURNEY) {
    await step(way)
    expect(await heading(page), name).toMatch(said(locale, title))
    if (locale === 'en') expect(await heading(page), name).toBe(title)
    found.push([name, await look(page, name)])
  }
  return Object.fromEntries(found.filter(([, things]) => things.length > 0))
}

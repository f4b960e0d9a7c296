import type { BrowserContextOptions, Page, Request, Response } from 'playwright-core'
import { expect } from 'vitest'
import type { Locale } from '../../core/locale.ts'
import { test as browserTest, PHONE } from '../support/browser.ts'
import { request } from '../support/consent.ts'
import type { World } from '../support/world.ts'
import { LAB } from './faults.ts'
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

/** Chooses a language for good, in the menu at the top of a page. */
export async function chooseLanguage(page: Page, locale: Locale): Promise<void> {
  await page.locator('.language-menu summary').click()
  await page.locator(`button[value="language ${locale}"]`).click()
  await page.waitForLoadState()
}

/** Presses a button twice at once, for which a browser gives its first request up, and waits for the page it leads to. */
export async function pressTwice(page: Page, name: string, leadsTo: RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).dblclick()
  await expect.poll(() => page.url()).toMatch(leadsTo)
  await page.waitForLoadState()
}

/** Returns what a page says it is. */
export const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText()

/** A page on the way of a walk. */
export interface Sight {
  name: string
  page: Page
  /** The answer that became the page, and its HTML. */
  answer: Response
  html: string
  /** What was asked for since the page before. */
  requests: Request[]
  /** What the browser had to complain of since then. */
  complaints: string[]
  /** Shows the page as it was sent where axe is at hand. */
  inLab(): Promise<Page>
}

/** What there is to say about a page. */
export type Look = (sight: Sight) => string[] | Promise<string[]>

/** What a look found, by page; pages with nothing are left out. */
export type Found = Record<string, string[]>

/** The pages of a walk in their order: the heading that each is known by, and the step that leads there from the page before. */
export type Journey<W> = readonly [name: string, title: string, step: (way: W) => Promise<unknown>][]

/** Opens a tab beside a page, at its site. */
async function openLab(page: Page): Promise<Page> {
  const lab = await (await page.context().browser()!.newContext(LAB)).newPage()
  await lab.goto(new URL('/robots.txt', page.url()).href)
  return lab
}

/** Leads along a journey, in the language the page's browser asks for. */
export async function walk<W extends { page: Page; locale: Locale }, L extends string>(
  journey: Journey<W>,
  way: W,
  looks: Record<L, Look>,
): Promise<Record<L, Found>> {
  const { page, locale } = way
  const context = page.context()
  const requests: Request[] = []
  const complaints: string[] = []
  let sent: [Response, Promise<string>] | undefined
  context.on('request', asked => requests.push(asked))
  context.on('weberror', ({ error }) => void complaints.push(String(error())))
  context.on('console', message => {
    // That a page itself is a 404 or a 503 is what it is there to say.
    const said = message.text().startsWith('Failed to load') && message.location().url === page.url()
    if (!said) complaints.push(message.text())
  })
  page.on('response', answer => {
    if (answer.request().isNavigationRequest() && answer.status() !== 303) sent = [answer, answer.text()]
  })
  let lab: Page | undefined
  const found: Record<string, Found> = Object.fromEntries(Object.keys(looks).map(look => [look, {}]))
  for (const [name, title, step] of journey) {
    await step(way)
    const headed = await heading(page)
    expect(headed, name).toMatch(said(locale, title))
    if (locale === 'en') expect(headed, name).toBe(title)
    const [answer, text] = sent!
    const html = await text
    let shown = false
    const sight: Sight = {
      name,
      page,
      answer,
      html,
      requests: requests.splice(0),
      complaints: complaints.splice(0),
      async inLab() {
        lab ??= await openLab(page)
        if (!shown) await lab.setContent(html)
        shown = true
        return lab
      },
    }
    for (const look in looks) {
      const things = await looks[look](sight)
      if (things.length > 0) found[look]![name] = things
    }
  }
  await lab?.context().close()
  return found as Record<L, Found>
}

interface Way {
  page: Page
  locale: Locale
  /** Presses a button or follows a link that an English reader knows by that name. */
  press(name: string | RegExp): Promise<void>
  follow(name: string | RegExp): Promise<void>
  world: World
  /** Where the same Floe answers while its database is away. */
  away: string
  unsubscribeUrl: string
  preferencesUrl: string
}

/** Every page a recipient meets, the heading it is known by, and the step that leads there from the page before. */
const JOURNEY: Journey<Way> = [
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
  ['all mail stopped', 'You are unsubscribed from everything', ({ press }) => press(/^Unsubscribe from all/)],
  ['undone', 'Undone', ({ press }) => press('Undo')],
  ['preferences', 'Email preferences', ({ page, preferencesUrl }) => page.goto(preferencesUrl)],
  [
    'preferences, paused',
    'Email preferences',
    async ({ page }) => {
      await page.locator('button[value="pause 30"]').click()
      await page.waitForLoadState()
    },
  ],
  ['preferences, all off', 'Email preferences', ({ press }) => press('Unsubscribe from all')],
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
      await page.goto(
        at(world, (await request(world, 'dan@example.com', { locale })).confirmation.confirmUrl),
      )
      await press('This was not me')
    },
  ],
  [
    'run out',
    'This link has run out',
    async ({ page, world, locale }) => {
      const { confirmation } = await request(world, 'cleo@example.com', { locale })
      await world.update('subscription_request', 'requested_at = requested_at - 7 * 86400000')
      await page.goto(at(world, confirmation.confirmUrl))
    },
  ],
  [
    'the database away',
    'That did not work just now',
    ({ page, away, unsubscribeUrl }) => page.goto(away + new URL(unsubscribeUrl).pathname),
  ],
]

/** Where a walk leads: a sender's pages, and where the same Floe answers while its database is away. */
export interface Site {
  world: World
  away: { url: string }
}

/** Leads through every page of a recipient. */
export async function onEveryPage<L extends string>(
  { world, away }: Site,
  page: Page,
  looks: Record<L, Look>,
  locale: Locale = 'en',
): Promise<Record<L, Found>> {
  const links = await world.links(ADA)
  const way: Way = {
    page,
    locale,
    world,
    away: away.url,
    press: name => press(page, said(locale, name)),
    async follow(name) {
      await page.getByRole('link', { name: said(locale, name) }).click()
      await page.waitForLoadState()
    },
    unsubscribeUrl: at(world, links.unsubscribeUrl),
    preferencesUrl: at(world, links.preferencesUrl),
  }
  return walk(JOURNEY, way, looks)
}

/** A test with `seen`: what each look found on every page, on the one walk of the file. */
export const testSeeing = <L extends string>(looks: Record<L, Look>, options: BrowserContextOptions = {}) =>
  browserTest.extend<{ $file: { seen: Record<L, Found> } }>({
    seen: [
      async ({ floe, away, browser }, use) => {
        const context = await browser.newContext({ ...PHONE, ...options })
        await use(await onEveryPage({ world: floe.next(), away }, await context.newPage(), looks))
        await context.close()
      },
      { scope: 'file' },
    ],
  })

import type { Page } from 'playwright-core'
import type { Locale } from '../../core/locale.ts'
import type { Mailing } from '../support/mail.ts'
import { linkIn } from '../support/rights.ts'
import { ADA, at, type Found, type Journey, type Look, press, walk } from './pages.ts'
import { said } from './say.ts'

const BOB = 'bob@example.com'
const NEW_ADDRESS = 'ada@new.example'

interface Way {
  page: Page
  locale: Locale
  /** Presses the button that an English reader knows by that name. */
  press(name: string | RegExp): Promise<void>
  /** Writes into a field of the page. */
  write(field: string, text: string): Promise<void>
  /** Opens the page behind a recipient's preference link where they ask for their data. */
  ask(recipient: string): Promise<unknown>
  /** Opens the link in the mail that comes as that many-th. */
  mailed(count: number, kind: 'a' | 'r'): Promise<unknown>
}

const DATA = 'What is kept about you'

/** Every page about a recipient's own data, the heading it is known by, and the step that leads there from the page before. */
const JOURNEY: Journey<Way> = [
  ['asking for your data', 'Your data at North & Co.', ({ ask }) => ask(ADA)],
  [
    'asking with what is no address',
    'Your data at North & Co.',
    async ({ page, press, write }) => {
      // A browser would not send it.
      await page.evaluate("document.querySelector('main form').noValidate = true")
      await write('address', 'nobody')
      await press('Send me the link')
    },
  ],
  [
    'a mail is on its way',
    'Look into your mail',
    async ({ press, write }) => {
      await write('address', ADA)
      await press('Send me the link')
    },
  ],
  ['to be opened', 'Open your data?', ({ mailed }) => mailed(1, 'a')],
  ['your data', DATA, ({ press }) => press('Open my data')],
  ['your data, restricted', DATA, ({ press }) => press('Restrict it')],
  [
    'your data, objected',
    DATA,
    async ({ page }) => {
      await page.locator('button[value=workspace]').click()
      await page.waitForLoadState()
    },
  ],
  [
    'your data, the sender asked',
    DATA,
    async ({ press, write }) => {
      await write('message', 'What else?')
      await press('Send the request')
    },
  ],
  [
    'your data, a new address asked',
    DATA,
    async ({ press, write }) => {
      await write('address', NEW_ADDRESS)
      await press('Ask the new address')
    },
  ],
  ['to be moved', 'Shall North & Co. use this address for you?', ({ mailed }) => mailed(2, 'r')],
  ['moved', 'Your address is corrected', ({ press }) => press('Yes, this is my address')],
  ['a link that was used', 'This link has been used', ({ mailed }) => mailed(1, 'a')],
  [
    'to be erased',
    'Erase your data?',
    async ({ ask, write, press, mailed }) => {
      await ask(BOB)
      await write('address', BOB)
      await press('Send me the link')
      await mailed(3, 'a')
      await press('Open my data')
      await press('On to erasing')
    },
  ],
  ['erased', 'Your data is erased', ({ press }) => press('Erase everything now')],
  ['a page that closed', 'This page has closed', ({ page }) => page.reload()],
]

/** Leads through every page about a recipient's own data. */
export async function onEveryDataPage<L extends string>(
  { world, mail }: Mailing,
  page: Page,
  looks: Record<L, Look>,
  locale: Locale = 'en',
): Promise<Record<L, Found>> {
  const way: Way = {
    page,
    locale,
    press: name => press(page, said(locale, name)),
    write: (field, text) => page.locator(`[name=${field}]`).fill(text),
    ask: async recipient => page.goto(`${at(world, (await world.links(recipient)).preferencesUrl)}/access`),
    mailed: async (count, kind) =>
      page.goto(at(world, linkIn((await mail.received(count))[count - 1]!, kind))),
  }
  return walk(JOURNEY, way, looks)
}

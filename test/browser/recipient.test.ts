import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { test, type World } from '../support/world.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const ADA = 'ada@example.com'
const NO_SCRIPTS = { javaScriptEnabled: false }

async function open(world: World, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options })
  const page = await context.newPage()
  await page.goto(world.url + new URL(url, world.url).pathname)
  return page
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const decision = async (world: World, topic = 'news') => (await world.check(ADA, { topic })).decision

describe('without scripts, a recipient', () => {
  test('leaves a topic with one press, and the next check denies', async ({ world }) => {
    const page = await open(world, (await world.links(ADA)).unsubscribeUrl, NO_SCRIPTS)
    expect(await page.locator('.button-primary').count()).toBe(1)
    await page.locator('.button-primary').click()
    expect(await heading(page)).toBe('You are unsubscribed')
    expect([await decision(world), await decision(world, 'offers')]).toEqual(['deny', 'allow'])
    await page.context().close()
  })

  test('takes it back on the page that says so', async ({ world }) => {
    const page = await open(world, (await world.links(ADA)).unsubscribeUrl, NO_SCRIPTS)
    await page.locator('.button-primary').click()
    await press(page, 'Undo')
    expect(await heading(page)).toBe('Undone')
    expect(await decision(world)).toBe('allow')
    await page.context().close()
  })

  test('stops all mail from the sender', async ({ world }) => {
    const page = await open(world, (await world.links(ADA)).unsubscribeUrl, NO_SCRIPTS)
    await press(page, /all mail/i)
    expect([await decision(world), await decision(world, 'offers')]).toEqual(['deny', 'deny'])
    await page.context().close()
  })

  test('chooses topics, saves, and is told', async ({ world }) => {
    const page = await open(world, (await world.links(ADA)).unsubscribeUrl, NO_SCRIPTS)
    await page.getByRole('link', { name: /choose/i }).click()
    await page.getByRole('checkbox', { name: /Offers/ }).uncheck()
    await press(page, /save/i)
    expect(await page.getByText(/saved/i).first().isVisible()).toBe(true)
    expect([await decision(world), await decision(world, 'offers')]).toEqual(['allow', 'deny'])
    await page.context().close()
  })

  test.for(['30', '60', '90'])('pauses everything for %s days', async (days, { world }) => {
    const page = await open(world, (await world.links(ADA)).preferencesUrl, NO_SCRIPTS)
    await page.getByLabel('Pause everything for').selectOption(days)
    await press(page, 'Pause')
    expect(await page.getByText(/Paused until/).isVisible()).toBe(true)
    const { reason, until } = await world.check(ADA)
    expect(reason).toBe('paused')
    expect(Math.round((Date.parse(until as string) - Date.now()) / 86_400_000)).toBe(Number(days))
    await page.context().close()
  })

  test('presses in two windows, goes back, and is stopped once and told so', async ({ world }) => {
    const { unsubscribeUrl } = await world.links(ADA)
    const [page, other] = [
      await open(world, unsubscribeUrl, NO_SCRIPTS),
      await open(world, unsubscribeUrl, NO_SCRIPTS),
    ]
    await page.locator('.button-primary').click()
    expect(await heading(page)).toBe('You are unsubscribed')
    await other.locator('.button-primary').click()
    expect(await heading(other)).toBe('You were already unsubscribed')
    await other.context().close()
    await page.goBack()
    expect(await page.locator('.button-primary').count()).toBe(0)
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[1]])
    await page.context().close()
  })

  test('gets along with the keyboard alone', async ({ world }) => {
    const page = await open(world, (await world.links(ADA)).unsubscribeUrl)
    const focused = () => page.evaluate<string>('document.activeElement?.className ?? ""')
    for (let i = 0; i < 10 && !(await focused()).includes('button-primary'); i++)
      await page.keyboard.press('Tab')
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).not.toBe('none')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/page')
    expect(await heading(page)).toBe('You are unsubscribed')
    await page.context().close()
  })
})

/** Each page of a recipient, opened as it comes to be. */
const PAGES: [string, (world: World, options: BrowserContextOptions) => Promise<Page>][] = [
  ['unsubscribe', async (world, options) => open(world, (await world.links(ADA)).unsubscribeUrl, options)],
  [
    'unsubscribed',
    async (world, options) => {
      const page = await open(world, (await world.links(ADA)).unsubscribeUrl, options)
      await page.locator('.button-primary').click()
      await page.waitForURL('**/page')
      return page
    },
  ],
  [
    'undone',
    async (world, options) => {
      const page = await open(world, (await world.links(ADA)).unsubscribeUrl, options)
      await page.locator('.button-primary').click()
      await press(page, 'Undo')
      await page.waitForURL('**/undo')
      return page
    },
  ],
  ['preferences', async (world, options) => open(world, (await world.links(ADA)).preferencesUrl, options)],
  ['a link that is none', (world, options) => open(world, `/u/${'A'.repeat(39)}`, options)],
  [
    'nothing here',
    (world, options) => open(world, '/nowhere', { ...options, extraHTTPHeaders: { accept: 'text/html' } }),
  ],
  ['the front page', (world, options) => open(world, '/', options)],
]

describe.for(PAGES)('the page "%s"', ([, show]) => {
  test('asks nobody else for anything, keeps nothing, runs nothing, and stays light', async ({ world }) => {
    const asked: string[] = []
    const complaints: string[] = []
    let octets = 0
    const shown = await show(world, {})
    shown.on('request', request => asked.push(request.url()))
    shown.on('console', message => complaints.push(message.text()))
    shown.on('response', async response => {
      octets += (await response.body().catch(() => Buffer.alloc(0))).length
    })
    if (!shown.url().endsWith('/page') && !shown.url().endsWith('/undo'))
      await shown.reload({ waitUntil: 'networkidle' })
    expect(asked.filter(url => new URL(url).origin !== world.url)).toEqual([])
    expect(complaints.filter(text => !text.includes('404'))).toEqual([])
    expect(octets).toBeLessThan(40_000)
    expect(await shown.locator('script').count()).toBe(0)
    expect(await shown.context().cookies()).toEqual([])
    expect(await shown.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
    expect(await shown.content()).not.toContain(ADA)
    await shown.context().close()
  })

  test.for(['light', 'dark'] as const)('has nothing axe objects to in %s', async (colorScheme, { world }) => {
    const page = await show(world, { colorScheme, bypassCSP: true })
    await page.evaluate(axe.source)
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      const result = await axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      })
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
    })
    expect(violations).toEqual([])
    await page.context().close()
  })

  test.for([320, 390, 1280])(
    'fits a screen of %i pixels, in either direction of writing',
    async (width, { world }) => {
      const page = await show(world, { viewport: { width, height: 700 } })
      for (const dir of ['ltr', 'rtl']) {
        await page.evaluate(`document.documentElement.dir = '${dir}'`)
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(overflow, dir).toBeLessThanOrEqual(0)
      }
      await page.context().close()
    },
  )

  test('is valid HTML with one heading, one main part and a language', async ({ world }) => {
    const page = await show(world, NO_SCRIPTS)
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.locator('main').count()).toBe(1)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    const html = await page.content()
    const report = await new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        'no-trailing-whitespace': 'off',
        'void-style': 'off',
        'attribute-boolean-style': 'off',
        'doctype-style': 'off',
        'long-title': 'off',
        'attribute-empty-style': 'off',
        'no-implicit-button-type': 'off',
        // A list of topics is a list of boxes of one name.
        'form-dup-name': 'off',
        'aria-label-misuse': 'off',
      },
    }).validateString(html)
    expect(
      report.results.flatMap(result =>
        result.messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`),
      ),
    ).toEqual([])
    await page.context().close()
  })
})

test('a scanner that opens every link, runs scripts and waits unsubscribes nobody', async ({ world }) => {
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
  await world.writesNothing(async () => {
    for (const url of [unsubscribeUrl, preferencesUrl]) {
      const page = await open(world, url)
      const links = await page
        .locator('a[href]')
        .evaluateAll(all => all.map(a => (a as unknown as { href: string }).href))
      for (const href of links) await page.goto(href)
      await page.waitForTimeout(1500)
      await page.context().close()
    }
  })
})

test('a page does not move while it loads', async ({ sharedWorld: world }) => {
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
  for (const url of [unsubscribeUrl, preferencesUrl]) {
    const page = await open(world, url)
    const shift = await page.evaluate(`new Promise(resolve => {
      let sum = 0
      new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
        .observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(sum), 300)
    })`)
    expect(shift).toBe(0)
    await page.context().close()
  }
})

test('while the database is away the page says so and offers to try again', async ({ world }) => {
  const { unsubscribeUrl } = await world.links(ADA)
  await world.database.stop()
  const page = await open(world, unsubscribeUrl, NO_SCRIPTS)
  expect(await heading(page)).toBe('That did not work just now')
  expect(await page.getByRole('link', { name: /try again/i }).getAttribute('href')).toBe(
    new URL(unsubscribeUrl).pathname,
  )
  await page.context().close()
})

import { describe, expect } from 'vitest'
import { directionOf, type Locale } from '../../core/locale.ts'
import { wordsOf } from '../../site/locales/dictionary.ts'
import { test } from '../support/browser.ts'
import { request } from '../support/consent.ts'
import type { World } from '../support/world.ts'
import { ask, BOB, follow } from './confirmation.ts'
import { onEveryDataPage } from './data-pages.ts'
import { faultsOfHtml, LAB, type Rules, type Theme, violationsIn } from './faults.ts'
import { ADA, at, chooseLanguage, heading, press } from './pages.ts'

/** The languages that differ most: from right to left, and without blanks between words. */
export const FEW_LOCALES = ['en', 'ar', 'ja'] as const satisfies Locale[]

/** Every page that a link leads to, in a language, and a part of what it is headed by. */
async function pagesIn(world: World, locale: Locale): Promise<[url: string, headed: string][]> {
  const address = `${locale.toLowerCase()}@example.com`
  const { unsubscribeUrl, preferencesUrl } = await world.links(address)
  const { confirmUrl } = (await request(world, address, { locale })).confirmation
  const first = (text: string) => text.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0]!
  return [
    [at(world, unsubscribeUrl), first(wordsOf('unsubscribe', locale).heading)],
    [at(world, preferencesUrl), first(wordsOf('preferences', locale).heading)],
    [at(world, confirmUrl), first(wordsOf('confirmation', locale).heading)],
    [`${at(world, confirmUrl)}/cancel`, wordsOf('confirmation', locale).notYou],
    [at(world, `/u/${'A'.repeat(39)}`), wordsOf('problem', locale).invalid],
    [at(world, '/nowhere'), wordsOf('problem', locale).notFound],
  ]
}

/** What is asked of axe in a language: in which themes, and whether by every rule in each. */
export interface Depth {
  themes: readonly Theme[]
  rules?: Rules
}

/** Has the pages that links lead to looked at in each language. */
export const testLinkedPages = (locales: readonly Locale[], depth: (locale: Locale) => Depth) =>
  describe.for(locales)('in %s', locale => {
    test('every page that a link leads to is written for its reader, and for everybody', async ({
      sharedWorld: world,
      visit,
    }) => {
      const page = await visit('about:blank', {
        extraHTTPHeaders: { 'accept-language': `sv, ${locale};q=0.9, en;q=0.1`, 'sec-gpc': '1' },
        viewport: { width: 320, height: 640 },
      })
      const { themes, rules } = depth(locale)
      const lab = themes.length > 0 ? await visit(`${world.url}/robots.txt`, LAB) : undefined
      const faults: string[] = []
      for (const [url, headed] of await pagesIn(world, locale)) {
        const answer = (await page.goto(url))!
        const html = await answer.text()
        expect(await heading(page)).toContain(headed)
        expect(html).toContain(`<html lang="${locale}" dir="${directionOf(locale)}">`)
        expect(html).not.toMatch(/\{\w+\}|data-(?:text|fill|if|href|action|value|html)/)
        expect(answer.headers()['content-language']).toBe(locale)
        expect(answer.headers()['vary']).toContain('Accept-Language')
        expect(await page.evaluate('document.documentElement.scrollWidth'), url).toBe(320)
        faults.push(...(await faultsOfHtml(html)))
        await lab?.setContent(html)
        if (lab) faults.push(...(await violationsIn(themes, lab, rules)))
      }
      expect(faults).toEqual([])
    })

    test('a recipient without scripts leaves, undoes it, and chooses the language for good', async ({
      world,
      visit,
    }) => {
      const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
      const page = await visit(at(world, unsubscribeUrl), { javaScriptEnabled: false, locale })
      await press(page, wordsOf('unsubscribe', locale).leave)
      expect((await world.check(ADA)).decision).toBe('deny')
      await press(page, wordsOf('unsubscribe', locale).undo)
      expect((await world.check(ADA)).decision).toBe('allow')
      await page.goto(at(world, preferencesUrl))
      await chooseLanguage(page, locale)
      const stranger = await visit(at(world, preferencesUrl), { locale: 'sv' })
      expect(await stranger.locator('html').getAttribute('lang')).toBe(locale)
    })
  })

/** Has every page about a recipient's own data looked at in each language. */
export const testDataPages = (locales: readonly Locale[], depth: (locale: Locale) => Depth) =>
  test.for(locales)(
    'no page about a recipient’s data has a fault, or is wider than a phone, in %s',
    async (locale, { mailing, visit }) => {
      const page = await visit('about:blank', { locale })
      const { themes, rules } = depth(locale)
      const found = await onEveryDataPage(
        mailing,
        page,
        {
          html: ({ html }) => faultsOfHtml(html),
          axe: async ({ inLab }) => (themes.length > 0 ? violationsIn(themes, await inLab(), rules) : []),
          async width() {
            const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
            return (await page.evaluate(wide)) ? ['is wider than the phone'] : []
          },
        },
        locale,
      )
      expect(found).toEqual({ html: {}, axe: {}, width: {} })
    },
  )

/** Has a confirmation mailed and confirmed in each language. */
export const testConfirmations = (locales: readonly Locale[]) =>
  test.for(locales)(
    'the mail and the page behind it are in the recipient’s language: %s',
    async (locale, { mailing, visit }) => {
      const { world, mail } = mailing
      await ask(world, BOB, { locale })
      const [mailed] = await mail.received(1)
      expect(mailed!.html).toContain(`lang="${locale}"`)
      expect(mailed!.subject).toContain('North & Co.')
      for (const body of [mailed!.text, mailed!.html]) expect(body).toMatch(/\/c\/[\w-]{32}/)
      await press(await follow(visit, world, mailed!, 'confirm'), wordsOf('confirmation', locale).yes)
      expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    },
  )

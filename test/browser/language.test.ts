import { describe, expect } from 'vitest'
import { confirmation } from '../../site/locales/confirmation.ts'
import { preferences } from '../../site/locales/preferences.ts'
import { problem } from '../../site/locales/problem.ts'
import { unsubscribe } from '../../site/locales/unsubscribe.ts'
import { directionOf, LOCALES, type Locale } from '../../worker/core/locale.ts'
import { test } from '../support/browser.ts'
import { request } from '../support/consent.ts'
import type { World } from '../support/world.ts'
import { axeViolations, faultsOfHtml } from './faults.ts'
import { ADA, at, heading, press } from './pages.ts'

/** Every page that a link leads to, in a language, and a part of what it is headed by. */
async function pagesIn(world: World, locale: Locale): Promise<[url: string, headed: string][]> {
  const address = `${locale.toLowerCase()}@example.com`
  const { unsubscribeUrl, preferencesUrl } = await world.links(address)
  const { confirmUrl } = (await request(world, address, { locale })).confirmation
  const first = (text: string) => text.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0]!
  return [
    [at(world, unsubscribeUrl), first(unsubscribe[locale].heading)],
    [at(world, preferencesUrl), first(preferences[locale].heading)],
    [at(world, confirmUrl), first(confirmation[locale].heading)],
    [`${at(world, confirmUrl)}/cancel`, confirmation[locale].notYou],
    [at(world, `/u/${'A'.repeat(39)}`), problem[locale].invalid],
    [at(world, '/nowhere'), problem[locale].notFound],
  ]
}

describe.for(LOCALES)('in %s', locale => {
  test('every page that a link leads to is written for its reader, and for everybody', async ({
    sharedWorld: world,
    visit,
  }) => {
    const page = await visit('about:blank', {
      bypassCSP: true,
      extraHTTPHeaders: { 'accept-language': `sv, ${locale};q=0.9, en;q=0.1`, 'sec-gpc': '1' },
      viewport: { width: 320, height: 640 },
    })
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
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        faults.push(...(await axeViolations(page)))
      }
    }
    expect(faults).toEqual([])
  })

  test('a recipient without scripts leaves, undoes it, and chooses the language for good', async ({
    world,
    visit,
  }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    const page = await visit(at(world, unsubscribeUrl), { javaScriptEnabled: false, locale })
    await press(page, unsubscribe[locale].leave)
    expect((await world.check(ADA)).decision).toBe('deny')
    await press(page, unsubscribe[locale].undo)
    expect((await world.check(ADA)).decision).toBe('allow')
    await page.goto(at(world, preferencesUrl))
    await press(page, preferences[locale].languageSave)
    const stranger = await visit(at(world, preferencesUrl), { locale: 'sv' })
    expect(await stranger.locator('html').getAttribute('lang')).toBe(locale)
  })
})

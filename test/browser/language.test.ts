import { describe, expect } from 'vitest'
import { directionOf, LOCALES } from '../../worker/core/locale.ts'
import { test } from '../support/browser.ts'
import { ADA, at } from './pages.ts'

describe.for(LOCALES)('in %s', locale => {
  test('the pages of a link speak to the reader, and say so to browsers and caches', async ({
    sharedWorld: world,
  }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    for (const url of [unsubscribeUrl, preferencesUrl, at(world, `/u/${'A'.repeat(39)}`)]) {
      const answer = await world.fetch(new URL(url).pathname, {
        headers: { 'accept-language': `sv, ${locale};q=0.9, en;q=0.1`, accept: 'text/html' },
      })
      const html = await answer.text()
      expect(html).toContain(`<html lang="${locale}" dir="${directionOf(locale)}">`)
      expect(answer.headers.get('content-language')).toBe(locale)
      expect(answer.headers.get('vary')).toContain('Accept-Language')
      expect(html).not.toMatch(/\{\w+\}|data-(?:text|fill|if|href|action|value|html)/)
    }
  })
})

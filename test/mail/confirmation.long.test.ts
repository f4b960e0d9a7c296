import { describe, expect } from 'vitest'
import { LOCALES } from '../../core/locale.ts'
import { test } from '../support/browser.ts'
import { expectAccessible, HOSTILE, htmlFaults } from './confirmation.ts'

describe.for(LOCALES)('in %s', locale => {
  test('axe objects to nothing, light or dark, on a phone', async ({ visit }) => {
    await expectAccessible(await visit('about:blank'), locale)
  })

  test('the page is valid HTML, whatever its sender is called', async () => {
    const names = HOSTILE.map(([, name]) => name)
    expect(await htmlFaults(locale, names)).toEqual([])
  })
})

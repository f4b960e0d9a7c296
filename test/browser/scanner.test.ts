import { describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { ADA, at } from './pages.ts'

const WAIT_MS = 3000

describe.for(['unsubscribeUrl', 'preferencesUrl'] as const)('opening the %s', link => {
  test('with scripts, with every file it loads and every link followed, and staying, changes nothing', async ({
    world,
    visit,
  }) => {
    const url = at(world, (await world.links(ADA))[link])
    await world.writesNothing(async () => {
      const page = await visit(url)
      await page.waitForLoadState('networkidle')
      const addresses = await page.evaluate<string[]>(
        "[...document.querySelectorAll('[href], [src], [action]')].map(one => one.href ?? one.src ?? one.action)",
      )
      expect(addresses.length).toBeGreaterThan(2)
      await page.mouse.wheel(0, 2000)
      for (const control of await page.locator('a, button, input:visible').all()) await control.hover()
      await page.waitForTimeout(WAIT_MS)
      for (const address of addresses) await page.goto(address)
    })
    expect((await world.check(ADA)).decision).toBe('allow')
  })

  test('in a hurry, and leaving by Back, by closing or by reloading, changes nothing', async ({
    world,
    visit,
  }) => {
    const url = at(world, (await world.links(ADA))[link])
    await world.writesNothing(async () => {
      const page = await visit(world.url)
      await page.goto(url, { waitUntil: 'domcontentloaded' })
      await page.goBack()
      await page.goForward()
      await page.reload()
      await page.close({ runBeforeUnload: true })
    })
  })
})

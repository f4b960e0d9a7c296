import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { request } from '../support/consent.ts'
import type { World } from '../support/world.ts'
import { ADA, at } from './pages.ts'

/** Longer than any mail scanner or reader stays. */
const STAY_MS = 600_000

/** Every kind of link there is in a mail. */
const LINKS: Record<string, (world: World) => Promise<string>> = {
  unsubscribeUrl: async world => (await world.links(ADA)).unsubscribeUrl,
  preferencesUrl: async world => (await world.links(ADA)).preferencesUrl,
  confirmUrl: async world => (await request(world, ADA)).confirmation.confirmUrl,
  cancelUrl: async world => (await request(world, ADA)).confirmation.cancelUrl,
}

/** Lets a page's own clock run, with whatever it has to do at some time; when that asks the network, it waits for the answer. */
async function stay(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  const over = new Promise(resolve => devTools.once('Emulation.virtualTimeBudgetExpired', resolve))
  const policy = 'pauseIfNetworkFetchesPending'
  await devTools.send('Emulation.setVirtualTimePolicy', { policy, budget: STAY_MS })
  await over
  await devTools.send('Emulation.setVirtualTimePolicy', { policy: 'advance' })
}

describe.for(Object.entries(LINKS))('opening the %s', ([, linkOf]) => {
  test('with scripts, with every file it loads and every link followed, and staying, changes nothing', async ({
    world,
    visit,
  }) => {
    const url = at(world, await linkOf(world))
    const before = await world.check(ADA)
    await world.writesNothing(async () => {
      const page = await visit(url)
      const addresses = await page.evaluate<string[]>(
        "[...document.querySelectorAll('[href], [src], [action]')].map(one => one.href ?? one.src ?? one.action)",
      )
      expect(addresses.length).toBeGreaterThan(2)
      await page.mouse.wheel(0, 2000)
      for (const control of await page.locator(':is(a, button, input):visible').all()) await control.hover()
      await stay(page)
      // The notice is the sender's own page, elsewhere.
      for (const address of addresses) if (address.startsWith(world.url)) await page.goto(address)
    })
    expect(await world.check(ADA)).toEqual(before)
  })

  test('in a hurry, and leaving by Back, by closing or by reloading, changes nothing', async ({
    world,
    visit,
  }) => {
    const url = at(world, await linkOf(world))
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

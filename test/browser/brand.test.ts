import { expect } from 'vitest'
import { paletteOf } from '../../ops/brand-palette.ts'
import { dress, LOOK } from '../audit/dress.ts'
import { test } from '../support/browser.ts'
import { contrast } from './contrast.ts'
import { axeViolations } from './faults.ts'
import { ADA, at } from './pages.ts'

const rgb = (hex: string) => `rgb(${[1, 3, 5].map(i => Number.parseInt(hex.slice(i, i + 2), 16)).join(', ')})`

test.for(['light', 'dark'] as const)(
  'a sender’s colour is on its buttons, corrected until they can be read, in %s',
  async (colorScheme, { world, visit }) => {
    await dress(world)
    const { unsubscribeUrl } = await world.links(ADA)
    const page = await visit(at(world, unsubscribeUrl), {
      colorScheme,
      bypassCSP: true,
      reducedMotion: 'reduce',
    })
    const [ground, ink] = (await page.evaluate(`(() => {
      const { backgroundColor, color } = getComputedStyle(document.querySelector('.button-primary'))
      return [backgroundColor, color]
    })()`)) as [string, string]
    expect(ground).toBe(rgb(paletteOf(LOOK.colour, colorScheme).accent))
    expect(ground).not.toBe(rgb(LOOK.colour))
    expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5)
    expect(await axeViolations(page)).toEqual([])
  },
)

test('a sender’s logo is seen, and nothing comes from elsewhere', async ({ world, visit }) => {
  await dress(world)
  const { preferencesUrl } = await world.links(ADA)
  const page = await visit('about:blank')
  const asked: string[] = []
  const refused: string[] = []
  page.on('request', request => asked.push(request.url()))
  page.on('console', message => refused.push(message.text()))
  await page.goto(at(world, preferencesUrl))
  expect(await page.evaluate("document.querySelector('.logo').naturalWidth")).toBe(144)
  expect(asked.filter(url => !url.startsWith(world.url))).toEqual([])
  expect(refused).toEqual([])
})

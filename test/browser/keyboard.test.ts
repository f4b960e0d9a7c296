import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import { expectPause } from '../support/pause.ts'
import { contrast } from './contrast.ts'
import { ADA, at, heading } from './pages.ts'

/** Presses Tab from the top of a page to its end and returns each stop: what it is and how it shows that it has the focus. */
async function tabStops(page: Page): Promise<{ name: string; ring: string; contrast: number }[]> {
  const stops = []
  for (;;) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<
      { name: string; ring: string; colours: [string, string] } | undefined
    >(`(() => {
      const one = document.activeElement
      if (one === document.body) return
      const style = getComputedStyle(one)
      let behind = one.parentElement
      while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement
      return {
        name: (one.labels?.[0]?.querySelector('bdi') ?? one.labels?.[0] ?? one).innerText,
        ring: style.outlineStyle + ' ' + style.outlineWidth,
        colours: [style.outlineColor, getComputedStyle(behind).backgroundColor],
      }
    })()`)
    if (!stop) return stops
    stops.push({ name: stop.name, ring: stop.ring, contrast: contrast(...stop.colours) })
  }
}

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  const focused = control.and(page.locator(':focus'))
  for (let presses = 0; (await focused.count()) === 0; presses++) {
    expect(presses, `no Tab reaches ${control}`).toBeLessThan(20)
    await page.keyboard.press('Tab')
  }
}

/** Presses a key and waits for the page it leads to. */
async function keyTo(page: Page, key: string, url: string): Promise<void> {
  await page.keyboard.press(key)
  await page.waitForURL(url)
}

const FOOTER = ['Privacy', 'Your rights', 'Accessibility', 'Companies we work with']

const pages = [
  {
    link: 'unsubscribeUrl',
    stops: [
      'Unsubscribe',
      'Unsubscribe from all North & Co. emails',
      'Choose what you get instead',
      ...FOOTER,
    ],
  },
  {
    link: 'preferencesUrl',
    stops: [
      'English',
      'News',
      'Offers',
      'Save changes',
      'Unsubscribe from all',
      '30 days',
      '60 days',
      '90 days',
      'Why do I get these emails?',
      'See, correct or erase your data',
      ...FOOTER,
    ],
  },
] as const

describe.for(pages)('on the page of the $link', ({ link, stops }) => {
  test.for(['light', 'dark'] as const)(
    'Tab reaches every control in reading order, each with a ring that stands out, in %s',
    async (colorScheme, { sharedWorld: world, visit }) => {
      const page = await visit(at(world, (await world.links(ADA))[link]), { colorScheme })
      const found = await tabStops(page)
      expect(found.map(stop => stop.name)).toEqual(stops)
      for (const { name, ring, contrast } of found) {
        expect(ring, name).toBe('solid 3px')
        expect(contrast, name).toBeGreaterThanOrEqual(3)
      }
    },
  )
})

test('with the keyboard alone a recipient unsubscribes and takes it back', async ({ world, visit }) => {
  const page = await visit(at(world, (await world.links(ADA)).unsubscribeUrl))
  await tabTo(page, page.getByRole('button', { name: 'Unsubscribe', exact: true }))
  await keyTo(page, 'Enter', '**/page')
  expect((await world.check(ADA)).decision).toBe('deny')
  await tabTo(page, page.getByRole('button', { name: 'Undo', exact: true }))
  await keyTo(page, 'Space', '**/undo')
  expect(await heading(page)).toBe('Undone')
  expect((await world.check(ADA)).decision).toBe('allow')
})

test('with the keyboard alone a recipient switches a topic off, then pauses for 60 days', async ({
  world,
  visit,
}) => {
  const page = await visit(at(world, (await world.links(ADA)).preferencesUrl))
  await tabTo(page, page.getByRole('checkbox', { name: /^News/ }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Save changes', exact: true }))
  await keyTo(page, 'Enter', '**?done=*')
  expect((await world.check(ADA)).reason).toBe('unsubscribed')
  await tabTo(page, page.getByRole('button', { name: '60 days', exact: true }))
  const again = page.waitForEvent('load')
  await page.keyboard.press('Enter')
  await again
  const { reason, until } = await world.check(ADA, { topic: 'offers' })
  expect(reason).toBe('paused')
  expectPause(until, 60)
})

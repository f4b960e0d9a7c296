import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { contrast } from './contrast.ts'
import { axeViolations, faultsOfHtml } from './faults.ts'
import { onEveryPage } from './pages.ts'

const THEMES = [
  { colorScheme: 'light' },
  { colorScheme: 'dark' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const
const PLAIN = { contrast: 'no-preference', forcedColors: 'none' } as const

test('axe objects to nothing on any page, light, dark, with more contrast or with forced colours', async ({
  world,
  visit,
}) => {
  const page = await visit('about:blank', { bypassCSP: true, reducedMotion: 'reduce' })
  const violations = await onEveryPage(world, page, async () => {
    const found = []
    for (const theme of THEMES) {
      await page.emulateMedia({ ...PLAIN, ...theme })
      const faults = await axeViolations(page)
      found.push(...faults.map(fault => `${Object.values(theme).join(' ')}: ${fault}`))
    }
    return found
  })
  expect(violations).toEqual({})
})

test.for(['light', 'dark'] as const)(
  'the edge of every control stands out from what is behind it, in %s',
  async (colorScheme, { world, visit }) => {
    const page = await visit('about:blank', { colorScheme })
    const faint = await onEveryPage(world, page, async () => {
      const controls = await page.evaluate<[string, string, string][]>(`
        [...document.querySelectorAll('.button, select')].map(one => {
          const style = getComputedStyle(one)
          const edge = style.borderTopColor === 'rgba(0, 0, 0, 0)' ? style.backgroundColor : style.borderTopColor
          return [one.innerText, edge, getComputedStyle(one.closest('.sheet')).backgroundColor]
        })`)
      return controls.filter(([, edge, behind]) => contrast(edge, behind) < 3).map(String)
    })
    expect(faint).toEqual({})
  },
)

test('every page says its language, has a title of its own, one heading and one main part', async ({
  world,
  visit,
}) => {
  const page = await visit('about:blank', { javaScriptEnabled: false })
  const titles = new Set<string>()
  const lacking = await onEveryPage(world, page, async () => {
    titles.add(await page.title())
    const counts = await Promise.all(
      ['html[lang=en]', 'h1', 'main h1', 'main', 'body > header', 'body > footer'].map(async one =>
        (await page.locator(one).count()) === 1 ? '' : one,
      ),
    )
    return counts.filter(one => one !== '')
  })
  expect(lacking).toEqual({})
  expect([...titles]).toEqual([
    'Floe',
    'There is no such page',
    'This link does not work',
    'Unsubscribe from News · North & Co.',
    'Unsubscribed · North & Co.',
    'Undone · North & Co.',
    'What North & Co. may send you',
    'Confirm mail from North & Co.',
    'Was this not you? · North & Co.',
    'Confirmed · North & Co.',
    'Not subscribed · North & Co.',
    'Too late · North & Co.',
    'That did not work just now',
  ])
})

test('every page is valid HTML as it is sent', async ({ world, visit }) => {
  const page = await visit('about:blank')
  let sent = Promise.resolve('')
  page.on('response', answer => {
    if (answer.request().isNavigationRequest() && answer.status() !== 303) sent = answer.text()
  })
  const faults = await onEveryPage(world, page, async () => {
    return faultsOfHtml(await sent)
  })
  expect(faults).toEqual({})
})

import { expect } from 'vitest'
import { contrast } from './contrast.ts'
import { faultsOfHtml, PLAIN } from './faults.ts'
import { type Sight, testSeeing } from './pages.ts'

const test = testSeeing({
  faintInLight: sight => faintEdges(sight, 'light'),
  faintInDark: sight => faintEdges(sight, 'dark'),
  html: ({ html }) => faultsOfHtml(html),
  titles: async ({ page }) => [await page.title()],
  lacking: ({ page, html }) =>
    page.evaluate<string[]>(`(() => {
      const sent = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html')
      return ['html[lang=en]', 'h1', 'main h1', 'main', 'body > header', 'body > footer']
        .filter(one => sent.querySelectorAll(one).length !== 1)
    })()`),
})

async function faintEdges({ inLab }: Sight, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const lab = await inLab()
  await lab.emulateMedia({ ...PLAIN, colorScheme })
  const controls = await lab.evaluate<[string, string, string][]>(`
    [...document.querySelectorAll('.button, select')].map(one => {
      const style = getComputedStyle(one)
      const edge = style.borderTopColor === 'rgba(0, 0, 0, 0)' ? style.backgroundColor : style.borderTopColor
      return [one.innerText, edge, getComputedStyle(one.closest('.sheet, body')).backgroundColor]
    })`)
  return controls.filter(([, edge, behind]) => contrast(edge, behind) < 3).map(String)
}

test.for([
  ['light', 'faintInLight'],
  ['dark', 'faintInDark'],
] as const)('the edge of every control stands out from what is behind it, in %s', ([, look], { seen }) => {
  expect(seen[look]).toEqual({})
})

test('every page says its language, has a title of its own, one heading and one main part', ({ seen }) => {
  expect(seen.lacking).toEqual({})
  expect([...new Set(Object.values(seen.titles).flat())]).toEqual([
    'Floe',
    'There is no such page',
    'This link does not work',
    'Unsubscribe from News · North & Co.',
    'Unsubscribed · North & Co.',
    'Undone · North & Co.',
    'Email preferences · North & Co.',
    'Saved: Email preferences · North & Co.',
    'Confirm mail from North & Co.',
    'Was this not you? · North & Co.',
    'Confirmed · North & Co.',
    'Not subscribed · North & Co.',
    'Too late · North & Co.',
    'That did not work just now',
  ])
})

test('every page is valid HTML as it is sent', ({ seen }) => {
  expect(seen.html).toEqual({})
})

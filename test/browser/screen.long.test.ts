import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { ADA, at, onEveryPage, testSeeing } from './pages.ts'

const SCREENS: [width: number, text: string, dir: 'ltr' | 'rtl'][] = [
  [320, '100%', 'ltr'],
  [320, '100%', 'rtl'],
  [360, '200%', 'ltr'],
  [360, '200%', 'rtl'],
  [640, '200%', 'ltr'],
  [1280, '100%', 'rtl'],
  [1280, '200%', 'ltr'],
]

const NARROW = { width: 320, height: 640 }

/** Returns what moved in a page while it was loaded, and by how much. */
const shiftsIn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`new Promise(resolve => {
    const seen = []
    const named = ({ node }) => node?.nodeName + '.' + node?.className
    const watch = list => {
      for (const one of list.getEntries()) seen.push(one.value + ' ' + one.sources.map(named).join(' '))
    }
    const observer = new PerformanceObserver(watch)
    observer.observe({ type: 'layout-shift', buffered: true })
    // A shift is told of with the frame in which it was seen.
    const frame = () => new Promise(requestAnimationFrame)
    document.fonts.ready.then(frame).then(frame).then(() => setTimeout(() => {
      watch({ getEntries: () => observer.takeRecords() })
      resolve(seen)
    }))
  })`)

const test = testSeeing(
  {
    // First: what comes after it moves the page itself. What moved as the page came in pieces, on a machine that had no time for it,
    // does not move when it is shown again; what is wrong with the page does.
    async moved({ page, inLab }) {
      return (await shiftsIn(page)).length === 0 ? [] : shiftsIn(await inLab())
    },
    small: ({ page }) =>
      page.evaluate<string[]>(`(() => {
        const closed = [...document.querySelectorAll('details:not([open])')]
        for (const one of closed) one.open = true
        const small = [...document.querySelectorAll('a, button, select, summary, label:has(input)')]
          .filter(one => !one.hidden)
          .filter(one => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
          .map(one => one.innerText)
        for (const one of closed) one.open = false
        return small
      })()`),
    async cut({ page }) {
      const found: string[] = []
      for (const [width, text, dir] of SCREENS) {
        await page.setViewportSize({ ...NARROW, width })
        const outside = await page.evaluate<string[]>(`(() => {
          document.documentElement.dir = '${dir}'
          document.documentElement.style.fontSize = '${text}'
          return [...document.querySelectorAll('html, body, body *')].filter(one => {
            const { left, right } = one.getBoundingClientRect()
            return left < 0 || right > ${width} || (one.clientWidth > 0 && one.scrollWidth > one.clientWidth)
          }).map(one => one.outerHTML.slice(0, 120))
        })()`)
        found.push(...outside.map(one => `${width} ${text} ${dir}: ${one}`))
      }
      await page.setViewportSize(NARROW)
      return found
    },
  },
  { viewport: NARROW },
)

test('nothing sticks out or has to be scrolled to, on a narrow screen, with large text, in either direction', ({
  seen,
}) => {
  expect(seen.cut).toEqual({})
})

test('whatever a control is for, a finger can hit it', ({ seen }) => {
  expect(seen.small).toEqual({})
})

const names: [what: string, name: string][] = [
  ['of eighty letters without a break', 'W'.repeat(80)],
  ['written from right to left', 'שלום '.repeat(12).trim()],
  ['that looks like markup', '<b onclick="alert(1)">&amp;</b>'],
]

test.for(names)(
  'a sender and a topic with a name %s stay in the page, as they are spelled',
  async ([, name], { world, visit }) => {
    await world.update('topic', 'display_name = ?1, description = ?1', [name])
    await world.update('workspace', 'display_name = ?', [name])
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    const page = await visit('about:blank', { viewport: { width: 320, height: 640 } })
    for (const link of [unsubscribeUrl, preferencesUrl]) {
      await page.goto(at(world, link))
      expect(await page.getByRole('main').innerText()).toContain(name)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      expect(await page.locator('b, [onclick]').count()).toBe(0)
    }
  },
)

test('whatever a sender says is text on every page: none of it runs, loads or closes what it stands in', async ({
  world,
  away,
  visit,
}) => {
  const text = `"'></bdi></p><script>window.ran = 1</script><img src=x onerror="window.ran = 1"><b hidden>`
  await world.update('topic', 'display_name = ?1, description = ?1, frequency = ?1', [text])
  await world.update('workspace', 'display_name = ?1, postal_address = ?1', [text])
  await world.update('tenant', 'display_name = ?', [text])
  // In German: in English the pages are known by the demo's names.
  const page = await visit('about:blank', { locale: 'de', bypassCSP: true })
  const { ran, shown } = await onEveryPage(
    { world, away },
    page,
    {
      shown: async () => ((await page.getByText('onerror').count()) > 0 ? ['yes'] : []),
      ran: () =>
        page.evaluate<string[]>(`[
          ...[...document.querySelectorAll('b, img, script:not([src])')].map(one => one.outerHTML),
          ...('ran' in window ? ['ran'] : []),
        ]`),
    },
    'de',
  )
  expect(ran).toEqual({})
  expect(Object.keys(shown).length).toBeGreaterThan(12)
})

test('nothing moves while any page loads', ({ seen }) => {
  expect(seen.moved).toEqual({})
})

import { describe, expect } from 'vitest'
import { dayIn } from '../../core/locale.ts'
import { test } from '../support/browser.ts'
import { expectPause } from '../support/pause.ts'
import type { World } from '../support/world.ts'
import { ADA, at, heading, press, pressTwice } from './pages.ts'

const NO_SCRIPTS = { javaScriptEnabled: false }
const page = async (world: World) => at(world, (await world.links(ADA)).preferencesUrl)
const decisions = async (world: World) => [
  (await world.check(ADA, { topic: 'news' })).decision,
  (await world.check(ADA, { topic: 'offers' })).decision,
]
const needed = (world: World) => world.check(ADA, { topic: 'receipts', purpose: 'transactional' })

describe('in the preference center, without scripts, a recipient', () => {
  test('switches one topic off, saves, is told so, and the other stays', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await shown.getByRole('checkbox', { name: /^Offers/ }).uncheck()
    await press(shown, 'Save')
    expect(await shown.getByRole('status').innerText()).toBe(
      'Saved. Your choice is effective now. Turned off: Offers',
    )
    expect(await shown.locator('.topic', { hasText: 'Offers' }).locator('.topic-state').innerText()).toBe(
      'Off',
    )
    expect(await shown.getByRole('checkbox').count()).toBe(1)
    expect(await shown.getByRole('checkbox', { name: /^News/ }).isChecked()).toBe(true)
    expect(await decisions(world)).toEqual(['allow', 'deny'])
  })

  test('sees what unticking would do before it is saved, and nothing is done until then', async ({
    world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    const words = shown.locator('.topic', { hasText: 'Offers' }).locator('.topic-state')
    expect(await words.innerText()).toBe('On')
    await world.writesNothing(() => shown.getByRole('checkbox', { name: /^Offers/ }).uncheck())
    expect(await words.innerText()).toBe('Off once you save')
  })

  test('saves without having changed anything, and nothing is written', async ({
    sharedWorld: world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await world.writesNothing(() => press(shown, 'Save'))
  })

  test.for([30, 60, 90])(
    'pauses everything for %i days, receipts excepted',
    async (days, { world, visit }) => {
      const shown = await visit(await page(world), NO_SCRIPTS)
      await shown.getByLabel('Pause everything for').selectOption(`${days} days`)
      await press(shown, 'Pause')
      const { reason, until } = await world.check(ADA)
      expect(reason).toBe('paused')
      expectPause(until, days)
      const day = dayIn('en', Date.parse(until as string))
      expect(await shown.locator('main').innerText()).toContain(`Paused until ${day}.`)
      expect((await needed(world)).decision).toBe('allow')
    },
  )

  test('stops everything, receipts excepted, and is told so', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Stop everything')
    expect(await shown.locator('main').innerText()).toContain('Everything is off.')
    expect(await shown.getByRole('button').allInnerTexts()).toEqual(['Undo', 'Change'])
    expect(await decisions(world)).toEqual(['deny', 'deny'])
    expect((await needed(world)).decision).toBe('allow')
  })

  test('who paused and then stops everything is not told that mail comes again', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Pause')
    expect(await shown.locator('main').innerText()).toContain('comes again by itself')
    await press(shown, 'Stop everything')
    expect(await shown.locator('main').innerText()).not.toMatch(/Paused|comes again/)
  })

  test('goes back to the page as it was, saves it once more, and nothing that is off comes on', async ({
    world,
    visit,
  }) => {
    const [shown, old] = [await visit(await page(world)), await visit(await page(world))]
    await shown.getByRole('checkbox', { name: /^Offers/ }).uncheck()
    await press(shown, 'Save')
    await world.writesNothing(() => press(old, 'Save'))
    await world.writesNothing(() => shown.goBack())
    expect(await decisions(world)).toEqual(['allow', 'deny'])
  })

  test('presses Stop everything twice, and it is stopped once', async ({ world, visit }) => {
    const shown = await visit(await page(world))
    await pressTwice(shown, 'Stop everything', /\?done=/)
    expect(await decisions(world)).toEqual(['deny', 'deny'])
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[1]])
  })
})

const tampered: [what: string, button: string, change: string][] = [
  ['no act', 'Save', "button.removeAttribute('name')"],
  ['an act it does not have', 'Save', "button.value = 'resubscribe'"],
  ['a pause of forever', 'Pause', "document.querySelector('option').value = '99999'"],
  ['a pause without days', 'Pause', "document.querySelector('select').removeAttribute('name')"],
]

test.for(tampered)(
  'a form sent with %s leads back, says nothing of saving, and changes nothing',
  async ([, name, change], { sharedWorld: world, visit }) => {
    const shown = await visit(await page(world))
    const statuses: number[] = []
    shown.on('response', answer => statuses.push(answer.status()))
    await shown.evaluate(
      `{ const button = [...document.querySelectorAll('button')].find(one => one.innerText === '${name}'); ${change} }`,
    )
    await world.writesNothing(() => press(shown, name))
    expect(statuses.slice(0, 2)).toEqual([303, 200])
    expect(await heading(shown)).toBe('What North & Co. may send you')
    expect(await shown.getByRole('status').count()).toBe(0)
  },
)

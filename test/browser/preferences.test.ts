import { describe, expect } from 'vitest'
import { dayIn } from '../../core/locale.ts'
import { test } from '../support/browser.ts'
import { expectPause } from '../support/pause.ts'
import { answered, type World } from '../support/world.ts'
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
    await press(shown, 'Save changes')
    expect(await shown.getByRole('status').innerText()).toMatch(/^You will no longer get: Offers\s+Undo$/)
    expect(await shown.title()).toBe('Saved: Email preferences · North & Co.')
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
    expect(await words.isVisible()).toBe(false)
    await world.writesNothing(() => shown.getByRole('checkbox', { name: /^Offers/ }).uncheck())
    expect(await words.innerText()).toBe('Will be turned off')
  })

  test.for(['30 days', '90 days', 'Unsubscribe from all', 'Deutsch', 'Record it now'])(
    'unticks a topic, presses %s, and what was unticked is off as well',
    async (name, { world, visit }) => {
      const shown = await visit(await page(world), { ...NO_SCRIPTS, extraHTTPHeaders: { 'sec-gpc': '1' } })
      await shown.getByRole('checkbox', { name: /^Offers/ }).uncheck()
      await shown.locator('.language-menu summary').click()
      await press(shown, name)
      const told = await shown.getByRole('status').innerText()
      expect(told).toMatch(/Offers/)
      const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
      expect(suppressions).toContainEqual(
        expect.objectContaining({ topic: 'offers', reason: 'unsubscribed', scope: 'topic' }),
      )
      expect((await world.check(ADA, { topic: 'news' })).decision).toBe(
        /days|all/.test(name) ? 'deny' : 'allow',
      )
    },
  )

  test('unticks a topic, takes back what was done before, and only that comes back', async ({
    world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, '60 days')
    await shown.getByRole('checkbox', { name: /^Offers/ }).uncheck()
    await press(shown, 'Undo')
    expect(await decisions(world)).toEqual(['allow', 'deny'])
    const told = await shown.getByRole('status').innerText()
    expect(told).toMatch(/You will no longer get: Offers[\s\S]*Undone/)
    await press(shown, 'Undo')
    expect(await decisions(world)).toEqual(['allow', 'allow'])
  })

  test('unticks a topic and pauses, and one Undo takes back both', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await shown.getByRole('checkbox', { name: /^Offers/ }).uncheck()
    await press(shown, '30 days')
    expect(await decisions(world)).toEqual(['deny', 'deny'])
    await press(shown, 'Undo')
    expect(await decisions(world)).toEqual(['allow', 'allow'])
    expect(await shown.getByRole('checkbox').count()).toBe(2)
  })

  test('pauses for longer while it is paused', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, '30 days')
    await press(shown, '90 days')
    const { until } = await world.check(ADA)
    expectPause(until, 90)
    const day = dayIn('en', Date.parse(until as string))
    expect(await shown.getByRole('status').innerText()).toContain(`Paused until ${day}.`)
  })

  test('presses Enter on a box, and what is saved is the boxes', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    const offers = shown.getByRole('checkbox', { name: /^Offers/ })
    await offers.uncheck()
    await offers.press('Enter')
    await shown.waitForURL('**?done=*')
    expect(await shown.locator('html').getAttribute('lang')).toBe('en')
    expect(await decisions(world)).toEqual(['allow', 'deny'])
  })

  test('opens the page of an act again once it is no longer so, and is not told that it is', async ({
    world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Unsubscribe from all')
    const told = shown.url()
    await press(shown, 'Undo')
    await shown.goto(told)
    expect(await shown.getByRole('status').count()).toBe(0)
    expect(await shown.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  })

  test('finds Save in view on a phone, and Unsubscribe from all soon after it', async ({
    sharedWorld: world,
    visit,
  }) => {
    const shown = await visit(await page(world), { ...NO_SCRIPTS, viewport: { width: 375, height: 667 } })
    const end = async (name: string) => {
      const { y, height } = (await shown.getByRole('button', { name, exact: true }).boundingBox())!
      return y + height
    }
    expect(await end('Save changes')).toBeLessThanOrEqual(667)
    expect(await end('Unsubscribe from all')).toBeLessThanOrEqual(900)
  })

  test('saves without having changed anything, and nothing is written', async ({
    sharedWorld: world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await world.writesNothing(() => press(shown, 'Save changes'))
  })

  test.for([30, 60, 90])(
    'pauses everything for %i days, receipts excepted',
    async (days, { world, visit }) => {
      const shown = await visit(await page(world), NO_SCRIPTS)
      await press(shown, `${days} days`)
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
    await press(shown, 'Unsubscribe from all')
    expect(await shown.getByRole('status').innerText()).toContain(
      'You are unsubscribed from all North & Co. emails.',
    )
    expect(await shown.getByRole('main').getByRole('button').allInnerTexts()).toEqual(['Undo'])
    expect(await decisions(world)).toEqual(['deny', 'deny'])
    expect((await needed(world)).decision).toBe('allow')
  })

  test('who paused and then stops everything is not told that mail comes again', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, '30 days')
    expect(await shown.locator('main').innerText()).toContain('start again')
    await press(shown, 'Unsubscribe from all')
    expect(await shown.locator('main').innerText()).not.toMatch(/Paused|start again/)
  })

  test('goes back to the page as it was, saves it once more, and nothing that is off comes on', async ({
    world,
    visit,
  }) => {
    const [shown, old] = [await visit(await page(world)), await visit(await page(world))]
    await shown.getByRole('checkbox', { name: /^Offers/ }).uncheck()
    await press(shown, 'Save changes')
    await world.writesNothing(() => press(old, 'Save changes'))
    await world.writesNothing(() => shown.goBack())
    expect(await decisions(world)).toEqual(['allow', 'deny'])
  })

  test('presses Unsubscribe from all twice, and it is stopped once', async ({ world, visit }) => {
    const shown = await visit(await page(world))
    await pressTwice(shown, 'Unsubscribe from all', /\?done=/)
    expect(await decisions(world)).toEqual(['deny', 'deny'])
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[1]])
  })
})

const tampered: [what: string, button: string, change: string][] = [
  ['no act', 'Save changes', "button.removeAttribute('name')"],
  ['an act it does not have', 'Save changes', "button.value = 'resubscribe'"],
  ['a pause of forever', '30 days', "button.value = 'pause 99999'"],
  ['a pause without days', '30 days', "button.value = 'pause'"],
  ['a pause twice over', '30 days', "button.value = 'pause 30 30'"],
]

test.for(tampered)(
  'a form sent with %s leads back, says nothing of saving, and changes nothing',
  async ([, name, change], { sharedWorld: world, visit }) => {
    const shown = await visit(await page(world))
    const statuses: number[] = []
    shown.on('response', answer => statuses.push(answer.status()))
    await shown.evaluate(
      `{ const button = [...document.querySelectorAll('button')].find(one => one.innerText.trim() === '${name}'); ${change} }`,
    )
    await world.writesNothing(() => press(shown, name))
    expect(statuses.slice(0, 2)).toEqual([303, 200])
    expect(await heading(shown)).toBe('Email preferences')
    expect(await shown.getByRole('status').count()).toBe(0)
  },
)

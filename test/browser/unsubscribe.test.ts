import { describe, expect } from 'vitest'
import { test } from '../support/browser.ts'
import type { World } from '../support/world.ts'
import { ADA, at, heading, press, pressTwice } from './pages.ts'

const NO_SCRIPTS = { javaScriptEnabled: false }
const page = async (world: World) => at(world, (await world.links(ADA)).unsubscribeUrl)
const decisions = async (world: World) => [
  (await world.check(ADA, { topic: 'news' })).decision,
  (await world.check(ADA, { topic: 'offers' })).decision,
]
const stops = async (world: World) =>
  (await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'"))[0]![0]

describe('a recipient without scripts', () => {
  test('leaves a topic with one press of the one primary button', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    expect(await shown.locator('.button-primary').allInnerTexts()).toEqual(['Unsubscribe'])
    await press(shown, 'Unsubscribe')
    expect(await heading(shown)).toBe('You are unsubscribed')
    expect(await shown.locator('main').innerText()).toContain(
      'North & Co. will not send News to a•••@e••••••.com',
    )
    expect(await decisions(world)).toEqual(['deny', 'allow'])
  })

  test('takes it back with Undo on the page that says so', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Unsubscribe')
    await press(shown, 'Undo')
    expect(await heading(shown)).toBe('Undone')
    expect(await decisions(world)).toEqual(['allow', 'allow'])
  })

  test('leaves again after Undo, by the link on that page', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Unsubscribe')
    await press(shown, 'Undo')
    await shown.getByRole('link', { name: 'Unsubscribe again' }).click()
    await press(shown, 'Unsubscribe')
    expect(await heading(shown)).toBe('You are unsubscribed')
    expect(await decisions(world)).toEqual(['deny', 'allow'])
  })

  test('stops all mail of the sender with one press', async ({ world, visit }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Unsubscribe from all North & Co. emails')
    expect(await heading(shown)).toBe('You are unsubscribed from everything')
    expect(await decisions(world)).toEqual(['deny', 'deny'])
  })

  test('stops all mail after having left one topic, and Undo gives back the other one only', async ({
    world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await press(shown, 'Unsubscribe')
    await press(shown, 'Unsubscribe from all North & Co. emails')
    expect(await decisions(world)).toEqual(['deny', 'deny'])
    await press(shown, 'Undo')
    expect(await decisions(world)).toEqual(['deny', 'allow'])
  })

  test('may choose instead, which leads to the preference center and changes nothing', async ({
    world,
    visit,
  }) => {
    const shown = await visit(await page(world), NO_SCRIPTS)
    await world.writesNothing(() => shown.getByRole('link', { name: 'Choose what you get instead' }).click())
    expect(await heading(shown)).toBe('Email preferences')
    expect(new URL(shown.url()).pathname).toMatch(/^\/p\//)
  })
})

describe('pressing more than once does no harm', () => {
  test('a double press stops the topic once and ends on a page that says so', async ({ world, visit }) => {
    const shown = await visit(await page(world))
    await pressTwice(shown, 'Unsubscribe', /\/page$/)
    expect(await heading(shown)).toMatch(/^You (are|were already) unsubscribed$/)
    expect([await decisions(world), await stops(world)]).toEqual([['deny', 'allow'], 1])
  })

  test('the same page open twice: the second press says that nothing was left to do', async ({
    world,
    visit,
  }) => {
    const [first, second] = [await visit(await page(world)), await visit(await page(world))]
    await press(first, 'Unsubscribe')
    await press(second, 'Unsubscribe')
    expect(await heading(second)).toBe('You were already unsubscribed')
    expect(await second.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect([await decisions(world), await stops(world)]).toEqual([['deny', 'allow'], 1])
  })

  test('reloading the page that says so, which posts again, stops nothing more', async ({ world, visit }) => {
    const shown = await visit(await page(world))
    await press(shown, 'Unsubscribe')
    await shown.reload()
    expect(await heading(shown)).toBe('You were already unsubscribed')
    expect([await decisions(world), await stops(world)]).toEqual([['deny', 'allow'], 1])
  })

  test('going back writes nothing, and the first page has learned what was done', async ({
    world,
    visit,
  }) => {
    const shown = await visit(await page(world))
    await press(shown, 'Unsubscribe')
    await world.writesNothing(() => shown.goBack())
    expect(await heading(shown)).toBe('You are already unsubscribed')
    expect(await decisions(world)).toEqual(['deny', 'allow'])
  })

  test('who looks at the preference center and goes back still finds Undo', async ({ world, visit }) => {
    const shown = await visit(await page(world))
    await press(shown, 'Unsubscribe')
    await shown.getByRole('link', { name: 'Choose what you still get' }).click()
    await shown.waitForURL('**/p/*')
    await world.writesNothing(() => shown.goBack())
    expect(await heading(shown)).toBe('You are unsubscribed')
    await press(shown, 'Undo')
    expect(await decisions(world)).toEqual(['allow', 'allow'])
  })

  test('Undo sent again by reloading never brings back what was left since', async ({ world, visit }) => {
    const [shown, other] = [await visit(await page(world)), await visit(await page(world))]
    await press(shown, 'Unsubscribe')
    await press(shown, 'Undo')
    await press(other, 'Unsubscribe')
    await world.writesNothing(() => shown.reload())
    expect(await decisions(world)).toEqual(['deny', 'allow'])
  })
})

const tampered: [what: string, change: string][] = [
  ['no scope', "button.removeAttribute('name')"],
  ['an empty scope', "button.value = ''"],
  ['a scope of others', "button.value = 'platform'"],
  ['its fields as a file', "button.form.enctype = 'text/plain'"],
]

test.for(tampered)(
  'a form sent with %s leads back and changes nothing',
  async ([, change], { sharedWorld: world, visit }) => {
    const shown = await visit(await page(world))
    const statuses: number[] = []
    shown.on('response', answer => statuses.push(answer.status()))
    await world.writesNothing(async () => {
      await shown.evaluate(`{ const button = document.querySelector('.button-primary'); ${change} }`)
      await press(shown, 'Unsubscribe')
    })
    expect(statuses.slice(0, 2)).toEqual([303, 200])
    expect(shown.url()).toBe(await page(world))
    expect(await heading(shown)).toBe('Unsubscribe from News?')
  },
)

import { describe, expect } from 'vitest'
import { openRelay } from '../conformance/relay.ts'
import { happened, ledger, mailedRequest, press } from '../support/consent.ts'
import { test as mailTest } from '../support/mail.ts'
import { form, openData } from '../support/rights.ts'
import { answered, openWorld, wideTest as test, type World } from '../support/world.ts'
import { playMany } from './last-choice.ts'

const ADA = 'ada@example.com'
const HOUR = 60 * 60 * 1000

const click = async (world: World, url: string): Promise<void> => {
  const answer = await world.fetch(url, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
  expect([answer.status, await answer.text()]).toEqual([200, 'Unsubscribed.\n'])
}

/** Leaves by the page, and returns what takes that back, or undefined where nothing is offered. */
async function leave(world: World, url: string, scope: 'topic' | 'workspace' = 'topic') {
  const page = await (await world.fetch(`${url}/page`, form({ scope }))).text()
  const undo = /name="undo" value="([^"]+)"/.exec(page)?.[1]
  return undo === undefined
    ? undefined
    : async () => (await world.fetch(`${url}/undo`, form({ undo }))).text()
}

/** Does something in the preference center, and returns what takes that back, or undefined where nothing is offered. */
async function prefer(world: World, url: string, fields: Record<string, string>) {
  const post = (more: Record<string, string>) =>
    world.fetch(url, { ...form(more), headers: { accept: 'application/json' } })
  const { done } = await answered(await post(fields))
  if (done.undo === undefined) return undefined
  return async (): Promise<void> => void (await answered(await post({ act: 'undo', undo: done.undo })))
}

test('of all that is chosen in whatever order and by whomever, the last choice in its scope wins', async ({
  world,
}) => {
  const played = await playMany(world, 20, 15)
  expect(played.filter(({ stolen }) => stolen).length).toBeGreaterThanOrEqual(played.length / 5)
})

describe('whoever holds a forwarded link and left by it cannot take back', () => {
  test('the recipient’s click in their mail program, which the ledger has', async ({ world }) => {
    const { unsubscribeUrl } = await world.links(ADA)
    const undo = await leave(world, unsubscribeUrl)
    await click(world, unsubscribeUrl)
    expect(await undo!()).toContain('still')
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await ledger(world)).toMatchObject([
      ['suppression.added', { via: 'page' }],
      ['suppression.repeated', { via: 'one-click', count: 1 }],
    ])
  })

  test('what the recipient’s own page calls done already', async ({ world }) => {
    const { unsubscribeUrl } = await world.links(ADA)
    const undo = await leave(world, unsubscribeUrl, 'workspace')
    expect(await leave(world, unsubscribeUrl, 'workspace')).toBeUndefined()
    await undo!()
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
  })

  test('what the recipient told the sender, who passed it on', async ({ world }) => {
    const { preferencesUrl } = await world.links(ADA)
    const undo = await prefer(world, preferencesUrl, { act: 'stop' })
    const passedOn = await answered(await world.call('/v1/consents/withdraw', { address: ADA }))
    expect(passedOn).toEqual({ outcome: 'unchanged' })
    await undo!()
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
  })

  test('a pause that the recipient made longer', async ({ world }) => {
    const { preferencesUrl } = await world.links(ADA)
    const undo = await prefer(world, preferencesUrl, { act: 'pause', days: '30' })
    await prefer(world, preferencesUrl, { act: 'pause', days: '90' })
    await undo!()
    const { reason, until } = await world.check(ADA)
    expect(reason).toBe('paused')
    expect(Date.parse(String(until))).toBeGreaterThan(Date.now() + 89 * 24 * HOUR)
  })

  test('a pause or a stop of everything that came after their stop of everything', async ({ world }) => {
    const { preferencesUrl } = await world.links(ADA)
    const undo = await prefer(world, preferencesUrl, { act: 'stop' })
    await prefer(world, preferencesUrl, { act: 'pause', days: '30' })
    await undo!()
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('a topic that the recipient unticks on a page that still shows it as on', async ({ world }) => {
    const { preferencesUrl } = await world.links(ADA)
    const undo = await prefer(world, preferencesUrl, { act: 'stop' })
    await prefer(world, preferencesUrl, { act: 'save', shown: 'news' })
    await undo!()
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', scope: 'topic' })
    expect(await world.check(ADA, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('the consent that ended with what the recipient left since', async ({ world }) => {
    const { confirmation } = await mailedRequest(world, ADA)
    await press(world, confirmation.confirmUrl)
    const { unsubscribeUrl } = await world.links(ADA)
    const undo = await leave(world, unsubscribeUrl, 'workspace')
    await click(world, unsubscribeUrl)
    await undo!()
    expect(await happened(world)).not.toContain('consent.restored')
  })

  test('a choice at the address that took this one’s place', async ({ world }) => {
    const old = await world.links(ADA)
    const now = await world.links('ada@example.net')
    const idOf = async (address: string) => {
      await answered(
        await world.call('/v1/suppressions', {
          entries: [{ address, scope: 'topic', topic: 'receipts', reason: 'manual' }],
        }),
      )
      const [[id]] = (await world.sql('SELECT address_id FROM event ORDER BY seq DESC LIMIT 1')) as [
        [Uint8Array],
      ]
      return id
    }
    await world.sql('INSERT INTO succession (former_id, address_id, tenant, at) VALUES (?, ?, ?, 1)', [
      await idOf(ADA),
      await idOf('ada@example.net'),
      world.tenant,
    ])
    const undo = await leave(world, old.unsubscribeUrl)
    expect(await world.check('ada@example.net')).toMatchObject({ decision: 'deny' })
    await click(world, now.unsubscribeUrl)
    await undo!()
    expect(await world.check('ada@example.net')).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.check(ADA)).toMatchObject({ decision: 'allow' })
  })

  mailTest('an erasure', async ({ mailing }) => {
    const { world } = mailing
    const { unsubscribeUrl } = await world.links(ADA)
    const undo = await leave(world, unsubscribeUrl, 'workspace')
    expect((await (await openData(mailing, ADA)).send('/erased')).status).toBe(200)
    await undo!()
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
  })

  test('a click that waits for the database to come back', async () => {
    const relay = await openRelay()
    const world = await openWorld({ bindings: { DATABASE_URL: relay.url } })
    relay.target = world.database.primaryUrl
    try {
      const { unsubscribeUrl } = await world.links(ADA)
      const undo = await leave(world, unsubscribeUrl)
      await relay.turn('refuses connections')
      await click(world, unsubscribeUrl)
      await relay.turn('fair')
      await undo!()
      await expect.poll(() => happened(world)).toEqual(['suppression.added', 'suppression.repeated'])
      expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
    } finally {
      await world.close()
      await relay.close()
    }
  })
})

test('who unsubscribed again after a sign-up is not brought back by that sign-up’s link', async ({
  world,
}) => {
  const { unsubscribeUrl } = await world.links(ADA)
  await click(world, unsubscribeUrl)
  const { confirmation } = await mailedRequest(world, ADA)
  await world.update('subscription', 'until = 1')
  await world.runCron()
  await click(world, unsubscribeUrl)
  await press(world, confirmation.confirmUrl)
  expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
})

test('a loop of clicks leaves two entries in the ledger, and an hour later their number', async ({
  world,
}) => {
  const { unsubscribeUrl } = await world.links(ADA)
  for (let i = 0; i < 12; i++) await click(world, unsubscribeUrl)
  const told = async () => (await ledger(world)).map(([type, { count }]) => [type, count])
  const atOnce = [
    ['suppression.added', undefined],
    ['suppression.repeated', 1],
  ]
  await world.runCron()
  expect(await told()).toEqual(atOnce)
  await world.update('suppression', 'told_at = told_at - ?', [HOUR])
  await click(world, unsubscribeUrl)
  await world.runCron()
  expect(await told()).toEqual([...atOnce, ['suppression.repeated', 11]])
  await world.update('suppression', 'told_at = told_at - ?', [HOUR])
  await world.runCron()
  expect(await world.sql('SELECT untold FROM suppression')).toEqual([[null]])
  expect(await told()).toHaveLength(3)
})

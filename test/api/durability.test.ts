import { describe, expect } from 'vitest'
import { press, request } from '../support/consent.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, openWorld, test, type World } from '../support/world.ts'

const entries = [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }]

test('while the database is away every call says so, and no check is guessed', async ({
  ownWorld: world,
}) => {
  const { unsubscribeUrl, preferencesUrl } = await world.links('ada@example.com')
  const { confirmation } = await request(world, 'ada@example.com')
  await world.database.stop()
  const calls: [string, Promise<Response>][] = [
    ['check', world.call('/v1/check', { topic: 'news', addresses: ['ada@example.com'] })],
    ['links', world.call('/v1/links', { topic: 'news', recipients: [] })],
    ['suppressions', world.call('/v1/suppressions', { entries })],
    ['one-click', world.fetch(unsubscribeUrl, { method: 'POST' })],
    ['page', world.fetch(unsubscribeUrl)],
    ['preferences', world.fetch(preferencesUrl)],
    ['sign-up', world.call('/v1/subscriptions', signUp('bob@example.com'))],
    ['proof', world.call('/v1/consents/prove', { address: 'ada@example.com' })],
    ['confirmation', press(world, confirmation.confirmUrl)],
    ['refusal', world.fetch(confirmation.cancelUrl, { method: 'POST' })],
    ['readiness', world.fetch('/readyz')],
  ]
  for (const [name, call] of calls) {
    const answer = await call
    expect(answer.status, name).toBe(503)
    expect(Number(answer.headers.get('retry-after')), name).toBeGreaterThan(0)
    expect(await answer.text(), name).not.toMatch(
      /"allow"|Unsubscribed|You are subscribed|127\.0\.0\.1|Error| {4}at /,
    )
  }
  expect((await world.fetch('/healthz')).status).toBe(200)
})

describe('with a replica', () => {
  test('a check sees an unsubscribe at once, however far the replica is behind', async () => {
    const world = await openWorld({ replicas: 1 })
    try {
      for (let i = 0; i < 10; i++) {
        const { unsubscribeUrl } = await world.links(`r${i}@example.com`)
        await answeredText(await world.fetch(unsubscribeUrl, { method: 'POST' }))
        expect(await world.check(`r${i}@example.com`)).toMatchObject({ decision: 'deny' })
      }
    } finally {
      await world.close()
    }
  })

  test('a lost replica is nobody’s loss', async () => {
    const world = await openWorld({ replicas: 1 })
    try {
      process.kill(world.database.pids[1]!, 'SIGKILL')
      const { unsubscribeUrl } = await world.links('ada@example.com')
      expect((await world.fetch(unsubscribeUrl)).status).toBe(200)
      expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
      expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
    } finally {
      await world.close()
    }
  })
})

test('many clicks at once are each acknowledged once and each stand in the ledger', async ({ world }) => {
  const recipients = Array.from({ length: 100 }, (_, i) => `r${i}@example.com`)
  const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients }))
  await Promise.all(
    links.flatMap(({ unsubscribeUrl }: { unsubscribeUrl: string }) => [
      untilAcknowledged(world, unsubscribeUrl),
      untilAcknowledged(world, unsubscribeUrl),
    ]),
  )
  const counts = await world.sql(
    "SELECT (SELECT count(*) FROM suppression), (SELECT count(*) FROM event WHERE type = 'suppression.added')",
  )
  expect(counts).toEqual([[100, 100]])
})

/** Posts as a mail client that comes again when it is told to: on a busy machine a click may be late, and is told so. */
async function untilAcknowledged(world: World, url: string): Promise<void> {
  const answer = await world.fetch(url, { method: 'POST' })
  if (answer.status === 503) return untilAcknowledged(world, url)
  await answeredText(answer)
}

async function answeredText(response: Response): Promise<void> {
  expect([response.status, await response.text()]).toEqual([200, 'Unsubscribed.\n'])
}

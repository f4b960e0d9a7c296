import { Webhook } from 'standardwebhooks'
import { expect } from 'vitest'
import { fixture } from '../support/inbound.ts'
import { openReceiver, test } from '../support/receiver.ts'
import { answered, type World } from '../support/world.ts'

const MINUTE = 60_000

/** A mail server reports to a mail's return path that its address does not exist (RFC 3464), and the sender passes the report on. */
const bounce = (world: World, address: string, returnPath: string) =>
  world.fetch('/v1/inbound/message', {
    method: 'POST',
    body: fixture('dsn.eml', {
      RETURN_PATH: returnPath,
      ORIGINAL_FIELDS: 'X-Mailer: none',
    }).replaceAll('bob@example.com', address),
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${world.apiKey}` },
  })

test('a mail bounces: its recipient is suppressed, and the sender’s own system, which was down, hears of it as the feed tells it', async ({
  notifying: { world, receiver, endpoint, pass },
}) => {
  const address = 'ada@example.com'
  const headers = { authorization: `Bearer ${world.apiKey}` }
  const { secret } = await endpoint({ types: ['suppression.*'] })
  const { next: start } = await answered(await world.fetch('/v1/events?limit=1000', { headers }))

  // The sender asks, sends, and goes down.
  expect(await world.check(address)).toEqual({ address, decision: 'allow' })
  const mailbox = `fb@t${world.tenant}.north.example`
  await world.update('workspace', 'feedback_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [address] }))
  const { unsubscribeUrl, returnPath } = links[0]
  const port = Number(new URL(receiver.url).port)
  await receiver.close()

  await answered(await bounce(world, address, returnPath))
  expect(await world.check(address)).toMatchObject({ decision: 'deny', reason: 'bounced', scope: 'tenant' })
  await world.runCron()
  await pass(2 * MINUTE)
  await world.runCron()
  // Meanwhile an earlier mail was read, and its button pressed.
  expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
  await world.runCron()

  // The sender is back.
  const back = await openReceiver(port)
  await pass(60 * MINUTE)
  await world.runCron()
  await world.runCron()
  const heard = back.received.map(({ headers, body }) => new Webhook(secret).verify(body, headers))
  const feed = await answered(await world.fetch(`/v1/events?types=suppression.*&after=${start}`, { headers }))
  expect(heard.map(event => (event as { data: object }).data)).toEqual(feed.events)
  expect(feed.events).toMatchObject([
    { type: 'suppression.added', data: { reason: 'bounced' } },
    { type: 'suppression.added', actor: 'recipient', data: { reason: 'unsubscribed', via: 'one-click' } },
  ])

  // And knows whom it is about.
  const { results } = await answered(await world.call('/v1/address-ids', { addresses: [address] }))
  expect(feed.events.map(({ addressId }: { addressId: string }) => addressId)).toEqual([
    results[0].addressId,
    results[0].addressId,
  ])
  await back.close()
})

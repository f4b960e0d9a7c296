import { expect } from 'vitest'
import { probe, test } from '../support/receiver.ts'

test('a receiver that says nothing and hangs is given up', async ({ notifying: { world, receiver } }) => {
  receiver.answers(() => undefined)
  const probed = await probe(world, receiver.url)
  expect(probed.outcome).toEqual({ outcome: 'failed', code: 'timeout' })
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([probed.eventId])
})

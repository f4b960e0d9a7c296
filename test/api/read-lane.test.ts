import { expect } from 'vitest'
import { answered, test } from '../support/world.ts'

test('of sixty-four checks at once, which share pipelines to the database, each is answered about its own recipient', async ({
  world,
}) => {
  const addresses = Array.from({ length: 64 }, (_, i) => `reader-${i}@example.com`)
  const left = addresses.filter((_, i) => i % 3 === 0)
  const entries = left.map(address => ({ address, scope: 'workspace', reason: 'manual' }))
  await answered(await world.call('/v1/suppressions', { entries }))
  const results = await Promise.all(addresses.map(address => world.check(address)))
  expect(results.map(({ address, decision }) => [address, decision])).toEqual(
    addresses.map(address => [address, left.includes(address) ? 'deny' : 'allow']),
  )
})

import { expect } from 'vitest'
import { test } from '../support/world.ts'

test('a recipient who unsubscribed is denied at the very next check', async ({ world }) => {
  const { unsubscribeUrl } = await world.links('ada@example.com')
  expect(await world.check('ada@example.com')).toEqual({ address: 'ada@example.com', decision: 'allow' })
  expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
  expect(await world.check('ada@example.com')).toMatchObject({
    decision: 'deny',
    reason: 'unsubscribed',
    scope: 'topic',
  })
})

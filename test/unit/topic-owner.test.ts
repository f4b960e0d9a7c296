import { expect, test } from 'vitest'
import type { Database } from '../../db/engine/client.ts'
import type { UnsubscribeDeps } from '../../worker/unsubscribe/deps.ts'
import { findTopicOwner, OWNERS_MAX } from '../../worker/unsubscribe/topic-owner.ts'

test('an isolate remembers the owners of so many topics and no more, and asks again for the first of them', async () => {
  let asked = 0
  const db = {
    async read(_: unknown, [query]: [{ args: [number] }]) {
      asked++
      return [[{ topic: query.args[0], workspace: 1, tenant: 1, kind: 'marketing' }]]
    },
  } as unknown as Database
  const deps = { cluster: 0, db, topicOwners: new Map() } as unknown as UnsubscribeDeps
  for (let topic = 1; topic <= OWNERS_MAX + 1; topic++) await findTopicOwner(deps, topic)
  expect(deps.topicOwners.size).toBe(OWNERS_MAX)
  await findTopicOwner(deps, OWNERS_MAX + 1)
  expect(asked).toBe(OWNERS_MAX + 1)
  expect(await findTopicOwner(deps, 1)).toMatchObject({ topic: 1 })
  expect(asked).toBe(OWNERS_MAX + 2)
})

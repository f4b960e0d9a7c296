import { expect } from 'vitest'
import { createKey } from '../../ops/provision-key.ts'
import { answered, test } from '../support/world.ts'

test('a sender lists the topics that its checks can name, and no other workspace’s', async ({
  sharedWorld: world,
}) => {
  const list = async (key: string) =>
    (await answered(await world.call('/v1/topics', undefined, { method: 'GET', key }))).topics
  expect(await list(world.apiKey)).toMatchObject([
    { name: 'news', kind: 'marketing', consent: 'opt_out' },
    { name: 'offers', kind: 'marketing', consent: 'opt_out' },
    { name: 'receipts', kind: 'transactional', consent: 'opt_out' },
  ])
  const theirs = await list(world.otherApiKey)
  expect(theirs.map(({ name }: { name: string }) => name)).toContain('weekly')
  expect(theirs.map(({ name }: { name: string }) => name)).not.toContain('news')
})

test('a topic is listed with the mode that its mail has, its own or its workspace’s', async ({ world }) => {
  await world.update('workspace', "consent = 'opt_in'", [], "name = 'north'")
  await world.update('topic', "consent = 'opt_out', frequency = 'Weekly'", [], "name = 'offers'")
  const { topics } = await answered(await world.call('/v1/topics', undefined, { method: 'GET' }))
  expect(topics).toMatchObject([
    { name: 'news', consent: 'opt_in' },
    { name: 'offers', consent: 'opt_out', frequency: 'Weekly' },
    { name: 'receipts', consent: 'opt_in' },
  ])
})

test('topics come page by page, each once, in the order they were made', async ({ sharedWorld: world }) => {
  const seen: string[] = []
  for (let path: string | undefined = '/v1/topics?limit=2'; path !== undefined; ) {
    const { topics, next }: { topics: { name: string }[]; next?: string } = await answered(
      await world.call(path, undefined, { method: 'GET' }),
    )
    expect(topics.length).toBeLessThanOrEqual(2)
    seen.push(...topics.map(({ name }) => name))
    path = next && `/v1/topics?limit=2&cursor=${next}`
  }
  expect(seen).toEqual(['news', 'offers', 'receipts'])
})

test.for([
  ['limit', 'limit=0'],
  ['limit', 'limit=1001'],
  ['cursor', 'cursor=nonsense'],
  ['workspace', 'workspace=1'],
])('a wrong %s is refused by name', async ([field, query], { sharedWorld: world }) => {
  const answer = await world.call(`/v1/topics?${query}`, undefined, { method: 'GET' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ field }] })
})

test('another tenant’s cursor is none, and a key without the permission is refused', async ({
  sharedWorld: world,
}) => {
  const { next } = await answered(await world.call('/v1/topics?limit=1', undefined, { method: 'GET' }))
  const theirs = await world.call(`/v1/topics?cursor=${next}`, undefined, {
    method: 'GET',
    key: world.otherApiKey,
  })
  expect(theirs.status).toBe(400)
  const { text } = await createKey(world.endpoint, world.keyring, world.path, ['addresses:check'])
  const refused = await world.call('/v1/topics', undefined, { method: 'GET', key: text })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ permission: 'topics:read' })
})

import { expect } from 'vitest'
import { readApiKey } from '../../core/api-key.ts'
import { answered, test, type World } from '../support/world.ts'

const asPuffin = (world: World, path: string, body: object) =>
  world.call(path, body, { key: world.otherApiKey })

test('an unsubscribe from one tenant leaves the same person at the other', async ({ world }) => {
  const { unsubscribeUrl } = await world.links('ada@example.com')
  await world.fetch(unsubscribeUrl, { method: 'POST' })
  const { results } = await answered(
    await asPuffin(world, '/v1/check', { topic: 'weekly', addresses: ['ada@example.com'] }),
  )
  expect(results).toMatchObject([{ decision: 'allow' }])
})

test('an unsubscribe from one workspace leaves the same person at the tenant’s other one, topics of one name or not', async ({
  world,
}) => {
  const key = world.siblingApiKey
  const { unsubscribeUrl } = await world.links('ada@example.com')
  await world.fetch(unsubscribeUrl, { method: 'POST' })
  const entries = [{ address: 'bob@example.com', scope: 'workspace', reason: 'manual' }]
  await answered(await world.call('/v1/suppressions', { entries }))
  const addresses = ['ada@example.com', 'bob@example.com']
  const { results } = await answered(await world.call('/v1/check', { topic: 'news', addresses }, { key }))
  expect(results).toMatchObject([{ decision: 'allow' }, { decision: 'allow' }])
})

test('a tenant-wide suppression counts in each of its workspaces', async ({ world }) => {
  const entries = [{ address: 'ada@example.com', scope: 'tenant', reason: 'legal' }]
  await answered(await world.call('/v1/suppressions', { entries }, { key: world.siblingApiKey }))
  expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', scope: 'tenant' })
})

test('a tenant-wide suppression stays within its tenant', async ({ world }) => {
  const entries = [{ address: 'ada@example.com', scope: 'tenant', reason: 'legal' }]
  await answered(await asPuffin(world, '/v1/suppressions', { entries }))
  expect(await world.check('ada@example.com')).toMatchObject({ decision: 'allow' })
})

test('the same person has unrelated address ids at two tenants', async ({ world }) => {
  const entries = [{ address: 'ada@example.com', scope: 'tenant', reason: 'manual' }]
  await world.call('/v1/suppressions', { entries })
  await asPuffin(world, '/v1/suppressions', { entries })
  const ids = await world.sql(
    "SELECT DISTINCT tenant, hex(address_id) FROM main.event WHERE type = 'suppression.added' AND tenant IN (?, ?)",
    [world.tenant, readApiKey(world.keyring, world.otherApiKey)!.tenant],
  )
  expect(ids).toHaveLength(2)
  expect(ids[0]![1]).not.toBe(ids[1]![1])
})

test("a preference center shows its own sender's topics only", async ({ sharedWorld: world }) => {
  const { preferencesUrl } = await world.links('ada@example.com')
  const html = await (await world.fetch(preferencesUrl)).text()
  expect(html).not.toContain('Puffin')
  expect(html).not.toContain('weekly')
})

test('every event belongs to the tenant of its workspace', async ({ world }) => {
  await world.call('/v1/suppressions', {
    entries: [{ address: 'ada@example.com', scope: 'tenant', reason: 'manual' }],
  })
  const strays = await world.sql(
    'SELECT seq FROM main.event JOIN main.workspace ON workspace.number = event.workspace WHERE workspace.tenant <> event.tenant',
  )
  expect(strays).toEqual([])
})

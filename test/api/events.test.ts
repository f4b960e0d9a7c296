import { describe, expect } from 'vitest'
import { createClient } from '../../client/client.ts'
import { answered, test, type World } from '../support/world.ts'

const read = (world: World, query = '', key = world.apiKey) =>
  world.fetch(`/v1/events${query}`, { headers: { authorization: `Bearer ${key}` } })
const suppress = (world: World, address: string) =>
  world.call('/v1/suppressions', { entries: [{ address, scope: 'workspace', reason: 'manual' }] })

describe('GET /v1/events', () => {
  test('gives what happened in the workspace, in order, with actor and leaf hash and without an address', async ({
    world,
  }) => {
    await suppress(world, 'ada@example.com')
    await world.fetch((await world.links('bob@example.com')).unsubscribeUrl, { method: 'POST' })
    const { events, more } = await answered(await read(world))
    const added = events.filter(({ type }: { type: string }) => type === 'suppression.added')
    expect(added).toMatchObject([
      { actor: expect.stringMatching(/^key_/), data: { reason: 'manual', via: 'api' } },
      { actor: 'recipient', data: { reason: 'unsubscribed', via: 'one-click' } },
    ])
    expect(added[0].leaf).toMatch(/^[0-9a-f]{64}$/)
    expect(more).toBe(false)
    expect(JSON.stringify(events)).not.toMatch(/ada@|bob@/)
  })

  test('names the topic that something is about, and none where it reaches further', async ({ world }) => {
    await suppress(world, 'ada@example.com')
    await world.fetch((await world.links('bob@example.com', 'offers')).unsubscribeUrl, { method: 'POST' })
    const { events } = await answered(await read(world))
    const added = events.filter(({ type }: { type: string }) => type === 'suppression.added')
    expect(added.map(({ topic }: { topic?: string }) => topic)).toEqual([undefined, 'offers'])
  })

  test('goes on where it left off: nothing twice, nothing missed', async ({ world }) => {
    const ids: string[] = []
    let after = ''
    for (let i = 0; i < 12; i++) {
      await suppress(world, `r${i}@example.com`)
      const page = await answered(await read(world, `?limit=3${after && `&after=${after}`}`))
      ids.push(...page.events.map(({ id }: { id: string }) => id))
      after = page.next
    }
    const { events } = await answered(await read(world, `?after=${after}&limit=1000`))
    ids.push(...events.map(({ id }: { id: string }) => id))
    const all = await world.sql('SELECT lower(hex(id)) FROM event WHERE workspace = ? ORDER BY seq', [
      world.workspace,
    ])
    expect(ids.map(id => id.replaceAll('-', ''))).toEqual(all.map(([id]) => id))
  })

  test('tells nothing of another tenant, nor takes a cursor of one', async ({ world }) => {
    await suppress(world, 'ada@example.com')
    const { next } = await answered(await read(world))
    const theirs = await answered(await read(world, '', world.otherApiKey))
    expect(theirs.events.map(({ type }: { type: string }) => type)).not.toContain('suppression.added')
    expect((await read(world, `?after=${next}`, world.otherApiKey)).status).toBe(400)
  })

  test('tells nothing of another workspace of the tenant', async ({ world }) => {
    await suppress(world, 'ada@example.com')
    const theirs = await answered(await read(world, '', world.siblingApiKey))
    expect(theirs.events.map(({ type }: { type: string }) => type)).not.toContain('suppression.added')
  })

  test('is read to its end by the client', async ({ world }) => {
    for (let i = 0; i < 5; i++) await suppress(world, `r${i}@example.com`)
    const seen = []
    for await (const event of createClient({ baseUrl: world.url, apiKey: world.apiKey }).events())
      seen.push(event.type)
    expect(seen.filter(type => type === 'suppression.added')).toHaveLength(5)
  })
})

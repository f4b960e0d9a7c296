import { connect } from 'node:net'
import { describe, expect } from 'vitest'
import { keyIdOf } from '../../core/api-key.ts'
import { createKey, revokeKey } from '../../ops/provision-key.ts'
import { press, request } from '../support/consent.ts'
import { answered, openWorld, test, type World } from '../support/world.ts'

const get = (world: World, query: string, key = world.apiKey) =>
  world.fetch(`/v1/events?${query}`, { headers: { authorization: `Bearer ${key}` } })
const read = async (world: World, query: string, key?: string) => answered(await get(world, query, key))
const suppress = (world: World, address: string) =>
  world.call('/v1/suppressions', { entries: [{ address, scope: 'workspace', reason: 'manual' }] })
const keyWith = (world: World, permissions: Parameters<typeof createKey>[3]) =>
  createKey(world.endpoint, world.keyring, world.path, permissions)

test('a follower sees every event once and in order while many write at once', async ({ world }) => {
  const writers = 8
  const each = 15
  const total = writers * each
  const written = Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const { links } = await answered(
        await world.call('/v1/links', {
          topic: 'news',
          recipients: Array.from({ length: each }, (_, i) => `w${writer}.${i}@example.com`),
        }),
      )
      for (const { unsubscribeUrl } of links) await world.fetch(unsubscribeUrl, { method: 'POST' })
    }),
  )
  // Small pages, asked for as fast as they come, so that many of them end in the midst of commits.
  const seen: string[] = []
  for (let after = ''; seen.length < total; ) {
    const page = await read(world, `types=suppression.added&limit=7&wait=5${after && `&after=${after}`}`)
    seen.push(...page.events.map(({ id }: { id: string }) => id))
    after = page.next
  }
  await written
  const rows = await world.sql(
    "SELECT lower(hex(id)) FROM event WHERE type = 'suppression.added' ORDER BY seq",
  )
  expect(rows).toHaveLength(total)
  expect(seen.map(id => id.replaceAll('-', ''))).toEqual(rows.flat())
})

describe('types', () => {
  test('leaves everything else out, however much of it there is', async ({ world }) => {
    for (let i = 0; i < 5; i++) await suppress(world, `r${i}@example.com`)
    const { suppressions } = await answered(
      await world.call('/v1/suppressions/find', { address: 'r3@example.com' }),
    )
    await world.call(`/v1/suppressions/${suppressions[0].id}`, null, { method: 'DELETE', body: null })
    const typesOf = async (types: string) =>
      (await read(world, `types=${types}`)).events.map(({ type }: { type: string }) => type)
    expect(await typesOf('suppression.lifted')).toEqual(['suppression.lifted'])
    expect(await typesOf('suppression.lifted,topic.*')).toEqual([
      'topic.created',
      'topic.created',
      'topic.created',
      'suppression.lifted',
    ])
    expect(await typesOf('suppression.*')).toHaveLength(6)
  })

  test('passes over thousands of others in few calls, and comes to an end', async ({ world }) => {
    await world.sql(
      `INSERT INTO event (id, at, tenant, workspace, type, actor, subject, data, leaf)
       SELECT randomblob(16), 0, ?, ?, iif(i < 4999, 'suppression.added', 'suppression.lifted'), 'operator', 'x', '{}', zeroblob(32)
       FROM number WHERE i < 5000 ORDER BY i`,
      [world.tenant, world.workspace],
    )
    const pages: number[] = []
    for (let [after, more] = ['', true]; more; ) {
      const page = await read(world, `types=suppression.lifted&limit=10${after && `&after=${after}`}`)
      pages.push(page.events.length)
      ;[after, more] = [page.next, page.more]
    }
    // What lies behind what was looked at is not told before its turn, for it would be told again.
    expect(pages).toEqual([0, 0, 1])
  })
})

describe('wait', () => {
  test('answers as soon as something happens', async ({ world }) => {
    const { next } = await read(world, 'limit=1000')
    const waiting = read(world, `after=${next}&wait=25`)
    await suppress(world, 'ada@example.com')
    expect((await waiting).events).toMatchObject([{ type: 'suppression.added' }])
  })

  test('answers with nothing and a place to go on from when nothing does', async ({ world }) => {
    const { next } = await read(world, 'limit=1000')
    const quiet = await read(world, `after=${next}&wait=1`)
    expect(quiet).toMatchObject({ events: [], more: false })
    await suppress(world, 'ada@example.com')
    expect((await read(world, `after=${quiet.next}`)).events).toHaveLength(1)
  })

  test('hears no more once its key is revoked', async ({ world }) => {
    const { text, name } = await keyWith(world, ['events:read'])
    const { next } = await read(world, 'limit=1000')
    const waiting = get(world, `after=${next}&wait=25`, text)
    // Its use is noted once it was let in.
    const used = 'SELECT count(*) FROM api_key WHERE id = ? AND last_used_at IS NOT NULL'
    await expect.poll(() => world.sql(used, [keyIdOf(name)!]), { timeout: 20_000 }).toEqual([[1]])
    await revokeKey(world.endpoint, name)
    expect((await waiting).status).toBe(401)
  })

  test('costs nothing more once its reader has left', async () => {
    const asked: string[] = []
    const world = await openWorld({
      watch: true,
      async outbound({ url, method, body }) {
        const text = await new Response(body).text()
        asked.push(text)
        return fetch(url, { method, body: text })
      },
    })
    try {
      const { text, name } = await keyWith(world, ['events:read'])
      const { next } = await read(world, 'limit=1000')
      const keyId = Buffer.from(keyIdOf(name)!).toString('base64').replace(/=+$/, '')
      const looks = () => asked.filter(sql => sql.includes(keyId) && sql.includes('WITH reach')).length
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1')
      socket.write(
        `GET /v1/events?after=${next}&wait=25 HTTP/1.1\r\nHost: floe\r\nAuthorization: Bearer ${text}\r\n\r\n`,
      )
      await expect.poll(looks, { timeout: 20_000 }).toBeGreaterThan(0)
      socket.resetAndDestroy()
      // Somebody who stays is the clock: what still looks does so as often.
      await read(world, `after=${next}&wait=1`)
      const left = looks()
      await read(world, `after=${next}&wait=2`)
      expect(looks()).toBe(left)
    } finally {
      await world.close()
    }
  })
})

describe('evidence', () => {
  test('is left out, unless it is asked for by a key that may read it', async ({ world }) => {
    const { confirmation } = await request(world, 'ada@example.com')
    await press(world, confirmation.confirmUrl)
    const { text: reader } = await keyWith(world, ['events:read', 'evidence:read'])
    expect(JSON.stringify(await read(world, 'types=consent.*', reader))).not.toMatch(/evidence|203\.0\.113/)
    const refused = await get(world, 'types=consent.*&evidence=true')
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'key.forbidden', permission: 'evidence:read' })
    const { events } = await read(world, 'types=consent.*&evidence=true', reader)
    expect(events).toMatchObject([
      { type: 'consent.requested', evidence: { ip: '203.0.113.7' } },
      { type: 'consent.confirmed', evidence: { userAgent: 'Browser/1' } },
    ])
  })

  test('is gone with the recipient’s key', async ({ world }) => {
    await request(world, 'ada@example.com')
    const { text: reader } = await keyWith(world, ['events:read', 'evidence:read'])
    await world.remove('recipient_key')
    const { events } = await read(world, 'types=consent.*&evidence=true', reader)
    expect(events).toMatchObject([{ type: 'consent.requested', evidence: null }])
  })
})

describe('POST /v1/address-ids', () => {
  test('says whom an event is about to a sender who knows the address, or its hash', async ({ world }) => {
    await suppress(world, 'ada@example.com')
    const { events } = await read(world, 'types=suppression.*')
    const sha256 = 'b5fc85e55755f9e0d030a14ab4429b6b2c1ff4a3ea1d4d1f8a3c5e5d8d4c5b7f'
    const byAddress = await answered(
      await world.call('/v1/address-ids', { addresses: [' ADA@Example.com', 'nobody', 'bob@example.com'] }),
    )
    expect(byAddress.results).toEqual([
      { address: ' ADA@Example.com', addressId: events[0].addressId },
      { address: 'nobody', error: 'invalid_address' },
      { address: 'bob@example.com', addressId: expect.stringMatching(/^[\w-]{16}$/) },
    ])
    const byHash = await answered(await world.call('/v1/address-ids', { sha256: [sha256, 'zz'] }))
    expect(byHash.results).toEqual([
      { sha256, addressId: expect.stringMatching(/^[\w-]{16}$/) },
      { sha256: 'zz', error: 'invalid_address' },
    ])
  })

  test('gives another tenant other ids for the same person', async ({ sharedWorld: world }) => {
    const ask = async (key: string) =>
      (await answered(await world.call('/v1/address-ids', { addresses: ['ada@example.com'] }, { key })))
        .results[0].addressId
    expect(await ask(world.apiKey)).not.toBe(await ask(world.otherApiKey))
    expect(await ask(world.apiKey)).toBe(await ask(world.siblingApiKey))
  })

  test('asks for the permission to read events', async ({ sharedWorld: world }) => {
    const { text: key } = await keyWith(world, ['addresses:check'])
    const refused = await world.writesNothing(() => world.call('/v1/address-ids', { addresses: [] }, { key }))
    expect(refused.status).toBe(403)
  })
})

const rows: [query: string, field: string][] = [
  ['types=', 'types'],
  ['types=*', 'types'],
  ['types=suppression.added,mail.sent', 'types'],
  ['types=suppression.added&types=consent.*', 'types'],
  ['wait=26', 'wait'],
  ['wait=-1', 'wait'],
  ['wait=soon', 'wait'],
  ['evidence=yes', 'evidence'],
  ['after=12', 'after'],
  ['limit=0', 'limit'],
  ['follow=true', 'follow'],
]

test.for(rows)('?%s is refused by name', async ([query, field], { sharedWorld: world }) => {
  const answer = await world.writesNothing(() => get(world, query))
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ errors: [{ field, message: expect.any(String) }] })
})

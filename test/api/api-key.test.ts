import { describe, expect } from 'vitest'
import { keyName, mintApiKey, readApiKey } from '../../core/api-key.ts'
import { createKey, revokeKey } from '../../ops/provision-key.ts'
import { answered, test, type World } from '../support/world.ts'

const check = (world: World, key: string | null) =>
  world.call('/v1/check', { topic: 'news', addresses: ['ada@example.com'] }, { key })
const keyOf = (world: World, permissions: Parameters<typeof createKey>[3]) =>
  createKey(world.endpoint, world.keyring, world.path, permissions)

describe('an API key', () => {
  test('is stored as a hash only', async ({ sharedWorld: world }) => {
    const rows = JSON.stringify(await world.sql('SELECT hex(id), hex(secret_hash), permissions FROM api_key'))
    expect(rows).not.toContain(world.apiKey)
    const secret = Buffer.from(world.apiKey.slice(5), 'base64url').subarray(17, 41)
    expect(rows.toLowerCase()).not.toContain(secret.toString('hex'))
  })

  test('that is revoked is refused from the next call on', async ({ world }) => {
    expect((await check(world, world.apiKey)).status).toBe(200)
    await revokeKey(world.endpoint, keyName(readApiKey(world.keyring, world.apiKey)!.keyId))
    expect((await check(world, world.apiKey)).status).toBe(401)
  })

  test('does what its permissions name and nothing else', async ({ world }) => {
    const { text } = await keyOf(world, ['addresses:check'])
    expect((await check(world, text)).status).toBe(200)
    for (const [path, body, permission] of [
      ['/v1/links', { topic: 'news', recipients: ['ada@example.com'] }, 'links:mint'],
      ['/v1/suppressions', { entries: [] }, 'suppressions:write'],
    ] as const) {
      const refused = await world.writesNothing(() => world.call(path, body, { key: text }))
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ code: 'key.forbidden', permission })
    }
  })

  test('acts in its own workspace only, which its text cannot be made to change', async ({ world }) => {
    const claim = readApiKey(world.keyring, world.apiKey)!
    const bytes = Buffer.from(world.apiKey.slice(5), 'base64url')
    bytes.writeUInt32BE(claim.workspace + 1, 5)
    expect((await check(world, `floe_${bytes.toString('base64url')}`)).status).toBe(401)
  })

  test('signed with the right key but never given out is refused', async ({ sharedWorld: world }) => {
    const { text } = mintApiKey(world.keyring, world.tenant, world.workspace)
    const refused = await check(world, text)
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ code: 'key.invalid' })
  })

  test('remembers to the hour when it was last used', async ({ world }) => {
    const lastUsed = async () =>
      (await world.sql('SELECT last_used_at FROM api_key WHERE workspace = ?', [world.workspace]))[0]![0]
    expect(await lastUsed()).toBeNull()
    await answered(await check(world, world.apiKey))
    await expect.poll(lastUsed, { timeout: 20_000 }).toEqual(expect.any(Number))
    const noted = await lastUsed()
    await answered(await check(world, world.apiKey))
    expect(await lastUsed()).toBe(noted)
  })
})

const credentials: [string, string][] = [
  ['no scheme', 'floe_abc'],
  ['another scheme', 'Basic Zmxv'],
  ['an empty token', 'Bearer '],
  ['a token of another product', 'Bearer sk_live_51H'],
  ['a short token', 'Bearer floe_AAAA'],
  ['a token of the right length', `Bearer floe_${'A'.repeat(71)}`],
  ['a megabyte of token', `Bearer floe_${'A'.repeat(8_000)}`],
]

test.for(credentials)('a call with %s is refused', async ([, authorization], { sharedWorld: world }) => {
  const answer = await world.call(
    '/v1/check',
    { topic: 'news', addresses: [] },
    { key: null, headers: { authorization } },
  )
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="floe"')
  expect(await answer.json()).toMatchObject({ code: 'key.invalid', status: 401 })
})

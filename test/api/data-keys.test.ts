import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { TenantCipher } from '../../core/cipher.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { keySecrets, operatorKeys } from '../../ops/operator-keys.ts'
import { keyUse, retireDataKeys, rewrapDataKeys, rotateDataKeys } from '../../ops/rotate-keys.ts'
import { SEALED } from '../../ops/sealed.ts'
import { request } from '../support/consent.ts'
import { connect, MAILGUN } from '../support/inbound.ts'
import { type Mailing, withMail } from '../support/mail.ts'
import { created } from '../support/receiver.ts'
import { openData } from '../support/rights.ts'
import { startVault } from '../support/vault.ts'
import { answered, type OwnWorld, test, type World } from '../support/world.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const newKey = () => randomBytes(32).toString('base64url')
const secretsOf = (world: World, more: Record<string, string | undefined> = {}) =>
  keySecrets({ ...world.bindings, ...more })
const GET = { method: 'GET', body: null } as const

/** Rotates as an operator does, without the minute in which new keys become known. */
const rotated = (world: World, more?: Record<string, string | undefined>) =>
  rotateDataKeys(world.endpoint, secretsOf(world, more), { wait: async () => undefined })

/** Puts something into every column that is encrypted, each by the way it comes there. */
async function fillAll({ world, mail }: Mailing): Promise<void> {
  const entry = {
    address: ADA,
    topic: 'news',
    basis: 'express',
    at: '2026-01-02T00:00:00Z',
    wording: 'Yes, says Ada',
  }
  await answered(await world.call('/v1/consents', { entries: [entry] }))
  const { id } = await created(
    await world.call('/v1/webhook-endpoints', { url: 'https://hooks.example.com/floe' }),
  )
  await answered(await world.call(`/v1/webhook-endpoints/${id}/rotate-secret`, {}))
  await connect(world, 'mailgun', MAILGUN.settings)
  const data = await openData({ world, mail }, ADA)
  expect((await data.send('/address', { address: 'ada@new.example' })).status).toBe(200)
  const asked = await data.send('/request', { right: 'rectification', message: 'My name is spelt wrong.' })
  expect(await asked.text()).toContain('to be answered by')
}

/** Reads something of each column by the way it is read. */
async function readAll(world: World): Promise<void> {
  const { receipt, history } = await answered(
    await world.call('/v1/consents/prove', { address: ADA, topic: 'news' }),
  )
  expect([typeof receipt, JSON.stringify(history)]).toEqual([
    'string',
    expect.stringContaining('Yes, says Ada'),
  ])
  const { unsubscribeUrl } = await world.links(ADA)
  expect(await (await world.fetch(unsubscribeUrl)).text()).toContain('a•••@')
  const { requests } = await answered(await world.call('/v1/rights-requests?state=open', null, GET))
  expect(requests).toMatchObject([{ recipient: { address: ADA } }])
}

/** Opens every encrypted text with what an operator has, and says how many there are in each column. */
async function openedAll(
  world: OwnWorld,
  more?: Record<string, string | undefined>,
): Promise<Record<string, number>> {
  const cipher = new TenantCipher(operatorKeys(world.endpoint, secretsOf(world, more)))
  const opened: Record<string, number> = {}
  for (const { table, column, key, tenant, context } of SEALED) {
    const rows = await world.raw(
      `SELECT ${tenant} AS whose, ${column}, ${key.join(', ')} FROM ${table} WHERE ${column} IS NOT NULL`,
    )
    for (const [whose, sealed, ...place] of rows)
      expect(await cipher.decrypt(whose as number, context(place), sealed as Uint8Array)).not.toBe('')
    opened[`${table}.${column}`] = rows.length
  }
  return opened
}

describe('a Floe from before there were data keys', () => {
  test('is rotated while it is read and written, and needs its DATA_KEY no more', () =>
    withMail(
      async mailing => {
        const { world } = mailing
        await fillAll(mailing)
        const before = await openedAll(world)
        // Every one of them, or what follows says nothing about it.
        expect(
          Object.values(before).every(count => count > 0),
          JSON.stringify(before),
        ).toBe(true)
        expect(await world.raw('SELECT * FROM data_key')).toEqual([])

        let over = false
        let calls = 0
        const traffic = (async () => {
          while (!over || calls < 5) {
            const address = `r${calls++}@example.com`
            await request(world, address)
            const proof = await answered(await world.call('/v1/consents/prove', { address, topic: 'news' }))
            expect(JSON.stringify(proof.history)).toContain('Yes, send me the news')
            const { unsubscribeUrl } = await world.links(ADA)
            expect(await (await world.fetch(unsubscribeUrl)).text()).toContain('a•••@')
            await nextTurn()
          }
        })()
        const rotation = rotated(world).finally(() => {
          over = true
        })
        const [first] = await Promise.all([rotation, traffic])
        expect(first).toMatchObject({ made: 2, unreadable: 0 })
        expect(first.sealedAnew).toBeGreaterThanOrEqual(
          Object.values(before).reduce((sum, count) => sum + count),
        )

        // The isolate that runs may have sealed under the old key for up to a minute: the next one knows better.
        await world.redeploy({})
        await readAll(world)
        const second = await rotated(world)
        if ((await keyUse(world.endpoint)).older > 0) await rotated(world)
        expect(second.unreadable).toBe(0)
        const { counts, older } = await keyUse(world.endpoint)
        expect([older, counts.some(({ generation }) => generation === 0)]).toEqual([0, false])

        await openedAll(world, { DATA_KEY: '' })
        await world.redeploy({ DATA_KEY: undefined })
        await readAll(world)
        await request(world, 'later@example.com')
        expect((await keyUse(world.endpoint)).older).toBe(0)
      },
      { former: true },
    ))
})

describe('a rotation', () => {
  test('that was broken off goes on where it stopped, and makes no further keys', async ({
    ownWorld: world,
  }) => {
    const endpoint = world.endpoint
    for (let i = 0; i < 3; i++) await request(world, `r${i}@example.com`)
    const cut = rotateDataKeys(endpoint, secretsOf(world), {
      wait: async () => {
        throw new Error('the machine went down')
      },
    })
    await expect(cut).rejects.toThrow('went down')
    const keys = await world.raw('SELECT tenant, generation FROM data_key ORDER BY 1, 2')
    expect((await keyUse(endpoint)).older).toBeGreaterThan(0)
    expect(await rotated(world)).toMatchObject({ made: 0, unreadable: 0 })
    expect(await world.raw('SELECT tenant, generation FROM data_key ORDER BY 1, 2')).toEqual(keys)
    expect((await keyUse(endpoint)).older).toBe(0)
    await openedAll(world)
  })

  test('says how many texts are not what was written, leaves them, and goes on with the others', async ({
    ownWorld: world,
  }) => {
    for (const name of ['bob', 'cy']) await request(world, `${name}@example.com`)
    const [[bob], [cy]] = (await world.sql(
      'SELECT sealed FROM address ORDER BY created_at DESC LIMIT 2',
    )) as [[Uint8Array], [Uint8Array]]
    // Somebody with the database puts one recipient's address into the row of another.
    await world.raw('UPDATE address SET sealed = ? WHERE sealed = ?', [bob, cy])
    const moved = () => world.sql('SELECT address_id FROM address WHERE sealed = ?', [bob])
    expect(await moved()).toHaveLength(2)
    expect(await rotated(world)).toMatchObject({ unreadable: 1 })
    expect(await moved()).toHaveLength(1)
    // It does not keep the others from getting new keys.
    expect(await rotated(world)).toMatchObject({ made: 2, unreadable: 1 })
    await expect(retireDataKeys(world.endpoint, () => Date.now() + 2 * DAY_MS)).rejects.toThrow(
      '1 text under older keys',
    )
  })

  test('stops where keys cannot be had, and changes nothing', async ({ ownWorld: world }) => {
    await rotated(world)
    await request(world, 'bob@example.com')
    await world.writesNothing(async () => {
      for (const KEY_ENCRYPTION_KEYS of [`1:${newKey()}`, `9:${newKey()}`])
        await expect(
          rewrapDataKeys(world.endpoint, secretsOf(world, { KEY_ENCRYPTION_KEYS })),
        ).rejects.toThrow()
      await expect(rotated(world, { KEY_ENCRYPTION_KEYS: '' })).rejects.toThrow('must be set')
    })
  })

  test('is in the ledger, each key by its number, and its keys are destroyed a day later at the earliest', async ({
    ownWorld: world,
  }) => {
    await request(world, 'ann@example.com')
    await rotated(world)
    const endpoint = world.endpoint
    await expect(retireDataKeys(endpoint)).rejects.toThrow('younger than a day')
    const generations = () => world.raw('SELECT tenant, generation FROM data_key ORDER BY 1, 2')
    const before = await generations()
    // The isolate that runs goes on with the key it saw last: what is under it holds the key it needs.
    await request(world, 'bob@example.com')
    await expect(retireDataKeys(endpoint, () => Date.now() + 2 * DAY_MS)).rejects.toThrow('rotate first')
    expect(await generations()).toEqual(before)
    await rotated(world)
    expect(await retireDataKeys(endpoint, () => Date.now() + 2 * DAY_MS)).toBe(1)
    expect(await generations()).toEqual(
      before.filter(([tenant, generation]) => tenant !== 1 || generation !== 1),
    )
    const rows = await world.raw(
      "SELECT tenant, type, actor, subject FROM event WHERE type LIKE 'data_key%' ORDER BY seq",
    )
    expect(rows).toEqual([
      [1, 'data_key.made', 'operator:cli:test', 'data_key_1'],
      [1, 'data_key.made', 'operator:cli:test', 'data_key_2'],
      [2, 'data_key.made', 'operator:cli:test', 'data_key_1'],
      [1, 'data_key.retired', 'operator:cli:test', 'data_key_1'],
    ])
    await world.redeploy({})
    await openedAll(world)
  })
})

describe('the keys that wrap data keys', () => {
  test('are rotated: what was wrapped by the old one is wrapped by the new one, and the old one is needed no more', async ({
    ownWorld: world,
  }) => {
    await request(world, 'bob@example.com')
    const [id, key] = world.bindings['KEY_ENCRYPTION_KEYS']!.split(':') as [string, string]
    const KEY_ENCRYPTION_KEYS = `2:${newKey()},${id}:${key}`
    expect(await rewrapDataKeys(world.endpoint, secretsOf(world, { KEY_ENCRYPTION_KEYS }))).toEqual({
      rewrapped: 1,
      total: 1,
    })
    expect(await rewrapDataKeys(world.endpoint, secretsOf(world, { KEY_ENCRYPTION_KEYS }))).toEqual({
      rewrapped: 0,
      total: 1,
    })
    const alone = { KEY_ENCRYPTION_KEYS: KEY_ENCRYPTION_KEYS.split(',')[0]! }
    await openedAll(world, alone)
    await world.redeploy(alone)
    const { unsubscribeUrl } = await world.links(ADA)
    expect(await (await world.fetch(unsubscribeUrl)).text()).toContain('a•••@')
  })

  test('give way to Vault, and the Worker then takes its keys from there; without it, stopping works and nothing is kept in the clear', async ({
    ownWorld: world,
  }) => {
    const vault = await startVault()
    try {
      const VAULT = { VAULT_URL: vault.url, VAULT_TOKEN: vault.token }
      await rewrapDataKeys(world.endpoint, secretsOf(world, VAULT))
      expect(await world.raw("SELECT count(*) FROM data_key WHERE wrapped LIKE 'vault:v1:%'")).toEqual([[1]])
      const only = { ...VAULT, KEY_ENCRYPTION_KEYS: '' }
      await world.redeploy(only)
      await request(world, 'bob@example.com')
      const links = await world.links(ADA)
      expect(await (await world.fetch(links.unsubscribeUrl)).text()).toContain('a•••@')
      // Warm isolates go on without it.
      vault.sealed = true
      await request(world, 'cy@example.com')
      expect(new Set(vault.calls.slice(-1))).toEqual(new Set(['/v1/transit/decrypt/floe']))

      await world.redeploy(only)
      for (const url of [links.unsubscribeUrl, links.preferencesUrl]) {
        const page = await world.fetch(url)
        expect([page.status, (await page.text()).includes('a•••@')]).toEqual([200, false])
      }
      await world.writesNothing(async () => {
        const refused = await world.call('/v1/subscriptions', {
          address: 'dora@example.com',
          topics: ['news'],
          source: { url: 'https://north.example/newsletter' },
          notice: { name: 'privacy', version: '1' },
        })
        expect(refused.status).toBe(503)
        expect(refused.headers.get('retry-after')).toBe('5')
        expect(await refused.json()).toMatchObject({ code: 'encryption.unavailable' })
      })
      expect((await world.fetch(links.unsubscribeUrl, { method: 'POST' })).status).toBe(200)
      expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
      vault.sealed = false
      await request(world, 'dora@example.com')
    } finally {
      await vault.close()
    }
  })

  test('that are another Floe’s open nothing, and what needs them is refused', async ({
    ownWorld: world,
  }) => {
    await request(world, 'bob@example.com')
    await world.redeploy({ KEY_ENCRYPTION_KEYS: `1:${newKey()}` })
    const links = await world.links(ADA)
    await world.writesNothing(async () => {
      const page = await world.fetch(links.unsubscribeUrl)
      expect([page.status, (await page.text()).includes('a•••@')]).toEqual([200, false])
      const prove = await world.call('/v1/consents/prove', { address: 'bob@example.com', topic: 'news' })
      expect(prove.status).toBe(503)
      expect(await prove.json()).toMatchObject({ code: 'encryption.unavailable' })
    })
    expect((await world.fetch(links.unsubscribeUrl, { method: 'POST' })).status).toBe(200)
  })
})

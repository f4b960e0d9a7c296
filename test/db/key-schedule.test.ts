import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { TenantCipher } from '../../core/cipher.ts'
import { keepAddress } from '../../db/address.ts'
import { currentSchedule } from '../../db/key-schedule.ts'
import { keepKeySchedule } from '../../ops/keep-key-schedule.ts'
import { keySecrets, operatorKeys } from '../../ops/operator-keys.ts'
import { retireDataKeys, rewrapDataKeys, rotateDataKeys } from '../../ops/rotate-keys.ts'
import { keyringFile, publishBy, transitKey, type WrappingKeys } from '../../ops/wrapping-keys.ts'
import { apply, idOf, type TestDatabase, test } from '../support/database.ts'
import { startVault } from '../support/vault.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const newKey = () => randomBytes(32).toString('base64url')
const wait = async () => undefined

/** Breaks off at the nth thing that happens outside, and at none where there are fewer. */
class Cut {
  #left: number

  constructor(at = Number.POSITIVE_INFINITY) {
    this.#left = at
  }

  async reached(): Promise<void> {
    if (this.#left-- === 0) throw new Error('the machine went down')
  }

  get wasMade(): boolean {
    return this.#left < 0
  }
}

/** A tenant with some addresses, and an operator who keeps the schedule. */
async function operated(database: TestDatabase) {
  const path = `${database.dir}/ring`
  const first = `1:${newKey()}`
  await writeFile(path, first)
  const worker = { ring: first }
  const { endpoint } = database
  const secrets = (KEY_ENCRYPTION_KEYS: string | undefined) => keySecrets({ KEY_ENCRYPTION_KEYS })
  await database.sql("INSERT INTO tenant VALUES (1, 't', 'T', 0)")
  const addressOf = (i: number) => `r${i}@example.com`
  const keep = async (i: number) => {
    // As the Worker seals: with the keyring it was told.
    const cipher = new TenantCipher(operatorKeys(endpoint, secrets(worker.ring)))
    const sealed = await cipher.encrypt(1, idOf(i), addressOf(i))
    await apply(database, [keepAddress({ addressId: idOf(i), tenant: 1, sealed, createdAt: 0 })])
  }
  for (let i = 0; i < 3; i++) await keep(i)
  const wrapping = (cut = new Cut()) =>
    keyringFile(
      path,
      async ring => {
        await cut.reached()
        worker.ring = ring
        await cut.reached()
      },
      () => cut.reached(),
    )
  return {
    endpoint,
    worker,
    path,
    keep,
    ring: async () =>
      (await readFile(path, 'utf8'))
        .trim()
        .split(',')
        .map(part => part.split(':')[0]),
    run: (days: number, options: { cut?: Cut; wrapping?: WrappingKeys; everyDays?: number } = {}) =>
      keepKeySchedule({
        endpoints: [endpoint],
        wrapping: options.wrapping ?? wrapping(options.cut),
        secrets,
        everyDays: options.everyDays ?? 30,
        clock: () => Date.now() + days * DAY_MS,
        wait: () => options.cut?.reached() ?? wait(),
      }),
    secrets: () => secrets(worker.ring),
    generations: async () => (await database.sql('SELECT generation FROM data_key ORDER BY 1')).flat(),
    /** Opens everything with what the Worker has. */
    async opened() {
      const cipher = new TenantCipher(operatorKeys(endpoint, secrets(worker.ring)))
      const rows = await database.sql('SELECT address_id, sealed FROM address')
      const texts = await Promise.all(
        rows.map(([id, sealed]) => cipher.decrypt(1, id as Uint8Array, sealed as Uint8Array)),
      )
      return texts.sort()
    },
    schedule: async () => currentSchedule.decode(await database.sql(currentSchedule.sql)),
  }
}

const ADDRESSES = [0, 1, 2].map(i => `r${i}@example.com`)

test('each run does what is due and no more, and keys are gone within their days', async ({ database }) => {
  const floe = await operated(database)
  expect(await floe.run(0)).toMatchObject({ begun: true, sealedAnew: 3, waits: true })
  expect([await floe.ring(), await floe.generations()]).toEqual([
    ['2', '1'],
    [1, 2],
  ])
  expect(await floe.run(0.5)).toMatchObject({ begun: false, sealedAnew: 0, waits: true })
  expect(await floe.run(1.1)).toMatchObject({
    begun: false,
    destroyed: { dataKeys: 1, wrappingKeys: ['keyring:1'] },
    waits: false,
  })
  expect([await floe.ring(), floe.worker.ring.split(':')[0], await floe.generations()]).toEqual([
    ['2'],
    '2',
    [2],
  ])
  const ring = floe.worker.ring
  expect(await floe.run(20)).toMatchObject({ begun: false, destroyed: { dataKeys: 0, wrappingKeys: [] } })
  expect(floe.worker.ring).toBe(ring)
  expect(await floe.run(26.1)).toMatchObject({ begun: true, sealedAnew: 3 })
  expect(await floe.run(28)).toMatchObject({ destroyed: { dataKeys: 1, wrappingKeys: ['keyring:2'] } })
  expect([await floe.ring(), await floe.generations()]).toEqual([['3'], [3]])
  expect(await floe.opened()).toEqual(ADDRESSES)
  const events = await database.sql(
    "SELECT type, actor, subject FROM event WHERE type LIKE '%key.%d' ORDER BY seq",
  )
  expect(events.filter(([type]) => type !== 'data_key.made')).toEqual([
    ['data_key.retired', 'operator:cli:test', 'data_key_1'],
    ['wrapping_key.destroyed', 'operator:cli:test', 'wrapping_key_keyring_1'],
    ['data_key.retired', 'operator:cli:test', 'data_key_2'],
    ['wrapping_key.destroyed', 'operator:cli:test', 'wrapping_key_keyring_2'],
  ])
})

test('broken off at any place, nothing is lost and the next runs finish it', async ({ database }) => {
  const floe = await operated(database)
  let day = 0
  let last = '1'
  for (let at = 0, made = true; made; at++, day += 40) {
    const cut = new Cut(at)
    // A cycle takes two runs; the cut falls into one of them.
    for (const later of [0, 2])
      await floe.run(day + later, { cut }).catch(error => expect(error.message).toBe('the machine went down'))
    made = cut.wasMade
    expect(await floe.opened(), `cut at ${at}`).toEqual(ADDRESSES)
    for (const later of [3, 5]) await floe.run(day + later)
    const ring = await floe.ring()
    expect(
      [ring.length, floe.worker.ring.split(',').length, (await floe.generations()).length],
      `cut at ${at}`,
    ).toEqual([1, 1, 1])
    expect(ring[0]).not.toBe(last)
    last = ring[0]!
    expect(await floe.opened(), `cut at ${at}`).toEqual(ADDRESSES)
  }
})

test('a data key that outlived its wrapping key by being wrapped anew makes the cycle begin again', async ({
  database,
}) => {
  const floe = await operated(database)
  await floe.run(0)
  await rewrapDataKeys(floe.endpoint, floe.secrets())
  expect(await floe.run(1.1)).toMatchObject({ begun: true, destroyed: { dataKeys: 1, wrappingKeys: [] } })
  expect(await floe.run(2.5)).toMatchObject({
    destroyed: { dataKeys: 1, wrappingKeys: ['keyring:2', 'keyring:1'] },
  })
  expect([await floe.ring(), await floe.opened()]).toEqual([['3'], ADDRESSES])
})

test('a rotation by hand in between moves no day: what the wrapping key in use wrapped goes with it', async ({
  database,
}) => {
  const floe = await operated(database)
  await floe.run(0)
  await floe.run(1.1)
  const begunAt = (await floe.schedule())!.begunAt
  const clock = () => Date.now() + 10 * DAY_MS
  await rotateDataKeys(floe.endpoint, floe.secrets(), { clock, wait })
  await retireDataKeys(floe.endpoint, () => clock() + 2 * DAY_MS)
  await floe.run(20)
  expect((await floe.schedule())!.begunAt).toBe(begunAt)
  expect(await floe.run(26.1)).toMatchObject({ begun: true })
  expect(await floe.run(28)).toMatchObject({ destroyed: { wrappingKeys: ['keyring:2'] } })
})

test('a tenant whose first key was wrapped by the one before keeps it when that is destroyed', async ({
  database,
}) => {
  const floe = await operated(database)
  const before = floe.worker.ring
  await floe.run(0)
  const cipher = new TenantCipher(operatorKeys(floe.endpoint, keySecrets({ KEY_ENCRYPTION_KEYS: before })))
  await database.sql("INSERT INTO tenant VALUES (2, 'u', 'U', 0)")
  const sealed = await cipher.encrypt(2, idOf(9), 'late@example.com')
  await database.sql('UPDATE data_key SET made_at = (SELECT begun_at FROM key_schedule) WHERE tenant = 2')
  expect(await floe.run(1.5)).toMatchObject({ destroyed: { wrappingKeys: ['keyring:1'] } })
  const now = new TenantCipher(operatorKeys(floe.endpoint, floe.secrets()))
  expect(await now.decrypt(2, idOf(9), sealed)).toBe('late@example.com')
})

describe('destroys nothing, and tells the Worker nothing', () => {
  test('where the file is not the keyring that wrapped what is there', async ({ database }) => {
    const floe = await operated(database)
    const { ring } = floe.worker
    await writeFile(floe.path, `1:${newKey()}`)
    const before = await database.dump()
    await expect(floe.run(0)).rejects.toThrow('did not wrap')
    await writeFile(floe.path, 'hush-hush')
    await expect(floe.run(0)).rejects.toThrow(/^(?!.*hush-hush).*must hold the keyring/)
    expect([floe.worker.ring, await database.dump()]).toEqual([ring, before])
  })

  test('where there are texts under DATA_KEY, which no schedule destroys', async ({ database }) => {
    const floe = await operated(database)
    await database.sql('UPDATE address SET sealed = ? WHERE address_id = ?', [new Uint8Array(50), idOf(0)])
    const before = await database.dump()
    await expect(floe.run(0)).rejects.toThrow('texts under DATA_KEY')
    expect(await database.dump()).toEqual(before)
  })

  test('where the Worker cannot be told', async ({ database }) => {
    const floe = await operated(database)
    const wrapping = keyringFile(floe.path, publishBy([process.execPath, '-e', 'process.exit(3)']), wait)
    await expect(floe.run(0, { wrapping })).rejects.toThrow('ended with 3: the Worker was not told')
    const none = keyringFile(floe.path, publishBy(['no-such-command']), wait)
    await expect(floe.run(0, { wrapping: none })).rejects.toThrow('cannot be run')
    expect(await floe.schedule()).toBeUndefined()
    expect(await floe.opened()).toEqual(ADDRESSES)
    // What was not told is there to be told again.
    expect(await floe.run(0)).toMatchObject({ begun: true })
    expect(await floe.opened()).toEqual(ADDRESSES)
  })
})

test('the command that tells the Worker gets the keyring on its standard input', async ({ database }) => {
  const path = `${database.dir}/told`
  await publishBy([process.execPath, '-e', `fs.writeFileSync(${JSON.stringify(path)}, fs.readFileSync(0))`])(
    '1:abc',
  )
  expect(await readFile(path, 'utf8')).toBe('1:abc\n')
})

test('with Vault, the versions of its key come and go in the same way', async ({ database }) => {
  const vault = await startVault()
  try {
    const setting = {
      url: vault.url,
      token: vault.token,
      mount: 'transit',
      key: 'floe',
      namespace: undefined,
    }
    const secrets = keySecrets({ VAULT_URL: vault.url, VAULT_TOKEN: vault.token })
    const { endpoint } = database
    const cipher = () => new TenantCipher(operatorKeys(endpoint, secrets))
    await database.sql("INSERT INTO tenant VALUES (1, 't', 'T', 0)")
    const sealed = await cipher().encrypt(1, idOf(0), 'ada@example.com')
    await apply(database, [keepAddress({ addressId: idOf(0), tenant: 1, sealed, createdAt: 0 })])
    const [[wrapped]] = (await database.sql('SELECT wrapped FROM data_key')) as [[string]]
    const run = (days: number) =>
      keepKeySchedule({
        endpoints: [endpoint],
        wrapping: transitKey(setting),
        secrets: () => secrets,
        everyDays: 30,
        clock: () => Date.now() + days * DAY_MS,
        wait,
      })
    expect(await run(0)).toMatchObject({ begun: true, sealedAnew: 1, waits: true })
    expect(await run(1.1)).toMatchObject({
      destroyed: { dataKeys: 1, wrappingKeys: ['vault:v1'] },
      waits: false,
    })
    await expect(secrets.vault!.unwrap({ tenant: 1, generation: 1 }, wrapped)).rejects.toThrow(
      'no longer that version',
    )
    const [[anew]] = (await database.sql('SELECT sealed FROM address')) as [[Uint8Array]]
    expect(await cipher().decrypt(1, idOf(0), anew)).toBe('ada@example.com')
    expect(await run(2)).toMatchObject({ begun: false, destroyed: { dataKeys: 0, wrappingKeys: [] } })
    vault.revokeToken()
    await expect(run(27)).rejects.toThrow(/Vault answered 403/)
  } finally {
    await vault.close()
  }
})

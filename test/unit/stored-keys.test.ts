import { describe, expect, test } from 'vitest'
import { TenantCipher } from '../../core/cipher.ts'
import { type KeyVault, VaultFailure } from '../../worker/encryption/key-vault.ts'
import { keyringVault } from '../../worker/encryption/keyring-vault.ts'
import { NEWEST_FOR_MS } from '../../worker/encryption/stored-keys.ts'
import { entryOf, memoryKeys } from '../support/data-keys.ts'

const row = new Uint8Array(12).fill(1)
const UNAVAILABLE = { detail: { code: 'encryption.unavailable' } }

/** A vault that counts, and that can go away. */
function watched(vault = keyringVault([entryOf(1, 1)])) {
  const seen = { wraps: 0, unwraps: 0, away: false }
  const counting: KeyVault = {
    ...vault,
    async wrap(place, key) {
      seen.wraps++
      if (seen.away) throw new VaultFailure('away', 'Vault is away')
      return vault.wrap(place, key)
    },
    async unwrap(place, wrapped) {
      seen.unwraps++
      if (seen.away) throw new VaultFailure('away', 'Vault is away')
      return vault.unwrap(place, wrapped)
    },
  }
  return { seen, vault: counting }
}

/** Puts a further key behind a tenant's, as a rotation does. */
async function addKey(memory: ReturnType<typeof memoryKeys>, tenant: number, generation: number) {
  const key = crypto.getRandomValues(new Uint8Array(32))
  const wrapped = await keyringVault([entryOf(1, 1)]).wrap({ tenant, generation }, key)
  memory.rows.push({ tenant, generation, wrapped, madeAt: memory.now })
}

describe('a tenant’s first key', () => {
  test('is made when it is first needed, and every isolate then has the same', async () => {
    const memory = memoryKeys()
    const sealed = await new TenantCipher(memory.isolate()).encrypt(1, row, 'ada')
    expect(memory.rows).toMatchObject([{ tenant: 1, generation: 1, madeAt: memory.now }])
    expect(await new TenantCipher(memory.isolate()).decrypt(1, row, sealed)).toBe('ada')
    expect(memory.rows).toHaveLength(1)
  })

  test('is one, however many isolates make one at once: what each sealed opens for all', async () => {
    const memory = memoryKeys()
    const isolates = Array.from({ length: 20 }, () => new TenantCipher(memory.isolate()))
    const sealed = await Promise.all(isolates.map(cipher => cipher.encrypt(1, row, 'ada')))
    expect(memory.rows).toHaveLength(1)
    const cipher = new TenantCipher(memory.isolate())
    expect(await Promise.all(sealed.map(one => cipher.decrypt(1, row, one)))).toEqual(Array(20).fill('ada'))
  })

  test('is not made where it cannot be wrapped, and nothing is sealed', async () => {
    const memory = memoryKeys()
    const { seen, vault } = watched()
    seen.away = true
    await expect(new TenantCipher(memory.isolate({ vault })).encrypt(1, row, 'ada')).rejects.toMatchObject(
      UNAVAILABLE,
    )
    await expect(
      new TenantCipher(memory.isolate({ vault: undefined })).encrypt(1, row, 'ada'),
    ).rejects.toMatchObject(UNAVAILABLE)
    expect(memory.rows).toEqual([])
    expect(memory.logged.map(error => (error as VaultFailure).why)).toEqual(['away', 'unknown_key'])
  })
})

describe('an isolate', () => {
  test('asks database and vault once for a key, and goes on without the vault then', async () => {
    const memory = memoryKeys()
    await new TenantCipher(memory.isolate()).encrypt(1, row, 'x')
    const { seen, vault } = watched()
    const cipher = new TenantCipher(memory.isolate({ vault }))
    const sealed = await cipher.encrypt(1, row, 'ada')
    memory.reads = 0
    seen.away = true
    for (let i = 0; i < 10; i++)
      expect(await cipher.decrypt(1, row, await cipher.encrypt(1, row, 'ada'))).toBe('ada')
    expect(await cipher.decrypt(1, row, sealed)).toBe('ada')
    expect([memory.reads, seen.unwraps]).toEqual([0, 1])
  })

  test('has a new key in use a minute after it was made, and looks for it before anybody waits', async () => {
    const memory = memoryKeys()
    const cipher = new TenantCipher(memory.isolate())
    await cipher.encrypt(1, row, 'x')
    await addKey(memory, 1, 2)
    memory.now += NEWEST_FOR_MS / 2 - 1
    expect((await cipher.encrypt(1, row, 'x'))[7]).toBe(1)
    expect(memory.background).toHaveLength(0)
    memory.now += 1
    expect((await cipher.encrypt(1, row, 'x'))[7]).toBe(1)
    await cipher.encrypt(1, row, 'x')
    expect(memory.background).toHaveLength(1)
    await Promise.all(memory.background)
    expect((await cipher.encrypt(1, row, 'x'))[7]).toBe(2)
    await addKey(memory, 1, 3)
    memory.now += NEWEST_FOR_MS
    expect((await cipher.encrypt(1, row, 'x'))[7]).toBe(3)
    // A clock that was set back does not keep the old one in use.
    await addKey(memory, 1, 4)
    memory.now -= 10 * NEWEST_FOR_MS
    expect((await cipher.encrypt(1, row, 'x'))[7]).toBe(4)
  })

  test('reads what was sealed under any key that is kept, and nothing under one that is gone', async () => {
    const memory = memoryKeys()
    const cipher = new TenantCipher(memory.isolate())
    const first = await cipher.encrypt(1, row, 'ada')
    await addKey(memory, 1, 2)
    expect(await new TenantCipher(memory.isolate()).decrypt(1, row, first)).toBe('ada')
    memory.rows.shift()
    await expect(new TenantCipher(memory.isolate()).decrypt(1, row, first)).rejects.toMatchObject(UNAVAILABLE)
  })

  test('takes no key that was moved from another tenant’s row, nor from another generation', async () => {
    const memory = memoryKeys()
    const cipher = new TenantCipher(memory.isolate())
    const sealed = await cipher.encrypt(1, row, 'ada')
    memory.rows.push({ ...memory.rows[0]!, tenant: 2 }, { ...memory.rows[0]!, generation: 2 })
    await expect(new TenantCipher(memory.isolate()).decrypt(2, row, sealed)).rejects.toMatchObject(
      UNAVAILABLE,
    )
    await expect(new TenantCipher(memory.isolate()).encrypt(1, row, 'x')).rejects.toMatchObject(UNAVAILABLE)
    expect(memory.logged.map(error => (error as VaultFailure).why)).toEqual(['not_ours', 'not_ours'])
  })

  test('lets go of the keys used longest ago when it has many, and opens them again', async () => {
    const memory = memoryKeys()
    const { seen, vault } = watched()
    const cipher = new TenantCipher(memory.isolate({ vault }))
    const sealed = await cipher.encrypt(1, row, 'ada')
    for (let tenant = 2; tenant <= 2001; tenant++) await cipher.encrypt(tenant, row, 'x')
    const before = seen.unwraps
    expect(await cipher.decrypt(1, row, sealed)).toBe('ada')
    expect(seen.unwraps).toBe(before + 1)
  })
})

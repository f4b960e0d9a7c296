import { test as base, describe, expect } from 'vitest'
import { VaultFailure } from '../../worker/encryption/key-vault.ts'
import { keyringVault } from '../../worker/encryption/keyring-vault.ts'
import { openVault } from '../../worker/encryption/setting.ts'
import { type TransitSetting, transitVault } from '../../worker/encryption/transit-vault.ts'
import { entryOf } from '../support/data-keys.ts'
import { startVault, type VaultServer } from '../support/vault.ts'

const test = base.extend<{ server: VaultServer }>({
  server: async ({}, use) => {
    const server = await startVault()
    await use(server)
    await server.close()
  },
})
const settingOf = (server: VaultServer): TransitSetting => ({
  url: server.url,
  token: server.token,
  mount: 'transit',
  key: 'floe',
  namespace: undefined,
})
const key = new Uint8Array(32).map((_, i) => i)
const place = { tenant: 7, generation: 3 }
const ELSEWHERE = [
  { tenant: 8, generation: 3 },
  { tenant: 7, generation: 4 },
  { tenant: 73, generation: 3 },
]
const why = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    error => (error instanceof VaultFailure ? error.why : `threw ${error}`),
  )

describe('the keyring', () => {
  const vault = keyringVault([entryOf(2, 2), entryOf(1, 1)])

  test('gives a key back for its place and no other', async () => {
    const wrapped = await vault.wrap(place, key)
    expect(wrapped).toMatch(/^keyring:2:[\w-]{80,}$/)
    expect(await vault.unwrap(place, wrapped)).toEqual(key)
    for (const other of ELSEWHERE) expect(await why(vault.unwrap(other, wrapped))).toBe('not_ours')
  })

  test('wraps with its first key and unwraps with all, and knows which is which', async () => {
    const older = await keyringVault([entryOf(1, 1)]).wrap(place, key)
    expect(await vault.unwrap(place, older)).toEqual(key)
    expect([vault.isCurrent(older), vault.isCurrent(await vault.wrap(place, key))]).toEqual([false, true])
  })

  test.for<[what: string, wrapped: (good: string) => string, why: string]>([
    ['a key that was taken out', good => good.replace(':2:', ':9:'), 'unknown_key'],
    ['a key of another number', good => good.replace(':2:', ':1:'), 'not_ours'],
    ['nothing', () => '', 'malformed'],
    ['no ciphertext', () => 'keyring:2:', 'malformed'],
    ['a text of Vault', () => 'vault:v1:AAAA', 'malformed'],
    ['no base64url', good => `${good}=`, 'malformed'],
    ['a cut text', good => good.slice(0, -3), 'not_ours'],
    ['a changed text', good => `${good.slice(0, -6)}AAAAAA`, 'not_ours'],
  ])('refuses %s', async ([, change, expected]) => {
    expect(await why(vault.unwrap(place, change(await vault.wrap(place, key))))).toBe(expected)
  })
})

describe('Vault', () => {
  test('gives a key back for its place and no other', async ({ server }) => {
    const vault = transitVault(settingOf(server))
    const wrapped = await vault.wrap(place, key)
    expect(wrapped).toMatch(/^vault:v1:/)
    expect(await vault.unwrap(place, wrapped)).toEqual(key)
    for (const other of ELSEWHERE) expect(await why(vault.unwrap(other, wrapped))).toBe('not_ours')
    expect(new Set(server.calls)).toEqual(new Set(['/v1/transit/encrypt/floe', '/v1/transit/decrypt/floe']))
  })

  test('is asked in its namespace, and in none where none is set', async ({ server }) => {
    await transitVault(settingOf(server)).wrap(place, key)
    await transitVault({ ...settingOf(server), namespace: 'mail' }).wrap(place, key)
    expect(server.namespaces).toEqual([undefined, 'mail'])
  })

  test('unwraps what an earlier version of its key wrapped, until that version is disallowed', async ({
    server,
  }) => {
    const vault = transitVault(settingOf(server))
    const wrapped = await vault.wrap(place, key)
    server.rotate()
    expect(await vault.unwrap(place, wrapped)).toEqual(key)
    expect(await vault.wrap(place, key)).toMatch(/^vault:v2:/)
    server.minDecryptionVersion = 2
    expect(await why(vault.unwrap(place, wrapped))).toBe('unknown_key')
  })

  test.for<[what: string, change: (server: VaultServer) => void, why: string]>([
    [
      'is sealed',
      server => {
        server.sealed = true
      },
      'away',
    ],
    ['does not know the token', server => server.revokeToken(), 'forbidden'],
    [
      'says nothing',
      server => {
        server.silent = true
      },
      'away',
    ],
    [
      'is a standby that sends us elsewhere',
      server => {
        server.instead = { status: 307, body: '', headers: { location: 'http://127.0.0.1:1/' } }
      },
      'away',
    ],
    [
      'has an error of its own',
      server => {
        server.instead = { status: 500, body: '{"errors":["1 error occurred"]}' }
      },
      'away',
    ],
    [
      'limits us',
      server => {
        server.instead = { status: 429, body: '{"errors":["request limit"]}' }
      },
      'away',
    ],
    [
      'has no such engine',
      server => {
        server.instead = { status: 404, body: '{"errors":[]}' }
      },
      'unknown_key',
    ],
    [
      'is a proxy’s page',
      server => {
        server.instead = { status: 200, body: '<html>welcome</html>' }
      },
      'malformed',
    ],
    [
      'answers nothing',
      server => {
        server.instead = { status: 200, body: '' }
      },
      'malformed',
    ],
    [
      'answers null',
      server => {
        server.instead = { status: 200, body: 'null' }
      },
      'malformed',
    ],
    [
      'answers without data',
      server => {
        server.instead = { status: 200, body: '{"data":null}' }
      },
      'malformed',
    ],
    [
      'answers a number',
      server => {
        server.instead = { status: 200, body: '{"data":{"plaintext":7,"ciphertext":7}}' }
      },
      'malformed',
    ],
    [
      'answers what is no base64',
      server => {
        server.instead = { status: 200, body: '{"data":{"plaintext":"%%","ciphertext":"x"}}' }
      },
      'malformed',
    ],
    [
      'answers a shorter key',
      server => {
        server.instead = { status: 200, body: '{"data":{"plaintext":"AAAA","ciphertext":"AAAA"}}' }
      },
      'malformed',
    ],
  ])('that %s gives no key and takes none', async ([, change, expected], { server }) => {
    const vault = transitVault(settingOf(server))
    const wrapped = await vault.wrap(place, key)
    change(server)
    expect(await Promise.all([why(vault.unwrap(place, wrapped)), why(vault.wrap(place, key))])).toEqual([
      expected,
      expected,
    ])
  })

  test('that is not there gives no key', async ({ server }) => {
    const vault = transitVault({ ...settingOf(server), url: 'http://127.0.0.1:1' })
    expect(await why(vault.wrap(place, key))).toBe('away')
  })

  test('refuses a text that was changed, or is none of its own', async ({ server }) => {
    const vault = transitVault(settingOf(server))
    const wrapped = await vault.wrap(place, key)
    for (const bad of [
      '',
      'AAAA',
      'vault:v1:',
      `${wrapped.slice(0, -8)}AAAAAAA=`,
      wrapped.replace('v1', 'v9'),
    ])
      expect(await why(vault.unwrap(place, bad)), bad).toBe('not_ours')
    expect(await why(transitVault({ ...settingOf(server), key: 'other' }).unwrap(place, wrapped))).toBe(
      'unknown_key',
    )
  })

  test('says nothing of token, key or what was wrapped where it fails', async ({ server }) => {
    const vault = transitVault(settingOf(server))
    const wrapped = await vault.wrap(place, key)
    server.revokeToken()
    const error = await vault.unwrap(place, wrapped).catch(failure => failure as Error)
    const said = JSON.stringify([String(error), (error as Error).stack])
    expect(said).not.toContain(settingOf(server).token)
    expect(said).not.toContain('hvs.')
    expect(said).not.toContain(wrapped.slice(9, 40))
  })
})

test('one vault takes the place of the other: each unwraps what it wrapped, and Vault wraps', async ({
  server,
}) => {
  const keyring = [entryOf(1, 1)]
  const transit = settingOf(server)
  const before = openVault({ keyring, transit: undefined })!
  const both = openVault({ keyring, transit })!
  const after = openVault({ keyring: undefined, transit })!
  const [ours, theirs] = [await before.wrap(place, key), await both.wrap(place, key)]
  expect([ours.slice(0, 8), theirs.slice(0, 9)]).toEqual(['keyring:', 'vault:v1:'])
  expect(await both.unwrap(place, ours)).toEqual(key)
  expect(await both.unwrap(place, theirs)).toEqual(key)
  expect(await after.unwrap(place, theirs)).toEqual(key)
  expect(await why(after.unwrap(place, ours))).toBe('unknown_key')
  expect(await why(before.unwrap(place, theirs))).toBe('unknown_key')
  expect(await why(both.unwrap(place, 'something:else'))).toBe('malformed')
  expect(openVault({ keyring: undefined, transit: undefined })).toBeUndefined()
})

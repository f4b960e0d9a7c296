import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  type ApiKeyClaims,
  DEFAULT_PERMISSIONS,
  demandNarrower,
  type KeyLimits,
  keyIdOf,
  keyName,
  mintApiKey,
  PERMISSIONS,
  type Permission,
  readApiKey,
  SENDER_PERMISSIONS,
  type StoredKey,
} from '../../core/api-key.ts'
import { openKeyring } from '../../core/keys.ts'
import { isWithin, networkOf } from '../../core/network.ts'
import { mintToken, readToken } from '../../core/token.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'
import { permissionRows } from '../../site/openapi/permissions.ts'
import { apiKeyCaller } from '../../worker/call/api-key.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])
const key = mintApiKey(keyring, 3, 2 ** 32 - 1)
const { text, ...claim } = key
const link = { topic: 1, addressId: new Uint8Array(12), ref: new Uint8Array(24) }
const longLink = mintToken(keyring, 'unsubscribe', link)

describe('the text of an API key', () => {
  test('is floe_ and 71 characters that a shell leaves alone', () => {
    expect(text).toMatch(/^floe_[A-Za-z0-9_-]{71}$/)
  })

  test('says the tenant and workspace, and by what to look it up', () => {
    expect(readApiKey(keyring, text)).toEqual(claim)
    expect(claim).toMatchObject({ tenant: 3, workspace: 2 ** 32 - 1 })
    expect(claim.keyId).toHaveLength(8)
  })

  test('holds a secret of which only the hash is stored', () => {
    const secret = Buffer.from(text.slice(5), 'base64url').subarray(17, 41)
    expect(claim.secretHash).toEqual(new Uint8Array(createHash('sha256').update(secret).digest()))
  })

  test('is another one each time', () => {
    const keys = Array.from({ length: 100 }, () => mintApiKey(keyring, 1, 1))
    expect(new Set(keys.map(({ text }) => text)).size).toBe(100)
    expect(new Set(keys.map(({ keyId }) => keyName(keyId))).size).toBe(100)
  })

  test('still works when the key that signed it is retired', () => {
    const rotated = openKeyring([
      { id: 2, key: new Uint8Array(32).fill(2) },
      { id: 1, key: new Uint8Array(32).fill(1) },
    ])
    expect(readApiKey(rotated, text)).toEqual(claim)
  })

  test('is refused with any one character changed', () => {
    for (let i = 0; i < text.length; i++)
      for (const other of ['A', 'B', '-', '=', ' ']) {
        const changed = text.slice(0, i) + other + text.slice(i + 1)
        if (other !== text[i]) expect(readApiKey(keyring, changed), changed).toBeUndefined()
      }
  })

  test.for<[why: string, text: string]>([
    ['empty', ''],
    ['its prefix alone', 'floe_'],
    ['without its prefix', text.slice(5)],
    ['with the prefix in capitals', `FLOE_${text.slice(5)}`],
    ['cut by one', text.slice(0, -1)],
    ['longer by one', `${text}A`],
    ['with a line end', `${text}\n`],
    ['with a link token of its length in its place', `floe_${longLink}`],
    ['signed by another ring', mintApiKey(openKeyring([{ id: 1, key: new Uint8Array(32) }]), 3, 1).text],
  ])('is refused %s', ([, other]) => {
    expect(readApiKey(keyring, other)).toBeUndefined()
  })

  test('is no link', () => {
    for (const purpose of ['unsubscribe', 'preferences', 'undo', 'api_key'] as const)
      expect(readToken(keyring, purpose, text.slice(5))).toBeUndefined()
  })
})

describe('the public name of an API key', () => {
  test('leads back to its id', () => {
    expect(keyName(claim.keyId)).toMatch(/^key_[A-Za-z0-9_-]{11}$/)
    expect(keyIdOf(keyName(claim.keyId))).toEqual(claim.keyId)
  })

  test.for([
    '',
    'key_',
    'key_AAAAAAAAAA',
    'key_AAAAAAAAAAAA',
    'key_AAAAAAAAAAB',
    'KEY_AAAAAAAAAAA',
    'AAAAAAAAAAA',
  ])('is not "%s"', name => {
    expect(keyIdOf(name)).toBeUndefined()
  })
})

describe('a key is admitted', () => {
  const stored: StoredKey = {
    tenant: claim.tenant,
    workspace: claim.workspace,
    secretHash: claim.secretHash,
    permissions: ['addresses:check'],
    revokedAt: null,
    expiresAt: null,
    allowedIps: null,
  }
  const admit = (who: ApiKeyClaims, row: StoredKey | undefined, permission: Permission): true => {
    apiKeyCaller(who).authenticate([row]).demand(permission)
    return true
  }
  const refusal = (row: StoredKey | undefined, permission: Permission = 'addresses:check'): unknown => {
    try {
      return admit(claim, row, permission)
    } catch (error) {
      return (error as { detail: unknown }).detail
    }
  }

  test('to its workspace, for what it is permitted', () => {
    expect(refusal(stored)).toBe(true)
    const { tenant, workspace, actor, keyId } = apiKeyCaller(claim)
    expect({ tenant, workspace, actor, keyId }).toEqual({
      ...{ tenant: 3, workspace: 2 ** 32 - 1, keyId: claim.keyId },
      actor: { kind: 'sender', keyId: claim.keyId },
    })
  })

  test.for(PERMISSIONS)('for %s only with that permission', permission => {
    const others = PERMISSIONS.filter(other => other !== permission)
    const forbidden = { code: 'key.forbidden', permission }
    expect(() => admit(claim, { ...stored, permissions: others }, permission)).toThrow('key.forbidden')
    expect(refusal({ ...stored, permissions: others }, permission)).toEqual(forbidden)
    expect(admit(claim, { ...stored, permissions: [permission] }, permission)).toBeDefined()
  })

  test.for<[why: string, row: StoredKey | undefined]>([
    ['when the database does not know it', undefined],
    ['when it is revoked', { ...stored, revokedAt: 1 }],
    ['when it was revoked at the very beginning of time', { ...stored, revokedAt: 0 }],
    ['when its secret is another', { ...stored, secretHash: new Uint8Array(32) }],
    ['when it is of another tenant', { ...stored, tenant: 4 }],
    ['when it is of another workspace', { ...stored, workspace: 4 }],
    ['when it ends and nobody says what time it is', { ...stored, expiresAt: 10 }],
    ['when it is revoked and permits nothing', { ...stored, revokedAt: 1, permissions: [] }],
  ])('never %s', ([, row]) => {
    expect(refusal(row)).toEqual({ code: 'key.invalid' })
  })

  test('until the very moment it ends', () => {
    const ending = { ...stored, expiresAt: 10 }
    expect(admit({ ...claim, at: 9 }, ending, 'addresses:check')).toBeDefined()
    expect(() => admit({ ...claim, at: 10 }, ending, 'addresses:check')).toThrow('key.invalid')
  })

  test.for<[ip: string | undefined, ranges: string[], welcome: boolean]>([
    ['192.0.2.7', ['192.0.2.0/24'], true],
    ['192.0.3.7', ['192.0.2.0/24'], false],
    ['192.0.3.7', ['192.0.2.0/24', '192.0.3.7/32'], true],
    ['::ffff:192.0.2.7', ['192.0.2.0/24'], true],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32'], false],
    ['192.0.2.7', ['2001:db8::/32'], false],
    ['0xc0.0.2.7', ['192.0.2.0/24'], true],
    ['not an address', ['0.0.0.0/0'], false],
    [undefined, ['0.0.0.0/0', '::/0'], false],
  ])('from %s where it is bound to %s: %s', ([ip, allowedIps, welcome]) => {
    const act = () =>
      admit({ ...claim, ...(ip !== undefined && { ip }) }, { ...stored, allowedIps }, 'addresses:check')
    if (welcome) expect(act()).toBeDefined()
    else expect(act).toThrow('key.elsewhere')
  })
})

describe('a network', () => {
  test.for<[text: string, canonical: string | undefined]>([
    ['192.0.2.7', '192.0.2.7/32'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['2001:DB8::1', '2001:db8::1/128'],
    ['::ffff:192.0.2.7', '192.0.2.7/32'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['::ffff:c000:200/120', '192.0.2.0/24'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::ffff:0:0/95', '::ffff:0:0/95'],
    ['192.0.2', undefined],
    ['192.0.2.0/33', undefined],
    ['0300.0.2.7', undefined],
    ['example.com', undefined],
    ['', undefined],
  ])('%s is written %s', ([text, canonical]) => {
    expect(networkOf(text)).toBe(canonical)
  })
})

describe('a network lies within others', () => {
  test.for<[range: string, others: string[], within: boolean]>([
    ['192.0.2.0/24', ['192.0.2.0/24'], true],
    ['192.0.2.7', ['192.0.2.0/24'], true],
    ['192.0.2.0/25', ['192.0.2.77/24'], true],
    ['192.0.2.0/23', ['192.0.2.0/24'], false],
    ['192.0.3.0/25', ['192.0.2.0/24'], false],
    ['0.0.0.0/0', ['192.0.2.0/24'], false],
    ['192.0.2.0/24', ['0.0.0.0/0'], true],
    ['192.0.2.0/24', ['198.51.100.0/24', '192.0.0.0/16'], true],
    // Two halves are not put together: that is refused, and nothing is wider for it.
    ['192.0.2.0/24', ['192.0.2.0/25', '192.0.2.128/25'], false],
    ['2001:db8:1::/48', ['2001:db8::/32'], true],
    ['2001:db8::/31', ['2001:db8::/32'], false],
    ['::/0', ['0.0.0.0/0'], false],
    ['0.0.0.0/0', ['::/0'], false],
    ['::ffff:192.0.2.7', ['192.0.2.0/24'], true],
    ['::ffff:192.0.2.0/121', ['192.0.2.0/24'], true],
    ['192.0.2.7', ['::ffff:192.0.2.0/120'], true],
    ['::ffff:0:0/96', ['192.0.2.0/24'], false],
    // Callers by IPv4 are none of ::/0, so that this would let more in.
    ['::ffff:192.0.2.0/120', ['::/0'], false],
    ['192.0.2.7', [], false],
  ])('%s within %s: %s', ([range, others, expected]) => {
    const [canonical, ...rest] = [range, ...others].map(text => networkOf(text)!)
    expect(isWithin(rest, canonical!)).toBe(expected)
  })
})

describe('a key gives nothing beyond its limits', () => {
  const free: KeyLimits = {
    permissions: ['links:mint', 'addresses:check'],
    expiresAt: null,
    allowedIps: null,
  }
  const bound: KeyLimits = { ...free, expiresAt: 10, allowedIps: ['192.0.2.0/24'] }

  test.for<[what: string, by: KeyLimits, given: KeyLimits, refusal: object | undefined]>([
    ['as it is itself', bound, bound, undefined],
    ['everything, where nothing binds it', free, free, undefined],
    ['less', free, { ...bound, permissions: ['links:mint'] }, undefined],
    ['nothing', bound, { ...bound, permissions: [] }, undefined],
    ['an earlier end', bound, { ...bound, expiresAt: 9 }, undefined],
    ['a smaller network', bound, { ...bound, allowedIps: ['192.0.2.7/32'] }, undefined],
    [
      'a permission it lacks',
      { ...free, permissions: [] },
      free,
      { code: 'key.forbidden', permission: 'links:mint' },
    ],
    ['a later end', bound, { ...bound, expiresAt: 11 }, { code: 'key.wider', field: 'expiresAt' }],
    ['no end', bound, { ...bound, expiresAt: null }, { code: 'key.wider', field: 'expiresAt' }],
    ['no network', bound, { ...bound, allowedIps: null }, { code: 'key.wider', field: 'allowedIps' }],
    [
      'another network',
      bound,
      { ...bound, allowedIps: ['192.0.2.7/32', '198.51.100.0/24'] },
      { code: 'key.wider', field: 'allowedIps[1]' },
    ],
  ])('%s', ([, by, given, expected]) => {
    const refusal = () => {
      try {
        return demandNarrower(by, given)
      } catch (error) {
        return (error as { detail: unknown }).detail
      }
    }
    expect(refusal()).toEqual(expected)
  })
})

describe('permissions', () => {
  const rows = permissionRows(OPERATIONS)
  const had = (given: string) => rows.filter(row => row.given === given).map(({ permission }) => permission)

  test('are told on the page of the reference, each with a call that it opens', () => {
    expect(rows.map(({ permission }) => permission)).toEqual(PERMISSIONS)
    expect(rows.filter(({ opens }) => opens.length === 0)).toEqual([])
  })

  test('a key has by default are those that handing off mail needs', () => {
    expect(had('by default').sort()).toEqual([...DEFAULT_PERMISSIONS].sort())
    expect(
      DEFAULT_PERMISSIONS.filter(name => /^(api_keys|webhooks|inbound)|(?<!^topics):read$/.test(name)),
    ).toEqual([])
  })

  test('an operator alone gives are everybody’s evidence at once, and the list of every tenant', () => {
    expect(had('when it is named, at first by an operator').sort()).toEqual([
      'evidence:read',
      'platform_suppressions:write',
    ])
    expect([...SENDER_PERMISSIONS].sort()).toEqual([...had('by default'), ...had('when it is named')].sort())
  })
})

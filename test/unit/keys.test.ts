import { describe, expect, test, vi } from 'vitest'
import { addressHash } from '../../core/address.ts'
import { toHex } from '../../core/bytes.ts'
import {
  AddressIndexes,
  deriveKey,
  openKeyring,
  parseKey,
  parseKeyring,
  type TokenPurpose,
} from '../../core/keys.ts'
import { HmacSha256 } from '../../core/sha256.ts'

const A = Buffer.alloc(32, 1).toString('base64url')
const B = Buffer.alloc(32, 2).toString('base64url')

describe('a keyring secret is read', () => {
  test.for<[text: string, ids: number[]]>([
    [`1:${A}`, [1]],
    [`0:${A}`, [0]],
    [`31:${A}`, [31]],
    [`1:${A},0:${B}`, [1, 0]],
    [`0:${B},1:${A}`, [0, 1]],
    [` 1:${A} , 0:${B} `, [1, 0]],
    [`1:${A}\n`, [1]],
    [
      Array.from({ length: 32 }, (_, id) => `${id}:${A}`).join(','),
      Array.from({ length: 32 }, (_, id) => id),
    ],
  ])('%s', ([text, ids]) => {
    expect(parseKeyring(text)?.map(({ id }) => id)).toEqual(ids)
    expect(openKeyring(parseKeyring(text)!).signingKeyId).toBe(ids[0])
  })

  test('with the key of each id', () => {
    expect(parseKeyring(`1:${A},0:${B}`)).toEqual([
      { id: 1, key: new Uint8Array(32).fill(1) },
      { id: 0, key: new Uint8Array(32).fill(2) },
    ])
  })
})

describe('a keyring secret is refused whole', () => {
  test.for<[why: string, text: string]>([
    ['when it is empty', ''],
    ['when it is blank', ' '],
    ['without an id', A],
    ['with an empty id', `:${A}`],
    ['without a key', '1:'],
    ['with an id above 31, which five bits cannot hold', `32:${A}`],
    ['with an id of three digits', `001:${A}`],
    ['with a negative id', `-1:${A}`],
    ['with an id that is no number', `a:${A}`],
    ['with a key of 31 bytes', `1:${Buffer.alloc(31).toString('base64url')}`],
    ['with a key of 33 bytes', `1:${Buffer.alloc(33).toString('base64url')}`],
    ['with a padded key', `1:${A}=`],
    ['with a key in plain base64', `1:${Buffer.alloc(32, 255).toString('base64')}`],
    ['with a key in hex', `1:${'ab'.repeat(32)}`],
    ['with spare bits set', `1:${A.slice(0, -1)}F`],
    ['with an id twice', `1:${A},1:${B}`],
    ['with an id in two spellings', `1:${A},01:${B}`],
    ['with a comma at the end', `1:${A},`],
    ['with a comma at the beginning', `,1:${A}`],
    ['with another separator', `1:${A};0:${B}`],
    ['when only its second key is bad', `1:${A},0:short`],
    ['with a blank inside an entry', `1: ${A}`],
  ])('%s', ([, text]) => {
    expect(parseKeyring(text)).toBeUndefined()
  })
})

test('a single key is 32 bytes of base64url and nothing else', () => {
  expect(parseKey(A)).toEqual(new Uint8Array(32).fill(1))
  for (const bad of ['', ` ${A}`, `${A}\n`, `${A}=`, A.slice(1), `${A}AA`, `1:${A}`])
    expect(parseKey(bad), bad).toBeUndefined()
})

const PURPOSES = Object.keys({
  access: true,
  api_key: true,
  confirm: true,
  correction: true,
  feedback: true,
  form: true,
  inbound: true,
  outcome: true,
  preferences: true,
  preview: true,
  receipt: true,
  undo: true,
  unsubscribe: true,
} satisfies Record<TokenPurpose, true>) as TokenPurpose[]

test('every purpose has a key of its own, the same at each asking', () => {
  const ring = openKeyring([{ id: 1, key: new Uint8Array(32) }])
  const codes = () => PURPOSES.map(purpose => toHex(ring.mac(1, purpose)!.digest(new Uint8Array())))
  expect(new Set(codes()).size).toBe(PURPOSES.length)
  expect(codes()).toEqual(codes())
  expect(ring.mac(2, 'unsubscribe')).toBeUndefined()
})

test('a key is derived when it is first used and never again, so that a new isolate answers at once', () => {
  const digest = vi.spyOn(HmacSha256.prototype, 'digest')
  const ring = openKeyring([1, 2].map(id => ({ id, key: new Uint8Array(32).fill(id) })))
  const indexes = new AddressIndexes(new Uint8Array(32).fill(1))
  expect(digest).toHaveBeenCalledTimes(0)
  expect(ring.mac(1, 'unsubscribe')).toBe(ring.mac(1, 'unsubscribe'))
  expect(indexes.platform).toBe(indexes.platform)
  // Each derivation is two digests: HKDF's extract and expand.
  expect(digest).toHaveBeenCalledTimes(4)
  digest.mockRestore()
})

test('every use of a secret has a key of its own', () => {
  const secret = new Uint8Array(32).fill(1)
  const uses = [
    ...['unsubscribe', 'preferences', 'undo', 'api_key'].map(purpose => `token/${purpose}`),
    ...['index/platform', 'index/tenant/1', 'index/tenant/2', 'index/tenant/11', 'data/tenant/1'],
  ]
  expect(new Set(uses.map(use => toHex(deriveKey(secret, use)))).size).toBe(uses.length)
})

test('the same address has unrelated ids at each tenant and on the platform, the same at each asking', () => {
  const indexes = new AddressIndexes(new Uint8Array(32).fill(1))
  const hash = addressHash('ada@example.com')
  const idsOf = (from: AddressIndexes) =>
    [from.platform, from.tenant(0), from.tenant(1), from.tenant(2), from.tenant(2 ** 32 - 1)].map(index =>
      toHex(index.id(hash)),
    )
  const ids = idsOf(indexes)
  expect(new Set(ids).size).toBe(5)
  expect(idsOf(indexes)).toEqual(ids)
  expect(idsOf(new AddressIndexes(new Uint8Array(32).fill(1)))).toEqual(ids)
  expect(idsOf(new AddressIndexes(new Uint8Array(32).fill(2)))).not.toContain(ids[2])
})

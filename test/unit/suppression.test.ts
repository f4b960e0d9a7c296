import { describe, expect, test } from 'vitest'
import { ADDRESS_ID_BYTES, AddressIndex, addressHash, BATCH_MAX } from '../../core/address.ts'
import { toHex } from '../../core/bytes.ts'
import { isOfMarketing, MARKETING_BOUNCE, REASONS, reasonOf } from '../../core/codes/reason.ts'
import {
  scopeName,
  suppressionId,
  suppressionKey,
  TENANT_SCOPE,
  topicScope,
  workspaceScope,
} from '../../core/codes/scope.ts'
import { SOURCES, sourceOf } from '../../core/codes/source.ts'
import { HashMany } from '../../core/hash-many.ts'
import { packAddresses, packHex, packIds } from '../../core/pack.ts'

const addressId = new Uint8Array(12).fill(0xab)

test('what the database holds as numbers never changes its meaning', () => {
  expect(REASONS).toEqual({
    legal: 1,
    complained: 2,
    bounced: 3,
    objected: 4,
    unsubscribed: 5,
    imported: 6,
    manual: 7,
    paused: 8,
    restricted: 9,
  })
  expect(SOURCES).toEqual({ recipient: 1, sender: 2, import: 3, report: 4 })
  expect([TENANT_SCOPE, workspaceScope(1), topicScope(1)]).toEqual([1, 6, 7])
})

test('every number leads back to its word', () => {
  for (const [name, code] of Object.entries(REASONS)) expect(reasonOf(code)).toBe(name)
  for (const [name, code] of Object.entries(SOURCES)) expect(sourceOf(code)).toBe(name)
})

test('a bounce of marketing alone is told as a bounce, and has a number of its own', () => {
  expect([MARKETING_BOUNCE, reasonOf(MARKETING_BOUNCE)]).toEqual([10, 'bounced'])
  expect(Object.values(REASONS)).not.toContain(MARKETING_BOUNCE)
  expect([...Object.values(REASONS), MARKETING_BOUNCE].filter(isOfMarketing)).toEqual([MARKETING_BOUNCE])
})

test('a number nobody knows is an error and never "may be mailed"', () => {
  for (const code of [0, 11, -1, 1.5, Number.NaN]) expect(() => reasonOf(code)).toThrow('unknown')
  for (const code of [0, 5, -1]) expect(() => sourceOf(code)).toThrow('unknown')
  for (const code of [0, 4, 8, 2 ** 34]) expect(() => scopeName(code)).toThrow('unknown')
})

test('a scope of each kind and number is told from every other', () => {
  const numbers = [0, 1, 2, 3, 4, 1000, 2 ** 31, 2 ** 32 - 1]
  const codes = [TENANT_SCOPE, ...numbers.map(workspaceScope), ...numbers.map(topicScope)]
  expect(new Set(codes).size).toBe(codes.length)
  expect(scopeName(TENANT_SCOPE)).toBe('tenant')
  for (const number of numbers) {
    expect(scopeName(workspaceScope(number))).toBe('workspace')
    expect(scopeName(topicScope(number))).toBe('topic')
  }
})

describe('the public id of a suppression', () => {
  const scopes = [
    0,
    TENANT_SCOPE,
    workspaceScope(1),
    topicScope(1),
    topicScope(2 ** 30),
    topicScope(2 ** 32 - 1),
  ]

  test('names its address id, scope and reason', () => {
    for (const scope of scopes)
      for (const reason of Object.values(REASONS)) {
        const id = suppressionId(addressId, scope, reason)
        expect(id).toMatch(/^sup_[A-Za-z0-9_-]{24}$/)
        expect(suppressionKey(id)).toEqual({ addressId, scope, reason })
      }
  })

  test('is laid out as documented', () => {
    const bytes = Buffer.from([...addressId, 0x03, 0xff, 0xff, 0xff, 0xff, 5])
    expect(suppressionId(addressId, topicScope(2 ** 32 - 1), 5)).toBe(`sup_${bytes.toString('base64url')}`)
  })

  test.for([
    '',
    'sup_',
    'sup_AAAAAAAAAAAAAAAAAAAAAAA',
    'sup_AAAAAAAAAAAAAAAAAAAAAAAAA',
    'sup_AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'sup_AAAAAAAAAAAAAAAAAAAAAAA=',
    'sup_AAAAAAAAAAAAAAAAAAAAAAA+',
    'SUP_AAAAAAAAAAAAAAAAAAAAAAAA',
    'key_AAAAAAAAAAAAAAAAAAAAAAAA',
    ' sup_AAAAAAAAAAAAAAAAAAAAAAAA',
  ])('is not "%s"', id => {
    expect(suppressionKey(id)).toBeUndefined()
  })
})

describe('a packed list of ids', () => {
  const index = new AddressIndex(new Uint8Array(32).fill(1))
  const hashOf = (name: string | number) => addressHash(`${name}@example.com`)
  const places = (hashes: (Uint8Array | undefined)[]) => {
    const known = hashes.flatMap((hash, place) => (hash ? [{ hash, place }] : []))
    const ids = index.ids(new HashMany(), Buffer.concat(known.map(({ hash }) => hash)))
    const { bytes, order } = packIds(
      ids,
      Uint16Array.from(known, ({ place }) => place),
    )
    expect(bytes).toHaveLength(order.length * ADDRESS_ID_BYTES)
    return [...order].map((place, i): [number, string] => [
      place,
      toHex(bytes.subarray(i * ADDRESS_ID_BYTES, (i + 1) * ADDRESS_ID_BYTES)),
    ])
  }
  const idOf = (hash: Uint8Array) => toHex(index.id(hash))

  test('of nobody is empty', () => {
    expect(places([])).toEqual([])
    expect(places([undefined, undefined])).toEqual([])
  })

  test('of ten thousand holds each once, at its place, in the order of the database', () => {
    const hashes = Array.from({ length: BATCH_MAX }, (_, i) => hashOf(i))
    const packed = places(hashes)
    expect(new Set(packed.map(([place]) => place)).size).toBe(BATCH_MAX)
    for (const [place, id] of packed) expect(id).toBe(idOf(hashes[place]!))
    const beginnings = packed.map(([, id]) => id.slice(0, 8))
    expect(beginnings).toEqual([...beginnings].sort())
  })

  test('leaves out what is no address and keeps the places of the others', () => {
    const hashes = [undefined, hashOf('ada'), undefined, hashOf('bob'), undefined]
    const expected = [
      [1, idOf(hashes[1]!)],
      [3, idOf(hashes[3]!)],
    ]
    expect(places(hashes).sort(([a], [b]) => a - b)).toEqual(expected)
  })

  test('is the same from addresses as from their hashes in hex, and passes over what is neither', () => {
    const addresses = ['ada@example.com', 'nobody', 'BOB@example.com']
    const hex = [toHex(hashOf('ada')), 'abc', toHex(hashOf('bob')).toUpperCase()]
    const packed = packAddresses(new HashMany(), addresses)
    expect([...packed.places]).toEqual([0, 2])
    expect(packHex(hex)).toEqual(packed)
  })

  test('keeps duplicates, each with its place', () => {
    const hashes = [hashOf('ada'), hashOf('bob'), hashOf('ada'), hashOf('ada')]
    const packed = places(hashes)
    expect(packed.filter(([, id]) => id === idOf(hashes[0]!)).map(([place]) => place)).toEqual([0, 2, 3])
    expect(packed).toHaveLength(4)
  })
})

import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HashMany } from '../../core/hash-many.ts'
import { HmacSha256 } from '../../core/sha256.ts'
import { seeded } from '../support/seeded.ts'

// The Worker's types know no compiling: workerd takes compiled modules only.
const { Module } = WebAssembly as unknown as { Module: new (code: Uint8Array) => WebAssembly.Module }
const module = new Module(readFileSync(new URL('../../core/hash-many.wasm', import.meta.url)))

const next = seeded(4)
const randomBytes = (length: number) => Uint8Array.from({ length }, () => next(256))
const ascii = (length: number) => Array.from({ length }, () => String.fromCharCode(next(128))).join('')
const LENGTHS = Array.from({ length: 255 }, (_, length) => length)
/** None, fewer than there are lanes, as many, and around the number of messages that the memory holds. */
const COUNTS = [0, 1, 2, 3, 4, 5, 7, 8, 999, 1000, 1001, 1023, 1024, 1025, 2048, 2049, 10_000]

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const each = (bytes: Uint8Array, size: number) =>
  Array.from({ length: bytes.length / size }, (_, i) => hex(bytes.subarray(i * size, (i + 1) * size)))
const nodeHash = (text: string) => createHash('sha256').update(text).digest('hex')
const nodeHmac = (key: Uint8Array, message: Uint8Array, keep: number) =>
  createHmac('sha256', key)
    .update(message)
    .digest('hex')
    .slice(0, keep * 2)
const cut = (bytes: Uint8Array, size: number) =>
  Array.from({ length: bytes.length / size }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

describe.for([
  { how: 'four at a time', many: new HashMany(module) },
  { how: 'one by one, where the module is not there', many: new HashMany() },
])('Many hashed together, $how', ({ many }) => {
  describe('SHA-256 of texts is that of Node', () => {
    test('at every length, beside texts of the same length', () => {
      for (const length of LENGTHS) {
        const texts = Array.from({ length: 6 }, () => ascii(length))
        expect(each(many.sha256(texts), 32), `${length} bytes`).toEqual(texts.map(nodeHash))
      }
    })

    test('at every length, beside texts of any other', () => {
      for (let round = 0; round < 20; round++) {
        const texts = LENGTHS.map(length => ({ length, turn: next(1000) }))
          .sort((a, b) => a.turn - b.turn)
          .map(({ length }) => ascii(length))
        expect(each(many.sha256(texts), 32)).toEqual(texts.map(nodeHash))
      }
    })

    test.for(COUNTS)('for %i of them', count => {
      const texts = Array.from({ length: count }, (_, i) => `reader.${i}@${ascii(next(90))}`)
      expect(each(many.sha256(texts), 32)).toEqual(texts.map(nodeHash))
    })

    test('for ten thousand as long as they may be', () => {
      const texts = Array.from({ length: 10_000 }, () => 'x'.repeat(254))
      expect(new Set(each(many.sha256(texts), 32))).toEqual(new Set([nodeHash('x'.repeat(254))]))
    })

    test('of any length that the caller names, up to 16 KiB', () => {
      for (const longest of [255, 1000, 5000, 16_384]) {
        const longer = (i: number) => (i % 300 === 0 || i > 1020 ? longest : next(255))
        const texts = Array.from({ length: 1030 }, (_, i) => ascii(longer(i)))
        expect(each(many.sha256(texts, longest), 32), `${longest} bytes`).toEqual(texts.map(nodeHash))
        // What lay in the memory of longer ones is not read with the next.
        const short = Array.from({ length: 1023 }, () => ascii(254))
        expect(each(many.sha256(short), 32)).toEqual(short.map(nodeHash))
        const key = randomBytes(32)
        const messages = randomBytes(1022 * 254)
        expect(each(many.hmac(new HmacSha256(key), messages, 254, 32), 32)).toEqual(
          cut(messages, 254).map(message => nodeHmac(key, message, 32)),
        )
      }
    })

    test('where their characters take more than a byte, alone and among others', () => {
      const strange = ['ñ@example.com', '用户@例子.广告', '🐧🐧@example.com', 'é'.repeat(127), '']
      const texts = Array.from({ length: 3000 }, (_, i) =>
        i % 3 === 0 ? strange[i % 5]! : `plain.${i}@example.com`,
      )
      expect(each(many.sha256(texts), 32)).toEqual(texts.map(nodeHash))
      for (const text of strange) expect(each(many.sha256([text]), 32)).toEqual([nodeHash(text)])
    })
  })

  describe('HMAC-SHA-256 is that of Node', () => {
    test('for messages of every length, whole and truncated to an address id', () => {
      for (const width of LENGTHS.slice(1)) {
        const key = randomBytes(32)
        const messages = randomBytes(width * 5)
        for (const keep of [12, 32] as const)
          expect(each(many.hmac(new HmacSha256(key), messages, width, keep), keep), `${width} bytes`).toEqual(
            cut(messages, width).map(message => nodeHmac(key, message, keep)),
          )
      }
    })

    test.for(COUNTS)('for %i of them', count => {
      const key = randomBytes(32)
      const messages = randomBytes(count * 32)
      expect(each(many.hmac(new HmacSha256(key), messages, 32, 12), 12)).toEqual(
        cut(messages, 32).map(message => nodeHmac(key, message, 12)),
      )
    })

    test('for messages that are part of a longer buffer', () => {
      const key = randomBytes(32)
      const messages = randomBytes(1000).subarray(7, 7 + 17 * 9)
      expect(each(many.hmac(new HmacSha256(key), messages, 17, 12), 12)).toEqual(
        cut(messages, 17).map(message => nodeHmac(key, message, 12)),
      )
    })
  })

  test('nothing of one call is in the next: long before short, one key before another, codes before hashes', () => {
    const [a, b] = [randomBytes(32), randomBytes(32)]
    for (const [count, length] of [
      [9, 254],
      [2, 3],
      [6, 119],
      [1, 0],
      [3, 56],
    ] as const) {
      const texts = Array.from({ length: count }, () => ascii(length))
      const hashes = many.sha256(texts)
      expect(each(hashes, 32)).toEqual(texts.map(nodeHash))
      for (const key of [a, b])
        expect(each(many.hmac(new HmacSha256(key), hashes, 32, 12), 12)).toEqual(
          cut(hashes, 32).map(hash => nodeHmac(key, hash, 12)),
        )
    }
  })

  test('what came out stays as it is when more is hashed', () => {
    const first = many.sha256(['ada@example.com'])
    const codes = many.hmac(new HmacSha256(first), first, 32, 12)
    const before = [hex(first), hex(codes)]
    many.hmac(new HmacSha256(randomBytes(32)), many.sha256(['bob@example.com']), 32, 12)
    expect([hex(first), hex(codes)]).toEqual(before)
  })

  describe('is refused:', () => {
    test.for<[string, () => Uint8Array]>([
      ['a text of 255 bytes', () => many.sha256(['ada@example.com', 'x'.repeat(255)])],
      ['a text of a byte more than the caller names', () => many.sha256(['ada', 'x'.repeat(301)], 300)],
      ['a length of more than 16 KiB', () => many.sha256(['ada'], 16_385)],
      ['a text of 128 characters in 256 bytes', () => many.sha256(['é'.repeat(128)])],
      ['texts that are more than the memory', () => many.sha256(['x'.repeat(400_000), 'ada@example.com'])],
      ['a message of 255 bytes', () => many.hmac(new HmacSha256(randomBytes(32)), randomBytes(255), 255, 12)],
      [
        'messages that are not of the width given',
        () => many.hmac(new HmacSha256(randomBytes(32)), randomBytes(33), 32, 12),
      ],
      ['messages of no width', () => many.hmac(new HmacSha256(randomBytes(32)), randomBytes(32), 0, 12)],
    ])('%s', ([, hash]) => {
      expect(hash).toThrow(RangeError)
      expect(each(many.sha256(['ada@example.com']), 32)).toEqual([nodeHash('ada@example.com')])
    })
  })
})

test('the memory is 320 KB and cannot grow', () => {
  const { memory } = new WebAssembly.Instance(module).exports as { memory: WebAssembly.Memory }
  expect(memory.buffer.byteLength).toBe(320 * 1024)
  expect(() => memory.grow(1)).toThrow(RangeError)
})

import { describe, expect, test } from 'vitest'
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  getUint48,
  setUint48,
  toBase64,
  toBase64Url,
  toHex,
} from '../../core/bytes.ts'
import { seeded } from '../support/seeded.ts'

const next = seeded(64)
const randomBytes = (length: number) => Uint8Array.from({ length }, () => next(256))

test('bytes of every length come back from base64, base64url and hex, written as everybody writes them', () => {
  for (const length of [...Array.from({ length: 100 }, (_, i) => i), 0x7fff, 0x8000, 0x8001, 200_000]) {
    const bytes = randomBytes(length)
    const buffer = Buffer.from(bytes)
    expect(toBase64(bytes) === buffer.toString('base64'), `${length}`).toBe(true)
    expect(toBase64Url(bytes) === buffer.toString('base64url'), `${length}`).toBe(true)
    expect(toHex(bytes) === buffer.toString('hex'), `${length}`).toBe(true)
    expect(equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true)
    expect(equalBytes(fromBase64Url(toBase64Url(bytes))!, bytes)).toBe(true)
    expect(equalBytes(fromHex(toHex(bytes), length)!, bytes)).toBe(true)
  }
})

test('a part of a longer buffer is written alone', () => {
  const part = randomBytes(50).subarray(10, 20)
  expect([toBase64(part), toBase64Url(part), toHex(part)]).toEqual([
    toBase64(part.slice()),
    toBase64Url(part.slice()),
    toHex(part.slice()),
  ])
})

test('base64 from the database is read padded or not', () => {
  expect(fromBase64('+/8=')).toEqual(new Uint8Array([251, 255]))
  expect(fromBase64('+/8')).toEqual(new Uint8Array([251, 255]))
})

describe('base64url has one spelling for each value', () => {
  test('of the 64 spellings of one byte that begin alike, four bytes have one each', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    expect([...alphabet].filter(last => fromBase64Url(`A${last}`) !== undefined)).toEqual([...'AQgw'])
    expect([...alphabet].filter(last => fromBase64Url(`AA${last}`) !== undefined)).toHaveLength(16)
  })

  test.for([
    ['padding', 'QQ=='],
    ['half the padding', 'QQ='],
    ['the other alphabet', '+/8'],
    ['a blank', 'QQ '],
    ['a blank inside', 'Q Q'],
    ['a line end', 'QQ\n'],
    ['a full stop', 'QQ.'],
    ['a letter that is none of it', 'QÄ'],
    ['a length that no bytes have', 'QQQQQ'],
    ['a single character', 'Q'],
    ['spare bits in one byte', 'QR'],
    ['spare bits in two bytes', 'QUF'],
  ])('%s is refused', ([, text]) => {
    expect(fromBase64Url(text!)).toBeUndefined()
  })

  test('nothing is no bytes', () => {
    expect(fromBase64Url('')).toEqual(new Uint8Array())
  })
})

describe('hex', () => {
  test('is read in either case and written in lower case', () => {
    expect(fromHex('00fFAb', 3)).toEqual(new Uint8Array([0, 255, 171]))
    expect(toHex(new Uint8Array([0, 255, 171]))).toBe('00ffab')
  })

  test.for([
    ['too short', '00ff'],
    ['too long', '00ffab00'],
    ['an odd length', '00ffa'],
    ['another letter', '00ffag'],
    ['a sign', '+0ffab'],
    ['a blank', ' 0ffab'],
    ['a prefix', '0x00ff'],
    ['a line end', '00ffa\n'],
    ['fullwidth digits', '００ffab'],
  ])('%s is refused', ([, text]) => {
    expect(fromHex(text!, 3)).toBeUndefined()
  })
})

describe('bytes are equal', () => {
  test('when all are, and not when any bit differs', () => {
    const bytes = randomBytes(16)
    expect(equalBytes(bytes, bytes.slice())).toBe(true)
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
    for (let bit = 0; bit < 128; bit++) {
      const other = bytes.slice()
      other[bit >> 3]! ^= 1 << (bit & 7)
      expect(equalBytes(bytes, other), `bit ${bit}`).toBe(false)
    }
  })

  test('not when one is the beginning of the other', () => {
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2, 0]))).toBe(false)
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array())).toBe(false)
  })
})

test('parts stand end to end in the order they are given, empty ones included', () => {
  const view = Uint8Array.of(9, 1, 2, 9).subarray(1, 3)
  expect(concatBytes([view, [], Uint8Array.of(3), [4, 5]])).toEqual(Uint8Array.of(1, 2, 3, 4, 5))
  expect(concatBytes([])).toEqual(new Uint8Array())
})

describe('a whole number in six bytes', () => {
  test.for([0, 1, 255, 2 ** 32 - 1, 2 ** 32, 1_796_000_000_123, 2 ** 48 - 1])('comes back: %i', value => {
    const bytes = new Uint8Array(10).fill(0xaa)
    const view = new DataView(bytes.buffer)
    setUint48(view, 2, value)
    expect(getUint48(view, 2)).toBe(value)
    expect(Buffer.from(bytes).readUIntBE(2, 6)).toBe(value)
    expect([...bytes.subarray(0, 2), ...bytes.subarray(8)]).toEqual([0xaa, 0xaa, 0xaa, 0xaa])
  })
})

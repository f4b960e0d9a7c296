import { describe, expect, test } from 'vitest'
import { LOGO_MAX_BYTES, readLogo } from '../../ops/brand-logo.ts'
import { png, WEBP, webp } from '../support/picture.ts'

const text = (words: string) => new TextEncoder().encode(words)
const noise = new Uint8Array(LOGO_MAX_BYTES).map((_, i) => i)
/** The head of an extended WebP of 1 by 1 that says it moves. */
const MOVING = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0, 0])

describe('a logo', () => {
  test('may be a PNG, and says how large it is', () => {
    expect(readLogo(png(120, 40))).toMatchObject({ type: 'png', width: 120, height: 40 })
  })

  test('may be a WebP', () => {
    expect(readLogo(WEBP)).toMatchObject({ type: 'webp', width: 1, height: 1 })
  })

  test.for<[what: string, bytes: Uint8Array, why: string]>([
    ['nothing', new Uint8Array(), 'no PNG and no WebP'],
    ['a text', text('hello'), 'no PNG and no WebP'],
    ['a page', text('<!doctype html><script>alert(1)</script>'), 'no PNG and no WebP'],
    [
      'an SVG, which can carry script',
      text('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'no PNG and no WebP',
    ],
    ['a GIF', text('GIF89a\u0001\0\u0001\0\0\0\0;'), 'no PNG and no WebP'],
    [
      'the first bytes of a PNG and then something else',
      Buffer.concat([png(9, 9).subarray(0, 8), text('<script>')]),
      'no PNG',
    ],
    ['a PNG that breaks off', png(120, 40).subarray(0, -13), 'is cut off'],
    ['a WebP that breaks off', WEBP.subarray(0, -2), 'is cut off'],
    ['a WebP with something behind it', Buffer.concat([WEBP, text('<script>')]), 'is cut off'],
    ['a PNG without width', png(0, 40), 'pixels'],
    ['a PNG too wide', png(2001, 1), 'is 2001 by 1 pixels'],
    ['a PNG that moves', png(9, 9, [0, 0, 0], [['acTL', new Uint8Array(8)]]), 'moves'],
    ['a WebP that moves', webp(['VP8X', MOVING], ['ANIM', new Uint8Array(6)]), 'moves'],
    ['a file too large', png(9, 9, [0, 0, 0], [['tEXt', noise]]), `at most ${LOGO_MAX_BYTES}`],
  ])('is not %s', ([, bytes, why]) => {
    expect(() => readLogo(bytes)).toThrow(why)
  })
})

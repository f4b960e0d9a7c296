import { describe, expect, test } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { deriveKey } from '../../core/keys.ts'
import { HmacSha256, sha256 } from '../../core/sha256.ts'
import { seeded } from '../support/seeded.ts'

const { subtle } = crypto
const hex = (bytes: ArrayBuffer) => toHex(new Uint8Array(bytes))
const next = seeded(256)
const randomBytes = (length: number) => Uint8Array.from({ length }, () => next(256))

/** Every length up to three hundred, and the edges of blocks far beyond. */
const LENGTHS = [
  ...Array.from({ length: 301 }, (_, length) => length),
  ...[512, 1024, 4096, 65536].flatMap(edge => [-9, -8, -1, 0, 1].map(off => edge + off)),
  1_000_003,
]

describe('SHA-256', () => {
  test('is that of the standard', () => {
    const of = (text: string) => toHex(sha256(new TextEncoder().encode(text)))
    expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(of('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
  })

  test('is that of WebCrypto at every length', async () => {
    for (const length of LENGTHS) {
      const message = randomBytes(length)
      expect(toHex(sha256(message)), `${length} bytes`).toBe(hex(await subtle.digest('SHA-256', message)))
    }
  })

  test('looks at its part of a longer buffer only', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65]) {
      const whole = randomBytes(200)
      const part = whole.subarray(7, 7 + length)
      expect(toHex(sha256(part)), `${length} bytes`).toBe(toHex(sha256(part.slice())))
    }
  })

  test('leaves its input as it was', () => {
    const message = randomBytes(100)
    const before = message.slice()
    sha256(message)
    new HmacSha256(message).digest(message)
    expect(message).toEqual(before)
  })
})

describe('HMAC-SHA-256', () => {
  const webHmac = async (key: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>) => {
    const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return hex(await subtle.sign('HMAC', imported, message))
  }

  test('is that of WebCrypto for messages of every length', async () => {
    const key = randomBytes(32)
    const hmac = new HmacSha256(key)
    for (const length of LENGTHS) {
      const message = randomBytes(length)
      expect(toHex(hmac.digest(message)), `${length} bytes`).toBe(await webHmac(key, message))
    }
  })

  test('is that of WebCrypto for keys of every length', async () => {
    const message = randomBytes(32)
    for (const length of LENGTHS.filter(length => length > 0 && length <= 300)) {
      const key = randomBytes(length)
      expect(toHex(new HmacSha256(key).digest(message)), `${length} bytes`).toBe(await webHmac(key, message))
    }
  })

  test('two keys in use by turns do not mix', async () => {
    const [a, b] = [randomBytes(32), randomBytes(32)]
    const [hmacA, hmacB] = [new HmacSha256(a), new HmacSha256(b)]
    for (let i = 0; i < 20; i++) {
      const message = randomBytes(i * 7)
      expect(toHex(hmacA.digest(message))).toBe(await webHmac(a, message))
      sha256(message)
      expect(toHex(hmacB.digest(message))).toBe(await webHmac(b, message))
    }
  })
})

test('a derived key is HKDF-SHA-256 of WebCrypto without salt, named by its use', async () => {
  for (const use of ['token/unsubscribe', 'index/tenant/1', 'data/tenant/4294967295', '', 'x'.repeat(200)]) {
    const secret = randomBytes(32)
    const info = new TextEncoder().encode(`floe/v1/${use}`)
    const imported = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
    const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
    expect(toHex(deriveKey(secret, use)), use).toBe(hex(await subtle.deriveBits(params, imported, 256)))
  }
})

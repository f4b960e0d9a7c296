import { createHmac, hkdfSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { HashMany } from '../../core/hash-many.ts'
import { type KeyringEntry, openKeyring, type TokenPurpose } from '../../core/keys.ts'
import {
  asLinkEnd,
  type Claim,
  linkTexts,
  MESSAGE_REF_MAX_BYTES,
  mintToken,
  readToken,
  seal,
  sealTokens,
  unseal,
} from '../../core/token.ts'
import { seeded } from '../support/seeded.ts'

const entry = (id: number, fill = id + 1): KeyringEntry => ({ id, key: new Uint8Array(32).fill(fill) })
const keyring = openKeyring([entry(1)])
const NO_REF = new Uint8Array()
const claim: Claim = { topic: 7, addressId: new Uint8Array(12).fill(0xab), ref: NO_REF }
const token = mintToken(keyring, 'unsubscribe', claim)
const purposes: TokenPurpose[] = ['unsubscribe', 'preferences', 'undo', 'api_key']
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

describe('a token', () => {
  test('has 39 characters that need no escaping anywhere', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{39}$/)
  })

  test('is laid out as documented: version and key id, topic, address id, truncated code', () => {
    const body = Buffer.concat([Buffer.from([0b001_00001, 0, 0, 0, 7]), Buffer.alloc(12, 0xab)])
    const key = hkdfSync('sha256', Buffer.alloc(32, 2), '', 'floe/v1/token/unsubscribe', 32)
    const code = createHmac('sha256', Buffer.from(key)).update(body).digest().subarray(0, 12)
    expect(token).toBe(Buffer.concat([body, code]).toString('base64url'))
  })

  test.for([0, 1, 7, 2 ** 31, 2 ** 32 - 1])('says which topic: %i', topic => {
    const text = mintToken(keyring, 'unsubscribe', { ...claim, topic })
    expect(readToken(keyring, 'unsubscribe', text)).toEqual({ ...claim, topic })
  })

  test.for([
    [0, 39],
    [1, 40],
    [2, 42],
    [3, 43],
    [4, 44],
    [5, 46],
    [6, 47],
    [7, 48],
    [8, 50],
  ] as const)('carries a message reference of %i bytes in %i characters', ([bytes, characters]) => {
    const ref = new Uint8Array(bytes).fill(0x61)
    const text = mintToken(keyring, 'unsubscribe', { ...claim, ref })
    expect(text).toHaveLength(characters)
    expect(readToken(keyring, 'unsubscribe', text)).toEqual({ ...claim, ref })
  })

  test.for([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'with a reference of %i bytes ends in no mark that programs leave out of a link, and is the same token',
    bytes => {
      for (let topic = 0; topic < 500; topic++) {
        const known = { topic, addressId: claim.addressId, ref: new Uint8Array(bytes).fill(0x61) }
        const text = mintToken(keyring, 'unsubscribe', known)
        expect(asLinkEnd(text)).toMatch(/[A-Za-z0-9]$/)
        for (const form of [text, asLinkEnd(text)])
          expect(readToken(keyring, 'unsubscribe', form)).toEqual(known)
      }
    },
  )

  test('with any other letter behind it is none', () => {
    const ref = new Uint8Array([0x61])
    const text = Array.from({ length: 500 }, (_, topic) =>
      mintToken(keyring, 'unsubscribe', { ...claim, topic, ref }),
    ).find(one => /[-_]$/.test(one))!
    expect(asLinkEnd(text)).toBe(`${text}x`)
    for (const letter of alphabet.replace('x', ''))
      expect(readToken(keyring, 'unsubscribe', `${text}${letter}`)).toBeUndefined()
    expect(readToken(keyring, 'unsubscribe', `${text}xx`)).toBeUndefined()
    expect(readToken(keyring, 'unsubscribe', text.slice(0, -1))).toBeUndefined()
  })

  test('carries the longest reference that links are made with, and is none with a longer one', () => {
    const withRef = (bytes: number) => {
      const ref = new Uint8Array(bytes)
      return readToken(keyring, 'unsubscribe', mintToken(keyring, 'unsubscribe', { ...claim, ref }))?.ref
    }
    expect(withRef(MESSAGE_REF_MAX_BYTES)).toHaveLength(MESSAGE_REF_MAX_BYTES)
    expect(withRef(MESSAGE_REF_MAX_BYTES + 1)).toBeUndefined()
  })

  test('comes back whatever it says', () => {
    const next = seeded(39)
    for (let i = 0; i < 500; i++) {
      const randomBytes = (length: number) => Uint8Array.from({ length }, () => next(256))
      const said = { topic: next(2 ** 32), addressId: randomBytes(12), ref: randomBytes(next(9)) }
      const purpose = purposes[next(4)]!
      expect(readToken(keyring, purpose, mintToken(keyring, purpose, said))).toEqual(said)
    }
  })
})

test.for([0, 1, 8])('tokens of many, with a reference of %i bytes, are those of each', bytes => {
  const ref = new Uint8Array(bytes).fill(0x61)
  const ids = Array.from({ length: 7 }, (_, i) => new Uint8Array(12).fill(i + 1))
  for (const some of [[], ids.slice(0, 1), ids]) {
    const many = { topic: 7, ids: new Uint8Array(some.flatMap(id => [...id])), ref }
    const { text, pitch, length } = linkTexts(sealTokens(new HashMany(), keyring, 'unsubscribe', many))
    expect(some.map((_, i) => text.slice(i * pitch, i * pitch + length))).toEqual(
      some.map(addressId => mintToken(keyring, 'unsubscribe', { topic: 7, addressId, ref })),
    )
  }
})

describe('what is not quite a token is refused', () => {
  const refused = (text: string) => expect(readToken(keyring, 'unsubscribe', text), text).toBeUndefined()

  test('with any one character changed, to any other', () => {
    for (const text of [token, mintToken(keyring, 'unsubscribe', { ...claim, ref: new Uint8Array(8) })]) {
      for (let i = 0; i < text.length; i++) {
        for (const other of `${alphabet}.=+/% `) {
          if (other !== text[i]) refused(text.slice(0, i) + other + text.slice(i + 1))
        }
      }
    }
  })

  test('with any two neighbours swapped', () => {
    for (let i = 1; i < token.length; i++) {
      const swapped = token.slice(0, i - 1) + token[i]! + token[i - 1]! + token.slice(i + 1)
      if (swapped !== token) refused(swapped)
    }
  })

  test('cut anywhere', () => {
    const long = mintToken(keyring, 'unsubscribe', { ...claim, ref: new Uint8Array(8) })
    for (let length = 0; length < token.length; length++) refused(token.slice(0, length))
    for (let length = 0; length < long.length; length++) refused(long.slice(0, length))
    for (let start = 1; start < long.length; start++) refused(long.slice(start))
  })

  test('with anything added', () => {
    for (const more of ['=', '==', 'A', 'AA', 'AAA', 'AAAA', ' ', '\n', '/', '.', '%00', '?a', token])
      for (const text of [token + more, more + token]) refused(text)
  })

  test('in another case', () => {
    refused(token.toLowerCase())
    refused(token.toUpperCase())
  })

  test('with the spare bits of its last character set', () => {
    const last = alphabet.indexOf(token.at(-1)!)
    for (let spare = 1; spare < 4; spare++) refused(token.slice(0, -1) + alphabet[last + spare])
  })

  test('for another purpose', () => {
    for (const minted of purposes)
      for (const read of purposes) {
        const found = readToken(keyring, read, mintToken(keyring, minted, claim))
        expect(found, `${minted} as ${read}`).toEqual(minted === read ? claim : undefined)
      }
  })

  test('signed by another key of the same id', () => {
    const other = openKeyring([entry(1, 99)])
    refused(mintToken(other, 'unsubscribe', claim))
  })

  test('signed by a key of another id', () => {
    refused(mintToken(openKeyring([entry(2)]), 'unsubscribe', claim))
    refused(mintToken(openKeyring([entry(2, 2)]), 'unsubscribe', claim))
  })

  test.for([0, 2, 3, 7])('of version %i, even with a good code', version => {
    const body = Buffer.from(token, 'base64url').subarray(0, 17)
    body[0] = (version << 5) | 1
    const code = keyring.mac(1, 'unsubscribe')!.digest(body).subarray(0, 12)
    refused(Buffer.concat([body, code]).toString('base64url'))
  })

  test('shorter or longer than any token, even with a good code', () => {
    for (const bytes of [1, 5, 16, 26, 27, 40, 1000])
      refused(seal(keyring, 'unsubscribe', new Uint8Array(bytes)))
    expect(seal(keyring, 'unsubscribe', new Uint8Array(16))).toHaveLength(38)
    expect(seal(keyring, 'unsubscribe', new Uint8Array(26))).toHaveLength(51)
  })

  test('a megabyte', () => refused('A'.repeat(1 << 20)))
})

describe('when keys rotate', () => {
  const before = mintToken(openKeyring([entry(1)]), 'unsubscribe', claim)
  const rotated = openKeyring([entry(2), entry(1)])

  test('the new key signs', () => {
    const text = mintToken(rotated, 'unsubscribe', claim)
    expect(readToken(openKeyring([entry(2)]), 'unsubscribe', text)).toEqual(claim)
    expect(readToken(openKeyring([entry(1)]), 'unsubscribe', text)).toBeUndefined()
  })

  test('links mailed before keep working', () => {
    expect(readToken(rotated, 'unsubscribe', before)).toEqual(claim)
  })

  test('links of a key that was removed no longer do', () => {
    expect(readToken(openKeyring([entry(2)]), 'unsubscribe', before)).toBeUndefined()
  })

  test('key ids from 0 to 31 all sign and verify', () => {
    const all = Array.from({ length: 32 }, (_, id) => entry(id))
    for (const first of all) {
      const ring = openKeyring([first, ...all.filter(other => other !== first)])
      const text = mintToken(ring, 'unsubscribe', claim)
      expect(readToken(openKeyring(all), 'unsubscribe', text), `key ${first.id}`).toEqual(claim)
      expect(readToken(openKeyring([first]), 'unsubscribe', text), `key ${first.id}`).toEqual(claim)
    }
  })
})

test('a sealed text opens to its body, and an empty body is none', () => {
  const body = new Uint8Array([0, 1, 2])
  expect(unseal(keyring, 'undo', seal(keyring, 'undo', body))).toEqual(new Uint8Array([0x21, 1, 2]))
  // Under this key the code of nothing begins as a text of this version and key does.
  const ring = openKeyring([entry(1, 43)])
  const code = ring.mac(1, 'preview')!.digest(new Uint8Array()).subarray(0, 12)
  expect(code[0]).toBe(0b001_00001)
  expect(unseal(ring, 'preview', Buffer.from(code).toString('base64url'))).toBeUndefined()
})

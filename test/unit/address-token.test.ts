import { describe, expect, test } from 'vitest'
import { fromBase32, toBase32 } from '../../core/base32.ts'
import { HashMany } from '../../core/hash-many.ts'
import { openKeyring, type TokenPurpose } from '../../core/keys.ts'
import {
  ADDRESS_TEXT_LENGTH,
  addressTexts,
  type Claim,
  linkTextLength,
  linkTextOf,
  mintToken,
  readToken,
  sealTokens,
} from '../../core/token.ts'
import { mailtoForm, returnPathForm, tokenAddress } from '../../core/unsubscribe-headers.ts'
import { extensionsIn, linksIn, verifiedIn } from '../../worker/inbound/address-tokens.ts'
import { seeded } from '../support/seeded.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(2) }])
const claim: Claim = { topic: 7, addressId: new Uint8Array(12).fill(0xab), ref: new Uint8Array() }
function minted(purpose: TokenPurpose, ids = claim.addressId): string[] {
  const sealed = sealTokens(new HashMany(), keyring, purpose, { topic: 7, ids, ref: claim.ref })
  const { text, pitch, length } = addressTexts(sealed)
  return Array.from({ length: text.length / pitch }, (_, i) => text.slice(i * pitch, i * pitch + length))
}
const link = mintToken(keyring, 'unsubscribe', claim)
const [token] = minted('unsubscribe') as [string]
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

describe('base32', () => {
  test.for([
    ['', ''],
    ['00', '00'],
    ['ff', 'zw'],
    ['f8', 'z0'],
    ['0001', '000g'],
    ['000001', '00002'],
    ['00000001', '0000008'],
    ['0000000001', '00000001'],
    ['21000000', '4400000'],
    ['0123456789abcdef', '04hmasw9nf6yy'],
    ['ffffffffff', 'zzzzzzzz'],
  ] as const)('writes %s as "%s", and reads it back', ([hex, text]) => {
    expect(toBase32(Buffer.from(hex, 'hex'))).toBe(text)
    expect(fromBase32(text)).toEqual(new Uint8Array(Buffer.from(hex, 'hex')))
    expect(fromBase32(text.toUpperCase())).toEqual(new Uint8Array(Buffer.from(hex, 'hex')))
  })

  test('brings any bytes back, in any case of each letter', () => {
    const next = seeded(32)
    for (let i = 0; i < 500; i++) {
      const bytes = Uint8Array.from({ length: next(40) }, () => next(256))
      const text = [...toBase32(bytes)].map(char => (next(2) ? char.toUpperCase() : char)).join('')
      expect(fromBase32(text)).toEqual(bytes)
    }
  })

  test.for([
    ['one character, which is no byte', '0'],
    ['a length that no bytes have', '000'],
    ['a character too many', '000000'],
    ['spare bits that are set', '01'],
    ['padding', 'zw======'],
    ['a blank', 'z '],
    ['a line end', 'zw\n'],
    ['a letter that looks like a digit', 'io'],
    ['the letters that are left out', 'lu'],
    ['a letter of another alphabet that folds to one of ours', 'zſ'],
    ['the sign for Kelvin, whose lower case is k', '0\u212a'],
    ['half a character', '\ud83d0'],
    ['a character of two halves', '😀'],
    ['base64url', 'z_'],
  ])('reads nothing from %s', ([, text]) => {
    expect(fromBase32(text!)).toBeUndefined()
  })
})

describe('a token in a mail address', () => {
  test('has 47 characters of one case, and is the same token as in a link', () => {
    expect(token).toMatch(/^[4-7][0-9a-hjkmnp-tv-z]{46}$/)
    expect([token.length, link.length]).toEqual([ADDRESS_TEXT_LENGTH, linkTextLength(0)])
    for (const text of [token, token.toUpperCase(), link]) expect(linkTextOf(text)).toBe(link)
  })

  test('is that of each recipient, when many are minted at once', () => {
    const ids = Array.from({ length: 7 }, (_, i) => new Uint8Array(12).fill(i + 1))
    expect(minted('feedback', new Uint8Array(ids.flatMap(id => [...id]))).map(linkTextOf)).toEqual(
      ids.map(addressId => mintToken(keyring, 'feedback', { ...claim, addressId })),
    )
    expect(minted('feedback', new Uint8Array())).toEqual([])
  })

  test('is no link', () => {
    expect(readToken(keyring, 'unsubscribe', token)).toBeUndefined()
  })

  test('is never taken for the other form, whatever its key and its reference', () => {
    const keys = Array.from({ length: 32 }, (_, id) => ({ id, key: new Uint8Array(32).fill(id + 1) }))
    for (const key of keys)
      for (let bytes = 0; bytes <= 8; bytes++) {
        const long = mintToken(openKeyring([key]), 'unsubscribe', { ...claim, ref: new Uint8Array(bytes) })
        expect(linkTextOf(long)).toBe(long)
      }
  })

  const refused = (text: string) =>
    expect(readToken(keyring, 'unsubscribe', linkTextOf(text)), text).toBeUndefined()

  test('is none with any one character changed, to any other', () => {
    for (let i = 0; i < token.length; i++)
      for (const other of `${alphabet}ilouILOU-_.=+/% ſ\u212a`)
        if (other !== token[i]) refused(token.slice(0, i) + other + token.slice(i + 1))
  })

  test('is none with any two neighbours swapped, cut anywhere, or with anything added', () => {
    for (let i = 1; i < token.length; i++) {
      const swapped = token.slice(0, i - 1) + token[i]! + token[i - 1]! + token.slice(i + 1)
      if (swapped !== token) refused(swapped)
      refused(token.slice(0, i))
      refused(token.slice(i))
    }
    for (const more of ['=', '0', '00', '000', ' ', '\n', '-', token])
      for (const text of [token + more, more + token]) refused(text)
    refused('')
    refused('0'.repeat(1 << 20))
  })

  test('is none when it is half in one form and half in the other', () => {
    for (let i = 1; i < linkTextLength(0); i++) {
      refused(token.slice(0, i) + link.slice(i))
      refused(link.slice(0, i) + token.slice(i))
    }
  })

  test('is of its own purpose alone', () => {
    for (const made of ['unsubscribe', 'feedback', 'preferences', 'undo'] as const) {
      const found = verifiedIn(keyring, minted(made).map(linkTextOf))
      expect(found?.purpose, made).toBe(made === 'unsubscribe' || made === 'feedback' ? made : undefined)
    }
  })
})

describe('tokens are found', () => {
  test.for([
    ['after a plus', 'leave+TOKEN@north.example'],
    ['after a plus that is percent-encoded', 'leave%2BTOKEN@north.example'],
    ['after a plus that is percent-encoded in lower case', 'leave%2bTOKEN@north.example'],
    ['after the blank that a form makes of a plus', 'leave TOKEN@north.example'],
    ['with a name and brackets', '"Leave, please" <leave+TOKEN@north.example>'],
    ['among others', 'a@b.example, leave+x@north.example, <leave+TOKEN@north.example>'],
    ['in quotes', '"leave+TOKEN"@north.example'],
    ['where a server forwards under its own name', 'SRS0=xy=zz=north.example=fb+TOKEN@relay.example'],
    ['where a server keeps the address in another', 'fb+TOKEN=north.example@relay.example'],
  ])('%s', ([, text]) => {
    for (const form of [token, token.toUpperCase(), link])
      expect(extensionsIn([text!.replace('TOKEN', form)])).toEqual([link])
  })

  test('once each, in order, and no more of them than are worth a try', () => {
    const other = 'A'.repeat(39)
    const address = (text: string) => tokenAddress(text, 'leave@north.example')
    expect(extensionsIn([address(other), address(token), address(link)])).toEqual([other, link])
    const many = Array.from({ length: 1000 }, (_, i) => address(String(i).padStart(39, 'A')))
    expect(extensionsIn(many)).toHaveLength(16)
    expect(extensionsIn([many.join(', ')])).toHaveLength(16)
  })

  test('in a List-Unsubscribe field, in its link and in its mailto', () => {
    const mailto = `<mailto:${tokenAddress(token, 'leave@north.example')}>`
    expect(linksIn(`<https://floe.example.com/u/${link}>`)).toEqual([link])
    for (const text of [mailto, mailto.toUpperCase().replace('MAILTO', 'mailto'), mailto.replace('+', '%2B')])
      expect(linksIn(text)).toEqual([link])
  })

  test('nowhere in what is no address', () => {
    for (const text of ['', token, `x${token}@a.example`, `+${token}`, `+${token} @`, `+${'a'.repeat(51)}@`])
      expect(extensionsIn([text])).toEqual([])
  })
})

describe('an address has the form that survives every server', () => {
  const url = `https://floe.example.com/u/${link}`
  const domain = (length: number) => `${'d'.repeat(length - 3)}.nl`

  test('in a mailto up to the length that its line allows; the other for eight characters more; then there is none', () => {
    const forms = Array.from({ length: 26 }, (_, i) => mailtoForm(url, `leave@${domain(i + 5)}`))
    expect(forms).toEqual([
      ...Array(10).fill('case_proof'), // 5 to 14
      ...Array(8).fill('case_sensitive'), // 15 to 22
      ...Array(8).fill(undefined), // 23 to 30
    ])
  })

  test('in a return path up to 16 characters before the @; the other up to 24; whatever its domain', () => {
    for (const length of [5, 30, 200]) {
      const forms = Array.from({ length: 26 }, (_, i) =>
        returnPathForm(`${'b'.repeat(i + 1)}@${domain(length)}`),
      )
      expect(forms).toEqual([
        ...Array(16).fill('case_proof'),
        ...Array(8).fill('case_sensitive'),
        ...Array(2).fill(undefined),
      ])
    }
  })

  test.for([
    ['the link leaves no room for the comma behind it', `https://${'a'.repeat(26)}/u/${link}`],
    ['the mailbox is no plain ASCII', url, 'lösch@a.nl'],
  ])('and there is no mailto where %s', ([, link, mailbox = 'a@b.nl']) => {
    expect(mailtoForm(link!, mailbox)).toBeUndefined()
  })
})

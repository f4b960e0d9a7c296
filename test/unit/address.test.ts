import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  ADDRESS_ID_BYTES,
  AddressIndex,
  addressHash,
  canonicalAddress,
  hashOfAddress,
  hashOfHex,
  maskedAddress,
} from '../../core/address.ts'
import { toHex } from '../../core/bytes.ts'
import { canonicalizedTwice } from '../support/code-points.ts'
import { seeded } from '../support/seeded.ts'

const label63 = 'a'.repeat(63)
/** An address of exactly so many bytes, in legal labels. */
const ofLength = (bytes: number, local = 'ada') => {
  const domain = `${label63}.${label63}.${label63}.example.com`
  return `${local}${'x'.repeat(bytes - local.length - 1 - domain.length)}@${domain}`
}

describe('these are the same recipient', () => {
  test.for<[why: string, text: string, canonical: string]>([
    ['as it is', 'ada@example.com', 'ada@example.com'],
    ['blanks around it', ' \t\r\nada@example.com \n', 'ada@example.com'],
    ['a no-break space and a byte order mark around it', '\uFEFFada@example.com\u00A0', 'ada@example.com'],
    ['a domain in capitals', 'ada@EXAMPLE.Com', 'ada@example.com'],
    ['a local part in capitals', 'ADA@example.com', 'ada@example.com'],
    ['capitals beyond ASCII', 'ÄDÄ@example.com', 'ädä@example.com'],
    ['a local part in another composition', 'a\u0308da@example.com', 'äda@example.com'],
    ['a capital in another composition', 'A\u0308da@example.com', 'äda@example.com'],
    ['an angstrom sign for a letter', '\u212Bda@example.com', 'åda@example.com'],
    ['a kelvin sign for a letter', '\u212Aim@example.com', 'kim@example.com'],
    ['a kelvin sign in the domain', 'ada@\u212Aim.example', 'ada@kim.example'],
    ['a Turkish capital I with its dot', 'İda@example.com', 'i̇da@example.com'],
    ['a word in Greek capitals', 'ΟΔΟΣ@example.com', 'οδος@example.com'],
    ['an umlaut domain', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['an umlaut domain in another composition', 'ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['an umlaut domain in capitals', 'ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['the same in punycode', 'ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    ['punycode in capitals', 'ada@XN--BCHER-KVA.EXAMPLE', 'ada@xn--bcher-kva.example'],
    ['a sharp s, which is a letter of its own', 'ada@faß.example', 'ada@xn--fa-hia.example'],
    ['a capital sharp s', 'ada@FAẞ.example', 'ada@xn--fa-hia.example'],
    ['a Greek domain', 'ada@οδοσ-1.example', 'ada@xn---1-k9b7bby.example'],
    [
      'a Greek domain in capitals, whose last sigma is no final one',
      'ada@ΟΔΟΣ-1.example',
      'ada@xn---1-k9b7bby.example',
    ],
    ['a Japanese domain', 'ada@例え.jp', 'ada@xn--r8jz45g.jp'],
    ['a Hebrew domain', 'ada@א.example', 'ada@xn--4db.example'],
    ['an emoji domain', 'ada@💩.la', 'ada@xn--ls8h.la'],
    ['an emoji domain with its variation selector', 'ada@i❤\uFE0F.ws', 'ada@xn--i-7iq.ws'],
    ['an ideographic full stop', 'ada@example。com', 'ada@example.com'],
    ['a fullwidth full stop', 'ada@example．com', 'ada@example.com'],
    ['a halfwidth full stop', 'ada@example｡com', 'ada@example.com'],
    ['a fullwidth domain', 'ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
    ['a ligature in the domain', 'ada@o\uFB03ce.example', 'ada@office.example'],
    ['a soft hyphen in the domain, which stands for nothing', 'ada@exam\u00ADple.com', 'ada@example.com'],
    [
      'a zero-width space in the domain, which stands for nothing',
      'ada@exam\u200Bple.com',
      'ada@example.com',
    ],
  ])('%s', ([, text, canonical]) => {
    expect(canonicalAddress(text)).toBe(canonical)
  })
})

describe('these are different recipients, since only the host knows what dots and tags mean', () => {
  test.for<[why: string, text: string, other: string]>([
    ['dots', 'a.da@example.com', 'ada@example.com'],
    ['a plus tag', 'ada+news@example.com', 'ada@example.com'],
    ['a dotless i', 'ıda@example.com', 'ida@example.com'],
    ['a dotless i in the domain', 'ada@ıda.example', 'ada@ida.example'],
    ['a subdomain', 'ada@mail.example.com', 'ada@example.com'],
    ['a ligature in the local part', 'o\uFB03ce@example.com', 'office@example.com'],
    ['fullwidth letters in the local part', 'ａda@example.com', 'ada@example.com'],
    ['a Cyrillic a', 'аda@example.com', 'ada@example.com'],
    ['sharp s and ss', 'ada@faß.example', 'ada@fass.example'],
    ['an accent', 'adá@example.com', 'ada@example.com'],
  ])('%s', ([, text, other]) => {
    expect(canonicalAddress(text)).toBeDefined()
    expect(canonicalAddress(text)).not.toBe(canonicalAddress(other))
  })
})

describe('these are kept as they are', () => {
  test.for([
    'a@b.co',
    "!#$%&'*+-/=?^_`{|}~@example.com",
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    '0@0.example',
    'ada%example.org@example.com',
    'ada@ab--cd.example',
    'ada@1.2.3.4.example',
    'ada@example.0xg',
    'ada@example.c0m',
    'ada@1password.com',
    `ada@${label63}.example`,
    '用户@example.com',
    '👩@example.com',
    ofLength(254),
    ofLength(253),
  ])('%s', text => {
    expect(canonicalAddress(text)).toBe(text)
  })
})

describe('these are no addresses', () => {
  test.for<[why: string, text: string]>([
    ['nothing', ''],
    ['blanks', '  '],
    ['no @', 'ada.example.com'],
    ['two @', 'ada@home@example.com'],
    ['two @ side by side', 'ada@@example.com'],
    ['a fullwidth @ alone', 'ada＠example.com'],
    ['a fullwidth @ in the domain', 'ada@exa＠mple.com'],
    ['no local part', '@example.com'],
    ['no domain', 'ada@'],
    ['a name and an address', 'Ada <ada@example.com>'],
    ['angle brackets', '<ada@example.com>'],
    ['a mailto link', 'mailto:ada@example.com'],
    ['two addresses', 'ada@example.com,bob'],
    ['a quoted local part', '"ada"@example.com'],
    ['a quoted @', '"ada@home"@example.com'],
    ['a quote inside', 'a"da@example.com'],
    ['a backslash', 'a\\da@example.com'],
    ['a comment', 'ada(work)@example.com'],
    ['a comment in the domain', 'ada@(work)example.com'],
    ['a space in the local part', 'a da@example.com'],
    ['a space in the domain', 'ada@exam ple.com'],
    ['a space before the @', 'ada @example.com'],
    ['a space after the @', 'ada@ example.com'],
    ['a no-break space', 'a\u00A0da@example.com'],
    ['a NUL', 'a\0da@example.com'],
    ['a NUL in the domain', 'ada@exam\0ple.com'],
    ['a line end, which would begin a header of its own', 'ada\r\nBcc:x@example.com'],
    ['a line end in the domain', 'ada@exam\nple.com'],
    ['a tab in the domain, which URL parsers drop', 'ada@exam\tple.com'],
    ['DEL', 'a\x7Fda@example.com'],
    ['a C1 control', 'a\x85da@example.com'],
    ['a zero-width space', 'a\u200Bda@example.com'],
    ['a zero-width joiner', 'a\u200Dda@example.com'],
    ['a zero-width non-joiner in the domain', 'ada@exam\u200Cple.com'],
    ['a soft hyphen in the local part', 'a\u00ADda@example.com'],
    ['a byte order mark inside', 'a\uFEFFda@example.com'],
    ['a right-to-left override', 'a\u202Eda@example.com'],
    ['a bidi isolate', 'a\u2066da@example.com'],
    ['a right-to-left override in the domain', 'ada@exam\u202Eple.com'],
    ['letters of both directions in one label', 'ada@אa.example'],
    ['half a surrogate pair', 'a\uD83Dda@example.com'],
    ['the other half', 'a\uDC69da@example.com'],
    ['half a surrogate pair in the domain', 'ada@exam\uD83Dple.com'],
    ['a private use character', 'a\uE000da@example.com'],
    ['a noncharacter', 'a\uFFFFda@example.com'],
    ['a Greek question mark, which composes to a semicolon', 'a\u037Eda@example.com'],
    ['no dot in the domain', 'ada@localhost'],
    ['a dot at the end of the domain', 'ada@example.com.'],
    ['an ideographic full stop at the end', 'ada@example.com。'],
    ['a dot at its beginning', 'ada@.example.com'],
    ['two dots in the domain', 'ada@example..com'],
    ['only a dot', 'ada@.'],
    ['an IPv4 address', 'ada@127.0.0.1'],
    ['an IPv4 address in fullwidth digits', 'ada@１２７.0.0.1'],
    ['an IPv4 address in hex', 'ada@127.0.0.0x1'],
    ['a short IPv4 address in hex', 'ada@1.0x7F'],
    ['an empty hex number', 'ada@1.0x'],
    ['a domain that ends in a number', 'ada@example.1'],
    ['an IPv4 literal', 'ada@[127.0.0.1]'],
    ['an IPv6 literal', 'ada@[::1]'],
    ['a tagged IPv6 literal', 'ada@[IPv6:2001:db8::1]'],
    ['a port', 'ada@example.com:25'],
    ['a path', 'ada@example.com/x'],
    ['a backslash path', 'ada@example.com\\x'],
    ['a fullwidth slash', 'ada@example.com／x'],
    ['a query', 'ada@example.com?x'],
    ['a fragment', 'ada@example.com#x'],
    ['percent-encoding', 'ada@ex%61mple.com'],
    ['fullwidth percent-encoding', 'ada@ex％61mple.com'],
    ['an underscore in the domain', 'ada@exam_ple.com'],
    ['an apostrophe in the domain', "ada@exam'ple.com"],
    ['a hyphen before a label', 'ada@-example.com'],
    ['a hyphen after a label', 'ada@example-.com'],
    ['a label of 64', `ada@${label63}a.example`],
    ['an international label whose punycode is over 63', `ada@${'ü'.repeat(30)}${'a'.repeat(33)}x.example`],
    ['punycode of nothing', 'ada@xn--.example'],
    ['punycode of plain letters', 'ada@xn--a.example'],
    ['punycode that decodes to nothing allowed', 'ada@xn--a-0.example'],
    ['255 bytes', ofLength(255)],
    ['255 bytes in 254 characters', ofLength(254, 'äda')],
    ['a megabyte', `${'a'.repeat(1 << 20)}@example.com`],
  ])('%s', ([, text]) => {
    expect(canonicalAddress(text)).toBeUndefined()
  })
})

test('254 bytes are enough also when they are fewer characters', () => {
  const text = ofLength(253, 'äda')
  expect([text.length, new TextEncoder().encode(text).length]).toEqual([253, 254])
  expect(canonicalAddress(text)).toBe(text)
})

test('canonicalizing what is canonical changes nothing, for every code point of the first plane and of emoji', () => {
  const { addresses, changed } = canonicalizedTwice([
    [0, 0x10000],
    [0x1f000, 0x20000],
  ])
  expect(changed).toEqual([])
  expect(addresses).toBeGreaterThan(10_000)
})

test('canonicalizing what is canonical changes nothing, for texts put together at random', () => {
  const parts = [
    ...'aAzZ09.-+_@ \t"%:/[]\\<;',
    ...'äÄßẞıİΣςσΑſKÅ≮ﬃａ．。｡＠例א١क्ñ',
    ...['\u0301', '\u0308', '\u0323', '\u0338', '\u0345', '\u00AD', '\u200B', '\u200C', '\u200D', '\u202E'],
    ...[
      '\uFEFF',
      '\uFE0F',
      '\uD83D',
      '\uDC69',
      '👩',
      '💩',
      'xn--',
      '0x',
      'xn--bcher-kva',
      '\u1100',
      '\u1161',
    ],
  ]
  const next = seeded(20260101)
  const text = (most: number) => Array.from({ length: next(most) }, () => parts[next(parts.length)]).join('')
  let addresses = 0
  for (let i = 0; i < 40_000; i++) {
    const address = `${text(6)}@${text(6)}${['.com', '.例', 'b.co', ''][next(4)]}`
    const canonical = canonicalAddress(address)
    if (canonical === undefined) continue
    addresses++
    expect(canonicalAddress(canonical), JSON.stringify(address)).toBe(canonical)
    expect(canonicalAddress(` ${canonical.toUpperCase().toLowerCase()} `), address).toBeDefined()
    const [local = '', domain = '', ...more] = canonical.split('@')
    expect(more).toEqual([])
    expect(local).toBe(local.normalize('NFC'))
    expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    expect(new URL(`http://${domain}`).hostname).toBe(domain)
  }
  expect(addresses).toBeGreaterThan(500)
})

describe('an address hash', () => {
  const plain = createHash('sha256').update('ada@example.com').digest()

  test('is plain SHA-256 of the canonical address, so that a sender can make it', () => {
    expect(addressHash('ada@example.com')).toEqual(new Uint8Array(plain))
    expect(hashOfAddress(' Ada@EXAMPLE.com ')).toEqual(new Uint8Array(plain))
    expect(hashOfAddress('nobody')).toBeUndefined()
  })

  test('is read as hex of either case, and of 32 bytes only', () => {
    const hex = plain.toString('hex')
    expect(hashOfHex(hex)).toEqual(new Uint8Array(plain))
    expect(hashOfHex(hex.toUpperCase())).toEqual(new Uint8Array(plain))
    for (const bad of ['', hex.slice(1), `${hex}0`, ` ${hex}`, hex.replace(/.$/, 'g'), `0x${hex.slice(2)}`])
      expect(hashOfHex(bad), bad).toBeUndefined()
  })
})

test('an address id is the first 12 bytes of HMAC-SHA-256 of the address hash under the index key', () => {
  const key = new Uint8Array(32).fill(7)
  const id = new AddressIndex(key).id(addressHash('ada@example.com'))
  const hash = createHash('sha256').update('ada@example.com').digest()
  const code = createHmac('sha256', key).update(hash).digest('hex')
  expect(toHex(id)).toBe(code.slice(0, ADDRESS_ID_BYTES * 2))
})

describe('a masked address shows the first letters and how long the domain is', () => {
  test.for([
    ['ada@example.com', 'a•••@e••••••.com'],
    ['a@b.co', 'a•••@b•.co'],
    ['ada.lovelace+news@mail.example.co.uk', 'a•••@m••••••••••••••.uk'],
    ['👩da@example.com', '👩•••@e••••••.com'],
  ])('%s', ([address, masked]) => {
    expect(maskedAddress(address!)).toBe(masked)
  })

  test('and says nothing of how long the local part is', () => {
    expect(maskedAddress('a@example.com')).toBe(maskedAddress('adalovelace@example.com'))
  })
})

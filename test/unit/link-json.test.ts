import { expect, test } from 'vitest'
import { asLinkEnd, type TokenTexts } from '../../core/token.ts'
import { linkJson, type Mark } from '../../worker/unsubscribe/link-json.ts'

/** Recipients as callers may write them: JSON can carry any of these. */
const RECIPIENTS = [
  'ada@example.com',
  '"quoted"@example.com',
  'back\\slash\\"@example.com',
  '\\',
  'zoë@exämple.com',
  '🦆@example.com',
  'half\ud83d@example.com',
  '\udc86half@example.com',
  'line\nend\u2028@example.com',
  '\u0000\u0007\u001f\u007f',
  '\ue000\ue001@example.com',
  '",{"address":"',
  '',
]

/** Tokens of this length, which end in every way that tokens do. */
const tokensOf = (letter: string, count: number, length: number): string[] =>
  Array.from({ length: count }, (_, i) => `${i}${'-_xA'[i % 4]}`.padStart(length, letter))
const together = (tokens: string[], length: number): TokenTexts => ({
  text: tokens.map(token => token.padEnd(length + 1, 'A')).join(''),
  length,
  pitch: length + 1,
})

test.for<[who: string, recipients: string[], isAddress: (place: number) => boolean]>([
  ['all of whom are addresses', RECIPIENTS, () => true],
  ['of whom some are none', RECIPIENTS, place => place % 3 === 1],
  ['of whom the first and the last are none', RECIPIENTS, place => place > 0 && place < 9],
  ['of whom none is one', RECIPIENTS, () => false],
  ['who are nobody', [], () => true],
])('the links of recipients %s are byte for byte what JSON.stringify writes', ([, recipients, isAddress]) => {
  const places = [...recipients.keys()].filter(isAddress)
  const [long, short] = [tokensOf('l', places.length, 39), tokensOf('s', places.length, 5)]
  const shape = (token: (kind: 'long' | 'short', endsLink?: boolean) => string) => ({
    unsubscribeUrl: `https://north.example/u/${token('long', true)}`,
    preferencesUrl: `https://north.example/p/${token('short', true)}`,
    headers: {
      'List-Unsubscribe': `<https://north.example/u/${token('long')}>, <mailto:é+${token('short')}@n>`,
    },
    returnPath: `${token('short')}@north.example`,
  })
  const texts = { long: together(long, 39), short: together(short, 5) }
  const withMarks = (mark: Mark) => shape((kind, endsLink) => mark(texts[kind], endsLink))

  const expected = recipients.map((address, place) => {
    const i = places.indexOf(place)
    if (i < 0) return { address, error: 'invalid_address' }
    const token = (kind: 'long' | 'short'): string => (kind === 'long' ? long : short)[i]!
    return { address, ...shape((kind, ends) => (ends ? asLinkEnd(token(kind)) : token(kind))) }
  })
  for (const more of [{}, { notes: [{ code: 'ü', message: '"' }] }]) {
    const written = linkJson(recipients, Uint16Array.from(places), withMarks, more)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(written)
    expect(text).toBe(JSON.stringify({ links: expected, ...more }))
  }
})

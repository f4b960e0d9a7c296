import { describe, expect, test } from 'vitest'
import { dayIn, directionOf, LOCALES, type Locale, pickLocale } from '../../core/locale.ts'
import { acceptedLanguages } from '../../worker/http/request.ts'

describe('a language tag leads to a language of ours', () => {
  test.for<[tag: string | undefined, locale: Locale]>([
    ...LOCALES.map((locale): [string, Locale] => [locale, locale]),
    ['de-AT', 'de'],
    ['de-CH-1996', 'de'],
    ['DE-at', 'de'],
    ['en-US', 'en'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['nl-BE', 'nl'],
    ['pt', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['ar-EG', 'ar'],
    ['ar-Latn-MA', 'ar'],
    [undefined, 'en'],
  ])('%s → %s', ([tag, locale]) => {
    expect(pickLocale(tag)).toBe(locale)
  })
})

describe('what is no tag of ours leads to English, and to no error', () => {
  test.for([
    ...[
      '',
      ' ',
      '-',
      'de-',
      '-de',
      'de_AT',
      'de AT',
      'de\0',
      'de\r\nBcc: x',
      ' de',
      '*',
      'C',
      'x-de',
      'i-default',
    ],
    ...[
      'xx',
      'zh-Hant',
      'und',
      'deutsch',
      'de-a',
      'de-x',
      '__proto__',
      'constructor',
      'toString',
      '<script>',
    ],
    ...[
      'de,fr;q=0.5',
      '../de',
      '\uD83D',
      'ａｒ',
      `de-${'a'.repeat(9)}`,
      'de-'.repeat(100_000),
      'x'.repeat(1 << 20),
    ],
  ])('%j', tag => {
    expect(pickLocale(tag)).toBe('en')
  })
})

test('Arabic is written from right to left, and no other of them', () => {
  expect(LOCALES.filter(locale => directionOf(locale) === 'rtl')).toEqual(['ar'])
})

const accepted = (header: string) =>
  acceptedLanguages(new Request('https://x', { headers: { 'accept-language': header } }))

describe('the first who has a word about the language decides it', () => {
  test.for<
    [why: string, chosen: string | undefined, asked: string | undefined, accept: string, locale: Locale]
  >([
    ['what the recipient chose', 'ja', 'de', 'fr', 'ja'],
    ['else what the sign-up came with', undefined, 'de-AT', 'fr', 'de'],
    ['else what the browser asks for', undefined, undefined, 'fr', 'fr'],
    ['a sign-up that did not say leaves it to the browser', undefined, 'und', 'fr', 'fr'],
    ['one in a language that is not ours does too', undefined, 'sv', 'pl', 'pl'],
    ['English when nobody says', undefined, undefined, '', 'en'],
    ['the most wanted of the browser', undefined, undefined, 'es;q=0.5, it;q=0.9, de;q=0.1', 'it'],
    ['the next when the most wanted is not ours', undefined, undefined, 'sv, nl;q=0.8, en;q=0.7', 'nl'],
    ['never one that is not wanted', undefined, undefined, 'de;q=0, ar;q=0.1', 'ar'],
    ['a region of it', undefined, undefined, 'pt-PT, en;q=0.5', 'pt-BR'],
    ['English for whatever there is', undefined, undefined, '*', 'en'],
    ['English for what makes no sense', undefined, undefined, ';;,q=1,,de_DE;q=x', 'en'],
    ['English for a header that is longer than any', undefined, undefined, `de,${'x'.repeat(1000)}`, 'en'],
  ])('%s', ([, chosen, asked, accept, locale]) => {
    expect(pickLocale(chosen, asked, ...accepted(accept))).toBe(locale)
  })
})

test('a day is spelled in the reader’s language, and a line never ends within it', () => {
  const days = LOCALES.map(locale => dayIn(locale, Date.UTC(2026, 10, 8, 23, 59)))
  expect(days).toEqual([
    '8\u00a0November\u00a02026',
    '8.\u00a0November\u00a02026',
    '8\u00a0novembre\u00a02026',
    '8\u00a0de\u00a0noviembre\u00a0de\u00a02026',
    '8\u00a0novembre\u00a02026',
    '8\u00a0de\u00a0novembro\u00a0de\u00a02026',
    '8\u00a0november\u00a02026',
    '8\u00a0listopada\u00a02026',
    '2026年11月8日',
    expect.stringContaining('نوفمبر'),
  ])
})

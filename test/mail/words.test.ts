import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '../../core/locale.ts'
import { mailWordsOf } from '../../worker/mail/words.ts'

/** Everything a language says in mails of each kind, with signs in place of what is filled in. */
const said = (locale: Locale): [key: string, text: string][] =>
  Object.entries(mailWordsOf(locale)).flatMap(([kind, words]) =>
    Object.entries<string | ((...signs: string[]) => string)>(words).map(([key, says]): [string, string] => [
      `${kind}.${key}`,
      typeof says === 'string' ? says : says('①', '②', '③'),
    ]),
  )

describe.for(LOCALES)('in %s', locale => {
  test('everything is said that is said in English', () => {
    expect(said(locale).map(([key]) => key)).toEqual(said('en').map(([key]) => key))
    expect(said(locale).filter(([, text]) => text.trim() !== text || text === '')).toEqual([])
  })

  test('each name and each day has its place', () => {
    const signs = (of: Locale) =>
      said(of).map(([key, text]) => [key, [...new Set(text.match(/[①②③]/g))].sort().join('')])
    expect(signs(locale)).toEqual(signs('en'))
  })

  test('the words hold no markup, no place for a name, no link and nothing invisible', () => {
    expect(said(locale).filter(([, text]) => /[<>&"{}]|https?:|www\.|[\p{C}\r\n]/u.test(text))).toEqual([])
  })

  test('no sentence ends with a name, which may end with a full stop of its own', () => {
    expect(said(locale).filter(([key, text]) => !key.endsWith('.hint') && /[①②③][.。]/.test(text))).toEqual(
      [],
    )
  })

  test('the place where the address was entered is left out when nobody knows it', () => {
    const { asked } = mailWordsOf(locale).confirmation
    expect(asked('①', '②', '③')).toContain('③')
    expect(asked('①', '②', undefined)).toMatch(/^[^③]*①[^③]*②[^③]*$/)
    expect(asked('①', '②', undefined)).not.toMatch(/undefined| {2}| [,:]/)
  })
})

test('no two languages share a sentence, so that none is left untranslated', () => {
  const sentences = LOCALES.flatMap(locale => [
    ...new Set(said(locale).flatMap(([, text]) => text.split(/(?<=[.!?。]) ?/))),
  ])
  expect(sentences.length).toBeGreaterThan(100)
  // Who sends is said in the same two words in Spanish and in Portuguese.
  expect(sentences.filter((sentence, i) => sentences.indexOf(sentence) !== i)).toEqual(['Enviado por ①'])
})

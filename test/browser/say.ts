import { LOCALES, type Locale } from '../../core/locale.ts'
import { wordsOf } from '../../site/locales/dictionary.ts'

const FEATURES = ['unsubscribe', 'preferences', 'confirmation', 'problem', 'public', 'rights'] as const

/** Every sentence of the site in every language, side by side. */
const SENTENCES: Record<Locale, string>[] = FEATURES.flatMap(feature => {
  const flat = LOCALES.map(locale => [locale, new Map(flattened(wordsOf(feature, locale)))] as const)
  const [, english] = flat.find(([locale]) => locale === 'en')!
  return [...english.keys()].map(
    key =>
      Object.fromEntries(flat.map(([locale, texts]) => [locale, texts.get(key) ?? ''])) as Record<
        Locale,
        string
      >,
  )
})

function flattened(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : flattened(value as object, `${path}.${key}`),
  )
}

/** Returns what matches a sentence whatever stands in its slots. */
const patternOf = (sentence: string): RegExp =>
  new RegExp(
    `^${sentence
      .split(/\{[^{}]+\}/)
      .map(text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'))
      .join('.+')}$`,
  )

/**
 * Returns what matches in a language what is said in English: a test names a button or heading as an English reader sees it,
 * and finds it in every language.
 */
export function said(locale: Locale, english: string | RegExp): RegExp {
  const fits = SENTENCES.filter(({ en }) =>
    typeof english === 'string' ? patternOf(en).test(english) : english.test(en),
  )
  // Of a sentence and one that is nothing but a slot, the one with more words of its own is meant.
  const [found] = fits.sort((a, b) => bare(b.en).length - bare(a.en).length)
  if (!found) throw new Error(`the site never says ${english}`)
  return patternOf(found[locale])
}

const bare = (sentence: string): string => sentence.replace(/\{[^{}]+\}/g, '')

import { LOCALES, type Locale } from '../../core/locale.ts'
import type { Plural } from '../../core/translation.ts'

/** A piece of a sentence: words, or a slot with the words for an unknown value. */
export type Part = string | { slot: string; otherwise: string | undefined }

/**
 * Returns the pieces of a sentence. `{sender}` is a slot. `{address|you}` is one whose value may be unknown; the words after
 * the bar then replace it, inflected for their place in the sentence.
 */
export function partsOf(sentence: string): Part[] {
  return sentence.split(/(\{[^{}]+\})/).flatMap((piece): Part[] => {
    if (!piece.startsWith('{')) return piece === '' ? [] : [piece]
    const [slot = '', otherwise] = piece.slice(1, -1).split('|')
    return [{ slot, otherwise }]
  })
}

/** Returns the plural form of a sentence for a number, with the number filled in. */
export function counted(locale: Locale, forms: Plural, count: number): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  return form.replaceAll('{count}', new Intl.NumberFormat(locale).format(count))
}

/** The props of a page. */
export interface InLocale {
  locale: Locale
}

/** The languages of a page, for Astro: `export const getStaticPaths = everyLocale`. */
export const everyLocale = () =>
  LOCALES.map(locale => ({ params: { locale }, props: { locale } satisfies InLocale }))

import { LOCALES, type Locale } from '../../core/locale.ts'
import type { Plural } from '../../core/translation.ts'

/** One piece of a sentence: words, or a slot with what stands there where its value is not known. */
export type Part = string | { slot: string; otherwise: string | undefined }

/**
 * Returns the pieces of a sentence. `{sender}` is a slot; `{address|you}` one whose value may be unknown: then what is behind
 * the bar is said instead, in the case and with the article that its place in the sentence wants.
 */
export function partsOf(sentence: string): Part[] {
  return sentence.split(/(\{[^{}]+\})/).flatMap((piece): Part[] => {
    if (!piece.startsWith('{')) return piece === '' ? [] : [piece]
    const [slot = '', otherwise] = piece.slice(1, -1).split('|')
    return [{ slot, otherwise }]
  })
}

/** Returns the form of a sentence for a number, with the number in its place. */
export function counted(locale: Locale, forms: Plural, count: number): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  return form.replaceAll('{count}', new Intl.NumberFormat(locale).format(count))
}

/** What a page is built with. */
export interface InLocale {
  locale: Locale
}

/** Astro's list of a page's languages: `export const getStaticPaths = everyLocale`. */
export const everyLocale = () =>
  LOCALES.map(locale => ({ params: { locale }, props: { locale } satisfies InLocale }))

import { LOCALES, type Locale } from '../core/locale.ts'
import { privacyNotice } from './notices.ts'

/** Returns the address of a public page: English at the root, other languages each in a folder of its own. */
export const publicPath = (locale: Locale, page: string): string =>
  `/${locale === 'en' ? '' : `${locale.toLowerCase()}/`}${page}`

/** Returns every public page there is, without its language. */
export async function publicPages(): Promise<string[]> {
  const versions = (await privacyNotice()).map(({ version }) => `privacy/${version}/`)
  return ['', 'privacy/', ...versions, 'privacy/changes/', 'your-rights/', 'accessibility/', 'subprocessors/']
}

/** Astro's list of a public page's languages. */
export const everyPublicLocale = () =>
  LOCALES.map(locale => ({
    params: { locale: locale === 'en' ? undefined : locale.toLowerCase() },
    props: { locale },
  }))

/** Returns a sentence with what stands in its slots. */
export const filled = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, slot: string) => {
    if (values[slot] === undefined) throw new Error(`nothing was given for {${slot}} in "${sentence}"`)
    return values[slot]
  })

/** Returns a language's own name for itself. */
export const nameOf = (locale: Locale): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(locale)!

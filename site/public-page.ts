import { LOCALES, type Locale } from '../core/locale.ts'
import { privacyNotice } from './notices.ts'

/** Returns the path of a public page: English at the root, other languages in folders of their own. */
export const publicPath = (locale: Locale, page: string): string =>
  `/${locale === 'en' ? '' : `${locale.toLowerCase()}/`}${page}`

/** Returns every public page, without its language. */
export async function publicPages(): Promise<string[]> {
  const versions = (await privacyNotice()).map(({ version }) => `privacy/${version}/`)
  return ['', 'privacy/', ...versions, 'privacy/changes/', 'your-rights/', 'accessibility/', 'subprocessors/']
}

/** The languages of a public page, for Astro's `getStaticPaths`. */
export const everyPublicLocale = () =>
  LOCALES.map(locale => ({
    params: { locale: locale === 'en' ? undefined : locale.toLowerCase() },
    props: { locale },
  }))

/** Returns a sentence with its slots filled. Throws where a value is missing. */
export const filled = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, slot: string) => {
    if (values[slot] === undefined) throw new Error(`nothing was given for {${slot}} in "${sentence}"`)
    return values[slot]
  })

/** Returns the name of a language in that language. */
export const nameOf = (locale: Locale): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(locale)!

/** Languages of everything recipients read: mails, pages and error explanations. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'ja', 'ar'] as const

/** One of `LOCALES`. */
export type Locale = (typeof LOCALES)[number]

/** Longest language tag that is parsed; a longer one, such as a megabyte of header, is no language. */
const TAG_MAX = 64

/**
 * Returns the language of a tag (BCP 47), ignoring region and script; undefined for no tag, a malformed one or a language we
 * lack.
 */
export function localeOf(tag: string | null | undefined): Locale | undefined {
  if (!tag || tag.length > TAG_MAX) return undefined
  try {
    const { language } = new Intl.Locale(tag)
    return LOCALES.find(locale => locale.split('-')[0] === language)
  } catch {
    return undefined
  }
}

/** Returns the first language that a tag names, or English. The tags are given in order of preference. */
export function pickLocale(...tags: (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const locale = localeOf(tag)
    if (locale) return locale
  }
  return 'en'
}

/** Returns the writing direction of a language. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr')

/** English uses British dates, which cannot be misread as month and day. */
const spelled = (locale: Locale): string => (locale === 'en' ? 'en-GB' : locale)

/** Returns the day of a time (UTC) in words, without line breaks in it. */
export const dayIn = (locale: Locale, at: number): string =>
  new Intl.DateTimeFormat(spelled(locale), { dateStyle: 'long', timeZone: 'UTC' })
    .format(at)
    .replaceAll(' ', '\u00a0')

/** Returns a time (UTC) in words, day and time, without line breaks in it. */
export const momentIn = (locale: Locale, at: number): string =>
  `${new Intl.DateTimeFormat(spelled(locale), { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`.replaceAll(
    ' ',
    '\u00a0',
  )

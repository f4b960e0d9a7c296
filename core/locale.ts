/** The languages of what recipients read: mails, pages, and what is said about errors. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'ja', 'ar'] as const

/** One of them. */
export type Locale = (typeof LOCALES)[number]

/** Longest tag there is to be read: a longer one, such as a megabyte of header, is no language. */
const TAG_MAX = 64

/** Returns the language for a tag (BCP 47), whatever its region or script; undefined for a tag of no language of ours, or of none. */
export function localeOf(tag: string | null | undefined): Locale | undefined {
  if (!tag || tag.length > TAG_MAX) return undefined
  try {
    const { language } = new Intl.Locale(tag)
    return LOCALES.find(locale => locale.split('-')[0] === language)
  } catch {
    return undefined
  }
}

/** Returns the first language that the tags lead to, in the order of whose word counts more; English when none does. */
export function pickLocale(...tags: (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const locale = localeOf(tag)
    if (locale) return locale
  }
  return 'en'
}

/** Returns the way a language is written. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr')

/** British for English: a date that cannot be read the other way round. */
const spelled = (locale: Locale): string => (locale === 'en' ? 'en-GB' : locale)

/** Returns the day of a time (UTC) in words. A line does not end within it. */
export const dayIn = (locale: Locale, at: number): string =>
  new Intl.DateTimeFormat(spelled(locale), { dateStyle: 'long', timeZone: 'UTC' })
    .format(at)
    .replaceAll(' ', '\u00a0')

/** Returns a moment (UTC) in words, day and time. A line does not end within it. */
export const momentIn = (locale: Locale, at: number): string =>
  `${new Intl.DateTimeFormat(spelled(locale), { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`.replaceAll(
    ' ',
    '\u00a0',
  )

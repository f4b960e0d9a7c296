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

/** Keeps what is made for a language: making a format costs far more than using it, and a copy of somebody's data uses one an event. */
function kept<T>(make: (locale: Locale) => T): (locale: Locale) => T {
  const made = new Map<Locale, T>()
  return locale => {
    const known = made.get(locale) ?? make(locale)
    made.set(locale, known)
    return known
  }
}

const dayFormat = kept(
  locale => new Intl.DateTimeFormat(spelled(locale), { dateStyle: 'long', timeZone: 'UTC' }),
)
const momentFormat = kept(
  locale =>
    new Intl.DateTimeFormat(spelled(locale), { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
)
const languageNames = kept(locale => new Intl.DisplayNames(locale, { type: 'language' }))

/** Returns the day of a time (UTC) in words, without line breaks in it. */
export const dayIn = (locale: Locale, at: number): string => unbroken(dayFormat(locale).format(at))

/** Returns a time (UTC) in words, day and time, without line breaks in it. */
export const momentIn = (locale: Locale, at: number): string =>
  unbroken(`${momentFormat(locale).format(at)} UTC`)

/** Returns the name of a language tag in a language; the tag itself where there is none. */
export const languageIn = (locale: Locale, tag: string): string => languageNames(locale).of(tag) ?? tag

const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0')

import { ar } from './words/ar.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { it } from './words/it.ts'
import { ja } from './words/ja.ts'
import { nl } from './words/nl.ts'
import { pl } from './words/pl.ts'
import { ptBr } from './words/pt-br.ts'

/**
 * What a confirmation mail says. What is filled in is ready for its place, so the words themselves hold no markup. Names stay
 * as they are in every language: nothing here may ask for another case or article of theirs.
 */
export interface Words {
  subject: (sender: string) => string
  /** What an inbox shows beside the subject. */
  preview: string
  heading: (sender: string) => string
  /** Followed by the topics. */
  asked: (day: string, sender: string, source: string | undefined) => string
  ifYou: string
  yes: string
  /** What the link does, and until which day. */
  hint: (day: string) => string
  byHand: string
  silence: string
  no: string
  noMeans: (sender: string) => string
  notice: (name: string, version: string) => string
  takeBack: string
  carried: (sender: string) => string
}

/** The languages of the mail. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'pl', 'ja', 'ar'] as const

/** One of them. */
export type Locale = (typeof LOCALES)[number]

const WORDS: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

/** Returns the words of a language. */
export const wordsOf = (locale: Locale): Words => WORDS[locale]

/** Returns the way a language is written. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr')

/** Returns the language for a tag (BCP 47), whatever its region or script; English for a tag of no language of ours, or of none. */
export function pickLocale(tag: string | undefined): Locale {
  try {
    const { language } = new Intl.Locale(tag ?? '')
    return LOCALES.find(locale => locale.split('-')[0] === language) ?? 'en'
  } catch {
    return 'en'
  }
}

import type { Locale } from '../../core/locale.ts'
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

const WORDS: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

/** Returns the words of a language. */
export const wordsOf = (locale: Locale): Words => WORDS[locale]

import type { Locale } from '../../core/locale.ts'
import type { Translated } from '../../core/translation.ts'
import type confirmation from './confirmation/en.ts'
import type layout from './layout/en.ts'
import type preferences from './preferences/en.ts'
import type problem from './problem/en.ts'
import type publicWords from './public/en.ts'
import type rights from './rights/en.ts'
import type signup from './signup/en.ts'
import type unsubscribe from './unsubscribe/en.ts'

/** The English words by feature, which define the fields of every language. */
interface English {
  /** Pages of double opt-in. */
  confirmation: typeof confirmation
  /** Frame of every page. */
  layout: typeof layout
  /** The preference center. */
  preferences: typeof preferences
  /** Problem pages. */
  problem: typeof problem
  /** Public pages. */
  public: typeof publicWords
  /** Pages of recipients' rights over their data. */
  rights: typeof rights
  /** The page and the snippet of a sign-up form. */
  signup: typeof signup
  /** Pages of an unsubscribe link. */
  unsubscribe: typeof unsubscribe
}

export type Feature = keyof English

/** The words of a feature in any language. */
export type PageWords<F extends Feature> = Translated<English[F]>

const files = import.meta.glob<object>('./*/*.ts', { eager: true, import: 'default' })

/**
 * Returns the words of a feature in a language, from `<feature>/<language>.ts`, whose own type has the fields of the English
 * one.
 */
export function wordsOf<F extends Feature>(feature: F, locale: Locale): PageWords<F> {
  const words = files[`./${feature}/${locale.toLowerCase()}.ts`]
  if (!words) throw new Error(`${feature} has no words in ${locale}`)
  return words as PageWords<F>
}

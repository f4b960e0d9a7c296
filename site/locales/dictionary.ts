import type { Locale } from '../../core/locale.ts'
import type { Translated } from '../../core/translation.ts'
import type confirmation from './confirmation/en.ts'
import type layout from './layout/en.ts'
import type preferences from './preferences/en.ts'
import type problem from './problem/en.ts'
import type publicWords from './public/en.ts'
import type rights from './rights/en.ts'
import type unsubscribe from './unsubscribe/en.ts'

/** What there is to say, by feature, as English says it. */
interface English {
  /** The pages of a sign-up that is to be confirmed. */
  confirmation: typeof confirmation
  /** What stands around every page. */
  layout: typeof layout
  /** The preference center. */
  preferences: typeof preferences
  /** Errors, as pages: what happened and what to do. */
  problem: typeof problem
  /** The pages that anybody may read. */
  public: typeof publicWords
  /** What recipients can demand about their own data. */
  rights: typeof rights
  /** The page behind an unsubscribe link, and what follows it. */
  unsubscribe: typeof unsubscribe
}

/** A feature that has words. */
export type Feature = keyof English

/** The words of a feature, in whatever language. */
export type PageWords<F extends Feature> = Translated<English[F]>

const files = import.meta.glob<object>('./*/*.ts', { eager: true, import: 'default' })

/** Returns the words of a feature in a language: `<feature>/<language>.ts`, which is held to the English one by its own type. */
export function wordsOf<F extends Feature>(feature: F, locale: Locale): PageWords<F> {
  const words = files[`./${feature}/${locale.toLowerCase()}.ts`]
  if (!words) throw new Error(`${feature} has no words in ${locale}`)
  return words as PageWords<F>
}

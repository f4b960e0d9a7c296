import type { Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'
import { wordsOf } from './dictionary.ts'

/** Returns the words of a language that Workers use at run time. */
export const runtimeWords = (locale: Locale): RuntimeWords => ({
  preferences: wordsOf('preferences', locale).runtime,
  rights: wordsOf('rights', locale).runtime,
  signup: wordsOf('signup', locale).runtime,
})

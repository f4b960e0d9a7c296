import type { Locale } from '../../core/locale.ts'
import { preferences } from './preferences.ts'
import { rights } from './rights.ts'

/** Returns the words of a language that are said by the Worker, by feature: whoever has some adds a line. */
export const told = (locale: Locale) => ({
  preferences: preferences[locale].told,
  rights: rights[locale].told,
})

/** What the Worker can say. */
export type Told = ReturnType<typeof told>

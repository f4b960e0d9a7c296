import type { Locale } from '../../core/locale.ts'
import ar from './preferences/ar.ts'
import de from './preferences/de.ts'
import en from './preferences/en.ts'
import es from './preferences/es.ts'
import fr from './preferences/fr.ts'
import it from './preferences/it.ts'
import ja from './preferences/ja.ts'
import nl from './preferences/nl.ts'
import pl from './preferences/pl.ts'
import ptBr from './preferences/pt-br.ts'
import type { Translated } from './words.ts'

/** The preference center. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const preferences: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

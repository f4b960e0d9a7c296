import type { Locale } from '../../core/locale.ts'
import ar from './rights/ar.ts'
import de from './rights/de.ts'
import en from './rights/en.ts'
import es from './rights/es.ts'
import fr from './rights/fr.ts'
import it from './rights/it.ts'
import ja from './rights/ja.ts'
import nl from './rights/nl.ts'
import pl from './rights/pl.ts'
import ptBr from './rights/pt-br.ts'
import type { Translated } from './words.ts'

/** What recipients can demand about their own data. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const rights: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

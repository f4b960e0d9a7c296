import type { Locale } from '../../core/locale.ts'
import ar from './problem/ar.ts'
import de from './problem/de.ts'
import en from './problem/en.ts'
import es from './problem/es.ts'
import fr from './problem/fr.ts'
import it from './problem/it.ts'
import ja from './problem/ja.ts'
import nl from './problem/nl.ts'
import pl from './problem/pl.ts'
import ptBr from './problem/pt-br.ts'
import type { Translated } from './words.ts'

/** Errors, as pages: what happened and what to do. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const problem: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

import type { Locale } from '../../core/locale.ts'
import ar from './public/ar.ts'
import de from './public/de.ts'
import en from './public/en.ts'
import es from './public/es.ts'
import fr from './public/fr.ts'
import it from './public/it.ts'
import ja from './public/ja.ts'
import nl from './public/nl.ts'
import pl from './public/pl.ts'
import ptBr from './public/pt-br.ts'
import type { Translated } from './words.ts'

/** The pages that anybody may read. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const publicWords: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

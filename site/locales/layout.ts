import type { Locale } from '../../core/locale.ts'
import ar from './layout/ar.ts'
import de from './layout/de.ts'
import en from './layout/en.ts'
import es from './layout/es.ts'
import fr from './layout/fr.ts'
import it from './layout/it.ts'
import ja from './layout/ja.ts'
import nl from './layout/nl.ts'
import pl from './layout/pl.ts'
import ptBr from './layout/pt-br.ts'
import type { Translated } from './words.ts'

/** What stands around every page. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const layout: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

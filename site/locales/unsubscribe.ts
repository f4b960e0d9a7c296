import type { Locale } from '../../core/locale.ts'
import ar from './unsubscribe/ar.ts'
import de from './unsubscribe/de.ts'
import en from './unsubscribe/en.ts'
import es from './unsubscribe/es.ts'
import fr from './unsubscribe/fr.ts'
import it from './unsubscribe/it.ts'
import ja from './unsubscribe/ja.ts'
import nl from './unsubscribe/nl.ts'
import pl from './unsubscribe/pl.ts'
import ptBr from './unsubscribe/pt-br.ts'
import type { Translated } from './words.ts'

/** The page behind an unsubscribe link, and what follows it. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const unsubscribe: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

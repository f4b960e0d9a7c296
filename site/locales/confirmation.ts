import type { Locale } from '../../core/locale.ts'
import ar from './confirmation/ar.ts'
import de from './confirmation/de.ts'
import en from './confirmation/en.ts'
import es from './confirmation/es.ts'
import fr from './confirmation/fr.ts'
import it from './confirmation/it.ts'
import ja from './confirmation/ja.ts'
import nl from './confirmation/nl.ts'
import pl from './confirmation/pl.ts'
import ptBr from './confirmation/pt-br.ts'
import type { Translated } from './words.ts'

/** The pages of a sign-up that is to be confirmed. English says what there is to say. */
export type Words = Translated<typeof en>

/** In every language. */
export const confirmation: Record<Locale, Words> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

import type { Locale } from '../../core/locale.ts'
import type { Translated } from '../../core/translation.ts'
import ar from './words/ar.ts'
import de from './words/de.ts'
import en from './words/en.ts'
import es from './words/es.ts'
import fr from './words/fr.ts'
import it from './words/it.ts'
import ja from './words/ja.ts'
import nl from './words/nl.ts'
import pl from './words/pl.ts'
import ptBr from './words/pt-br.ts'

/** The words of mails, by kind of mail. */
export type MailWords = Translated<typeof en>

const WORDS: Record<Locale, MailWords> = { en, de, fr, es, it, 'pt-BR': ptBr, nl, pl, ja, ar }

/** Returns the mail words of a language. */
export const mailWordsOf = (locale: Locale): MailWords => WORDS[locale]

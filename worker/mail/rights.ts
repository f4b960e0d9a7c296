import { dayIn, type Locale } from '../../core/locale.ts'
import { isolated, marked, subjectOf, unlinked } from './name.ts'
import { wrapped } from './plain-text.ts'
import { pressable, sheet } from './sheet.ts'
import { type Words, wordsOf } from './words.ts'

/** The content of a mail whose link opens a recipient's data or confirms a new address. */
export interface RightsMail {
  kind: 'access' | 'correction'
  locale: Locale
  sender: string
  company: string
  url: string
  /** Expiry of the link, milliseconds since 1970 UTC. */
  expiresAt: number
}

/**
 * Returns a rights mail without images or external content, with one link; it has no unsubscribe, since it is a single mail.
 */
export function rightsMail(mail: RightsMail): { subject: string; text: string; html: string } {
  const words = wordsOf(mail.locale)[mail.kind]
  const apart = isolated(mail.locale)
  const plain = sentences(mail, words, text => apart(unlinked(text)))
  const rich = sentences(mail, words, marked)
  const subject = subjectOf(mail.locale, mail.sender, words.subject)
  const blocks = [
    wrapped(plain.heading),
    wrapped(plain.asked),
    `${wrapped(plain.yes)}\n${mail.url}`,
    wrapped(plain.hint),
    wrapped(plain.silence),
    wrapped(plain.carried),
  ]
  return {
    subject,
    text: `${blocks.join('\n\n')}\n`,
    html: sheet(
      { ...rich, locale: mail.locale, subject },
      `<p style="margin:0 0 16px">${rich.asked}</p>
${pressable(mail.url, rich)}
<p class="line" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8">${rich.silence}</p>`,
    ),
  }
}

/** Fills in the words. `name` escapes text of others for plain text or HTML. */
function sentences(mail: RightsMail, words: Words[RightsMail['kind']], name: (text: string) => string) {
  const { carried, byHand } = wordsOf(mail.locale).confirmation
  const sender = name(mail.sender)
  return {
    ...words,
    byHand,
    sender,
    heading: words.heading(sender),
    asked: words.asked(sender),
    hint: words.hint(dayIn(mail.locale, mail.expiresAt)),
    carried: carried(mail.sender === mail.company ? sender : `${sender} (${name(mail.company)})`),
  }
}

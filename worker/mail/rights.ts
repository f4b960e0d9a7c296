import { dayIn, type Locale } from '../../core/locale.ts'
import { htmlOf } from '../http/markup.ts'
import { isolated, subjectOf, unlinked } from './name.ts'
import { wrapped } from './plain-text.ts'
import { rightsPage } from './view.tsx'
import { type MailWords, mailWordsOf } from './words.ts'

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
  const words = mailWordsOf(mail.locale)[mail.kind]
  const apart = isolated(mail.locale)
  const names = { sender: unlinked(mail.sender), company: unlinked(mail.company) }
  const plain = sentences(mail, words, name => apart(names[name]))
  const rich = sentences(mail, words, name => `{${name}}`)
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
    html: htmlOf(rightsPage({ said: { ...rich, locale: mail.locale, subject }, names, url: mail.url })),
  }
}

/** Fills in the words. `name` returns a name itself, or its place in the sentence. */
function sentences(
  mail: RightsMail,
  words: MailWords[RightsMail['kind']],
  name: (of: 'sender' | 'company') => string,
) {
  const { carried, byHand } = mailWordsOf(mail.locale).confirmation
  const sender = name('sender')
  return {
    ...words,
    byHand,
    heading: words.heading(sender),
    asked: words.asked(sender),
    hint: words.hint(dayIn(mail.locale, mail.expiresAt)),
    carried: carried(mail.sender === mail.company ? sender : `${sender} (${name('company')})`),
  }
}

import { dayIn, type Locale } from '../../core/locale.ts'
import { htmlOf } from '../http/markup.ts'
import { isolated, subjectOf, unlinked } from './name.ts'
import { wrapped } from './plain-text.ts'
import { rightsPage } from './view.tsx'
import { type Words, wordsOf } from './words.ts'

/** What a mail is made of whose link opens a recipient's data, or confirms their new address. */
export interface RightsMail {
  kind: 'access' | 'correction'
  locale: Locale
  sender: string
  company: string
  url: string
  /** Until when the link works, milliseconds since 1970 UTC. */
  expiresAt: number
}

/** Returns such a mail: no image, nothing from elsewhere, one link, and no promise of an unsubscribe, for nothing more will come. */
export function rightsMail(mail: RightsMail): { subject: string; text: string; html: string } {
  const words = wordsOf(mail.locale)[mail.kind]
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

/** Fills the words in. `name` gives what stands for a name: itself, or its place. */
function sentences(
  mail: RightsMail,
  words: Words[RightsMail['kind']],
  name: (of: 'sender' | 'company') => string,
) {
  const { carried, byHand } = wordsOf(mail.locale).confirmation
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

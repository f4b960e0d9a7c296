import { dayIn, type Locale } from '../../core/locale.ts'
import { htmlOf } from '../http/markup.ts'
import { isolated, subjectOf, unlinked } from './name.ts'
import { wrapped } from './plain-text.ts'
import { confirmationPage } from './view.tsx'
import { type MailWords, mailWordsOf } from './words.ts'

/** The content of a confirmation mail. */
export interface ConfirmationMail {
  locale: Locale
  sender: string
  company: string
  /** At least one. */
  topics: { displayName: string; description: string }[]
  /** Host of the page where the address was entered; undefined when unknown. */
  source: string | undefined
  /** Milliseconds since 1970 UTC. */
  requestedAt: number
  expiresAt: number
  confirmUrl: string
  cancelUrl: string
  notice: { name: string; version: string; url: string } | undefined
}

/** Returns a confirmation mail without images or external content; its only links are confirm, cancel and the notice. */
export function confirmationMail(mail: ConfirmationMail): { subject: string; text: string; html: string } {
  const words = mailWordsOf(mail.locale).confirmation
  const apart = isolated(mail.locale)
  const subject = subjectOf(mail.locale, mail.sender, words.subject)
  const names = namesOf(mail)
  const said = sentences(mail, words, name => `{${name}}`)
  return {
    subject,
    text: plainText(
      mail,
      sentences(mail, words, name => apart(names[name])),
    ),
    html: htmlOf(
      confirmationPage({
        names,
        said: { ...said, locale: mail.locale, subject },
        topics: mail.topics.map(({ displayName, description }) => ({
          displayName: unlinked(displayName),
          description: unlinked(description),
        })),
        confirmUrl: mail.confirmUrl,
        cancelUrl: mail.cancelUrl,
        notice: said.notice,
      }),
    ),
  }
}

type Sentences = ReturnType<typeof sentences>

const namesOf = ({ sender, company, source, notice }: ConfirmationMail) => ({
  sender: unlinked(sender),
  company: unlinked(company),
  source: unlinked(source ?? ''),
  notice: unlinked(notice?.name ?? ''),
  version: unlinked(notice?.version ?? ''),
})

/** Fills in the words. `name` returns a name itself, or its place in the sentence. */
function sentences(
  mail: ConfirmationMail,
  words: MailWords['confirmation'],
  name: (of: keyof ReturnType<typeof namesOf>) => string,
) {
  const sender = name('sender')
  const { notice } = mail
  return {
    ...words,
    heading: words.heading(sender),
    asked: words.asked(
      dayIn(mail.locale, mail.requestedAt),
      sender,
      mail.source === undefined ? undefined : name('source'),
    ),
    hint: words.hint(dayIn(mail.locale, mail.expiresAt)),
    noMeans: words.noMeans(sender),
    notice: notice && { said: words.notice(name('notice'), name('version')), url: notice.url },
    carried: words.carried(mail.sender === mail.company ? sender : `${sender} (${name('company')})`),
  }
}

function plainText(mail: ConfirmationMail, said: Sentences): string {
  const blocks = [
    wrapped(said.heading),
    wrapped(said.asked),
    // Not isolated, since the first letter of a line decides its direction.
    ...mail.topics.map(
      topic =>
        `${wrapped(unlinked(topic.displayName), '* ', '  ')}\n${wrapped(unlinked(topic.description), '  ')}`,
    ),
    wrapped(said.ifYou),
    `${wrapped(said.yes)}\n${mail.confirmUrl}`,
    wrapped(said.hint),
    wrapped(said.silence),
    `${wrapped(said.no)}\n${mail.cancelUrl}\n${wrapped(said.noMeans)}`,
    ...(said.notice ? [`${wrapped(said.notice.said)}\n${said.notice.url}`] : []),
    wrapped(said.takeBack),
    wrapped(said.carried),
  ]
  return `${blocks.join('\n\n')}\n`
}

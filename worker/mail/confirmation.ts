import { dayIn, type Locale } from '../../core/locale.ts'
import { escapeHtml } from '../http/page.ts'
import { isolated, marked, subjectOf, unlinked } from './name.ts'
import { wrapped } from './plain-text.ts'
import { LINK, pressable, sheet } from './sheet.ts'
import { type Words, wordsOf } from './words.ts'

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
  const words = wordsOf(mail.locale).confirmation
  const apart = isolated(mail.locale)
  const subject = subjectOf(mail.locale, mail.sender, words.subject)
  return {
    subject,
    text: plainText(
      mail,
      sentences(mail, words, name => apart(unlinked(name))),
    ),
    html: markup(mail, subject, sentences(mail, words, marked)),
  }
}

type Sentences = ReturnType<typeof sentences>

/** Fills in the words. `name` escapes text of others for plain text or HTML. */
function sentences(mail: ConfirmationMail, words: Words['confirmation'], name: (text: string) => string) {
  const sender = name(mail.sender)
  const { notice } = mail
  return {
    ...words,
    sender,
    heading: words.heading(sender),
    asked: words.asked(
      dayIn(mail.locale, mail.requestedAt),
      sender,
      mail.source === undefined ? undefined : name(mail.source),
    ),
    hint: words.hint(dayIn(mail.locale, mail.expiresAt)),
    noMeans: words.noMeans(sender),
    notice: notice && { said: words.notice(name(notice.name), name(notice.version)), url: notice.url },
    carried: words.carried(mail.sender === mail.company ? sender : `${sender} (${name(mail.company)})`),
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

function markup(mail: ConfirmationMail, subject: string, said: Sentences): string {
  const topics = mail.topics.map(
    ({ displayName, description }) =>
      `<li class="line" style="margin:0;padding:12px 0;border-bottom:1px solid #d5e0e8"><strong style="font-weight:600">${marked(displayName)}</strong><br><span class="quiet" style="display:block;color:#495c6b;font-size:15px">${marked(description)}</span></li>`,
  )
  return sheet(
    { ...said, locale: mail.locale, subject },
    `<p style="margin:0 0 12px">${said.asked}</p>
<ul class="line" style="margin:0 0 20px;padding:0;border-top:1px solid #d5e0e8;list-style:none">
${topics.join('\n')}
</ul>
<p style="margin:0 0 16px">${said.ifYou}</p>
${pressable(mail.confirmUrl, said)}
<p class="line" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8">${said.silence}</p>
<p style="margin:16px 0 0"><a ${LINK} href="${escapeHtml(mail.cancelUrl)}"><strong style="font-weight:600">${said.no}</strong></a><br>${said.noMeans}</p>
<p class="line quiet" style="margin:24px 0 0;padding:24px 0 0;border-top:1px solid #d5e0e8;font-size:15px;color:#495c6b">${said.notice ? `<a ${LINK} href="${escapeHtml(said.notice.url)}">${said.notice.said}</a><br>` : ''}${said.takeBack}</p>`,
  )
}

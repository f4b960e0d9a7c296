import { toBase64 } from '../../core/bytes.ts'
import type { Mailer } from '../../core/mailer.ts'
import { mailboxText } from './header.ts'
import { postMail } from './post-mail.ts'
import type { MailgunSetting } from './setting.ts'

/** Mailer of Mailgun's API (https://documentation.mailgun.com/docs/mailgun/api-reference/send), without tracking. */
export const mailgunMailer = ({ url, key }: MailgunSetting): Mailer => ({
  send(mail) {
    const body = new FormData()
    const fields = {
      from: mailboxText(mail.from),
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      'o:tracking': 'no',
      'h:Message-Id': `<${mail.messageId}>`,
    }
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    for (const [name, value] of Object.entries(mail.headers)) body.append(`h:${name}`, value)
    const login = `Basic ${toBase64(new TextEncoder().encode(`api:${key}`))}`
    // 400 is about a field of this mail; a wrong key or domain gives 401 or 404.
    return postMail(
      'mailgun',
      url,
      { headers: { Authorization: login }, body },
      answer => answer.status === 400,
    )
  },
})

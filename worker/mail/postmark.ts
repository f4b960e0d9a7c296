import type { Mailer } from '../../core/mailer.ts'
import { mailboxText } from './header.ts'
import { postMail } from './post-mail.ts'
import type { PostmarkSetting } from './setting.ts'

/** Postmark's ErrorCodes for an invalid address, and for one that bounced permanently or complained. */
const ABOUT_THIS_MAIL = [300, 406]

/** Mailer of Postmark's API (https://postmarkapp.com/developer/api/email-api), without tracking. */
export const postmarkMailer = ({ url, token }: PostmarkSetting): Mailer => ({
  send: mail =>
    postMail(
      'postmark',
      url,
      {
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json',
          'X-Postmark-Server-Token': token,
        },
        body: JSON.stringify({
          From: mailboxText(mail.from),
          To: mail.to,
          Subject: mail.subject,
          TextBody: mail.text,
          HtmlBody: mail.html,
          MessageStream: 'outbound',
          TrackOpens: false,
          TrackLinks: 'None',
          Headers: Object.entries({
            ...mail.headers,
            'Message-ID': `<${mail.messageId}>`,
            // Without it Postmark replaces our Message-ID by its own.
            'X-PM-KeepID': 'true',
          }).map(([Name, Value]) => ({ Name, Value })),
        }),
      },
      async answer =>
        answer.status === 422 &&
        ABOUT_THIS_MAIL.includes((await answer.json<{ ErrorCode?: number }>())?.ErrorCode ?? 0),
    ),
})

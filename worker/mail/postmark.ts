import type { Mailer } from '../../core/mailer.ts'
import { postMail } from './api.ts'
import { mailboxText } from './header.ts'
import type { PostmarkSetting } from './setting.ts'

/** Their ErrorCode for a mailbox they cannot write to, and for one that bounced for good or complained. */
const ABOUT_THIS_MAIL = [300, 406]

/** Mails through Postmark's API (https://postmarkapp.com/developer/api/email-api), with no tracking of who opened what. */
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
            // Without it they would put a Message-ID of their own in place of ours.
            'X-PM-KeepID': 'true',
          }).map(([Name, Value]) => ({ Name, Value })),
        }),
      },
      async answer =>
        answer.status === 422 &&
        ABOUT_THIS_MAIL.includes((await answer.json<{ ErrorCode?: number }>())?.ErrorCode ?? 0),
    ),
})

import { describe } from 'vitest'
import { ADA, copied, EXIM, gone, inCopy, mailOf, plain, QMAIL, table } from '../support/report-mail.ts'

describe('a bounce that is written for people is known', () => {
  const loose = { about: 'bounce', loose: true } as const
  table([
    [
      'of qmail',
      plain(`${QMAIL}\n--- Below this line is a copy of the message.\n\n${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of qmail, with more recipients',
      plain(`${QMAIL}\n<eve@example.com>:\nUser is over quota. (#5.2.2)\n`),
      [gone, { kind: 'transient', address: 'eve@example.com', status: '5.2.2' }],
    ],
    [
      'of qmail, with no code',
      plain(QMAIL.replace('(#5.1.1)', '')),
      [
        {
          address: ADA,
          status: undefined,
          diagnostic: '<>:\nSorry, no mailbox here by that name.'.replace('\n', ' '),
        },
      ],
    ],
    [
      'of Exim',
      plain(`${EXIM}\n------ This is a copy of the message, including all the headers. ------\n\n${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of Exim, from a host that never answered',
      plain(EXIM.replace(/SMTP.*unknown/s, 'all hosts for example.com have been failing for a long time')),
      [{ kind: 'transient', address: ADA }],
    ],
    [
      'of Exim, by its own field',
      plain(EXIM, { from: 'Mail <mail@mx.example.net>', fields: `X-Failed-Recipients: ${ADA}\n` }),
      [gone],
    ],
    [
      'of hMailServer',
      plain(
        `Your message did not reach some or all of the intended recipients.

   Sent: Fri, 20 Nov 2026 15:00:00 +0000
   Subject: News of 5.7.1

The following recipient(s) could not be reached:

${ADA}
   Error Type: SMTP
   Remote server (192.0.2.1) issued an error.
   hMailServer sent: RCPT TO:<${ADA}>
   Remote server replied: 550 5.1.1 No such user here

hMailServer
`,
        { from: 'mailer-daemon@example.net' },
      ),
      [gone],
      loose,
    ],
    [
      'of sendmail of old',
      plain(`The original message was received at Fri, 20 Nov 2026 15:00:00 GMT

   ----- The following addresses had permanent fatal errors -----
<${ADA}>

   ----- Transcript of session follows -----
... while talking to mx.example.com.:
>>> RCPT TO:<${ADA}>
<<< 550 5.1.1 User unknown

   ----- Original message follows -----

${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of Gmail of old',
      plain(
        `Delivery to the following recipient failed permanently:

     ${ADA}

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain.
The error that the other server returned was:
550 550 5.1.1 <${ADA}>: User unknown

----- Original message -----

${copied}`,
        { from: 'Mail Delivery Subsystem <mailer-daemon@example.net>' },
      ),
      [gone],
      loose,
    ],
    [
      'of Yahoo',
      plain(
        `Sorry, we were unable to deliver your message to the following address.\n\n<${ADA}>:\nRemote host said: 554 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n${copied}`,
      ),
      [gone],
      loose,
    ],
    [
      'of GMX',
      plain(
        `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error. The following address failed:\n\n"${ADA}":\nSMTP error from remote server after RCPT command:\nhost: mx.example.com\n5.1.1 unknown user\n\n--- The header of the original message is following. ---\n\n${copied}`,
      ),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of DragonFly',
      plain(
        `This is the DragonFly Mail Agent v0.9 at mx.example.net.\n\nThere was an error delivering your mail to <${ADA}>.\n\nmx.example.com [192.0.2.1] did not like our RCPT TO:\n550 5.1.1 user unknown\n\nMessage headers follow.\n\n${copied}`,
      ),
      [{ kind: 'permanent', address: undefined, status: '5.1.1' }],
      { ...loose, ...inCopy },
    ],
    [
      'of Postfix, where a gateway left its text alone',
      plain(
        `This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<${ADA}>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in reply\n    to RCPT TO command)\n`,
      ),
      [gone],
      loose,
    ],
    [
      'of Exchange',
      plain(
        `Delivery has failed to these recipients or groups:\n\n${ADA}\nThe email address you entered couldn't be found.\n\nmx.example.net\nRemote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'\n`,
        { from: 'postmaster@example.net' },
      ),
      [gone],
      loose,
    ],
    [
      'as the only part of a report',
      mailOf('multipart/report; report-type=delivery-status', []).replace('It failed.', QMAIL),
      [gone],
      { loose: true },
    ],
    [
      'of OpenSMTPD of old',
      plain(`    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

${ADA}: 550 5.1.1 no

    Below is a copy of the original message:

${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'and not by what the copied mail says',
      plain(
        `${QMAIL.replace('(#5.1.1)', '')}\n--- Below this line is a copy of the message.\n\nReceived: from x\n\n<eve@example.com>: 550 5.1.1 user unknown\n`,
      ),
      [{ address: ADA, status: undefined }],
    ],
    [
      'and not by a copy that nothing announces',
      plain(`${QMAIL.replace('(#5.1.1)', '')}\nReceived: from x by y\nSubject: 5.1.1\n`),
      [{ status: undefined }],
    ],
    [
      'and does nothing when the server keeps trying',
      plain(
        `This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours. Your message could not be delivered to\n\n  ${ADA}\n\nDelivery attempts will continue. No action is required on your part.\n`,
      ),
      [],
    ],
  ])
})

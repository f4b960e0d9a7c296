import type { Shape } from './list-shapes.ts'

const ONE = 'one@example.com'
const TWO = 'two@example.com'

/** Headings of the address in the languages that Floe speaks, and as others name it. */
const HEADINGS: Shape[] = [
  'Email Address',
  'E-Mail-Adresse',
  'E-Mail',
  'Adresse e-mail',
  'Courriel',
  'Correo electrónico',
  'Dirección de correo electrónico',
  'Indirizzo e-mail',
  'Endereço de e-mail',
  'E-mailadres',
  'Adres e-mail',
  'メールアドレス',
  'البريد الإلكتروني',
  'Contact Email',
  'E-mail 1 - Value',
].map(heading => ({
  name: `the heading ${heading}`,
  file: `Name;${heading};Address\nAda;${ONE};1 High St\n`,
  read: 'one',
}))

const rows = (shapes: [string, string, string, Partial<Shape>?][]): Shape[] =>
  shapes.map(([name, file, read, more]) => ({ name, file, read, ...more }))

const STATES = rows([
  [
    'Mailchimp, left by a complaint',
    `Email Address,UNSUB_TIME,UNSUB_REASON\n${ONE},2025-01-02,SPAM\n${TWO},2025-01-02,NORMAL\n`,
    'one=complained two=unsubscribed',
  ],
  [
    'Mailchimp, subscribed',
    `Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,TAGS\n${ONE},2,2024-03-01,2024-03-01,\n`,
    'import.subscribers',
  ],
  [
    'Mailchimp, subscribed, with a postal address beside the tags',
    `Email Address,First Name,Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID,TAGS\n${ONE},Ada,1 High St,2,2024-03-01,2024-03-01,1,VIP\n`,
    'import.subscribers',
  ],
  [
    'customers with postal addresses and tags, of whom nothing is said',
    `Email,Address,Tags\n${ONE},1 High St,vip\n`,
    'one',
  ],
  [
    'sign-ups with the columns of a spam report and more, of whom nothing is said',
    `id,ip,email,created\n1,192.0.2.1,${ONE},1735790645\n`,
    'one',
  ],
  ['a list of subscribers', `email;subscribed_at\n${ONE};2024-03-01\n`, 'import.subscribers'],
  [
    'a list of subscribers, as JSON',
    `{"email":"${ONE}","subscribed_at":"2024-03-01"}\n`,
    '1:not_suppressed',
    { format: 'ndjson' },
  ],
  [
    'SendGrid, blocks',
    `status,reason,email,created\n5.7.1,"550 5.7.1 Service unavailable; client host blocked using Spamhaus",${ONE},1\n4.0.0,"451 try again later",${TWO},1\n`,
    '2:not_suppressed 3:not_suppressed',
  ],
  [
    'SendGrid, bounces',
    `status,reason,email,created\n5.1.1,"550 5.1.1 The email account that you tried to reach does not exist",${ONE},1\n`,
    'one=bounced',
  ],
  [
    'Ghost',
    `id,email,subscribed_to_emails,created_at\n1,${ONE},false,2026\n2,${TWO},true,2026\n`,
    'one=unsubscribed 3:not_suppressed',
  ],
  [
    'Klaviyo',
    `Email,Email Marketing Consent\n${ONE},UNSUBSCRIBED\n${TWO},SUBSCRIBED\nx@example.com,NEVER_SUBSCRIBED\n`,
    'one=unsubscribed 3:not_suppressed 4:not_suppressed',
  ],
  [
    'no header, and a word that the person may be mailed',
    `${ONE},Ada\n${TWO},subscribed\n`,
    'one 2:not_suppressed',
  ],
  ['Buttondown', `email,type\n${ONE},unsubscribed\n${TWO},regular\n`, 'one=unsubscribed 3:not_suppressed'],
  ['phpList', `email,confirmed,blacklisted\n${ONE},1,1\n${TWO},1,0\n`, 'one=manual 3:not_suppressed'],
  [
    'HubSpot',
    `Email,Unsubscribed from all email\n${ONE},true\n${TWO},\n`,
    'one=unsubscribed 3:not_suppressed',
  ],
  [
    'dates of leaving',
    `email,unsubscribed_at,bounced_at\n${ONE},2025-01-02T03:04:05Z,\n${TWO},,2025-01-02\nx@example.com,,\n`,
    'one=unsubscribed two=bounced 4:not_suppressed',
  ],
  [
    'Postmark',
    `EmailAddress,SuppressionReason\n${ONE},HardBounce\n${TWO},SpamComplaint\n`,
    'one=bounced two=complained',
  ],
  [
    'Postmark, whose recipient left, and one whom the customer took out',
    `EmailAddress,SuppressionReason,Origin\n${ONE},ManualSuppression,Recipient\n${TWO},ManualSuppression,Customer\nx@example.com,Nonsense,Recipient\n`,
    'one=unsubscribed two=manual 4:unknown_status',
  ],
  [
    'somebody else’s columns of the same names beside others',
    `Email,Origin,Suppression Reason,Opted Out\n${ONE},Web,,No\n${TWO},Web,,Yes\n`,
    'two=unsubscribed 2:not_suppressed',
  ],
  ['Mailgun, with a mark', `\ufeffaddress,code,error\n${ONE},550,"User unknown, sorry"\n`, 'one=bounced'],
  ['Amazon SES', `EmailAddress,Reason,LastUpdateTime\n${ONE},COMPLAINT,x\n`, 'one=complained'],
  [
    'a state and a text',
    `email,status,reason\n${ONE},complained,Feedback loop report\n${TWO},bounced,550 5.1.1 user unknown\n`,
    'one=complained two=bounced',
  ],
  ['a text alone', `email,reason\n${ONE},asked by phone\n${TWO},\n`, 'one two'],
  [
    'words that are not known',
    `email,status\n${ONE},archived\n${TWO},Hard bounced\n`,
    'two=bounced 2:unknown_status',
  ],
  [
    'words with blanks and capitals',
    `email,status\n${ONE},Spam\n${TWO},Opted Out\n`,
    'one=complained two=unsubscribed',
  ],
  [
    'words of other languages',
    `email;status\n${ONE};Abgemeldet\n${TWO};désabonné\n`,
    'one=unsubscribed two=unsubscribed',
  ],
  ['kind words', `email,status\n${ONE},confirmed\n${TWO},soft bounce\n`, '2:not_suppressed 3:not_suppressed'],
  ['two words that differ', `email,status,bounced\n${ONE},active,true\n`, 'one=bounced'],
  [
    'subscribers with a column of why',
    `email;subscribed_at;Ende\n${ONE};2024-03-01;unsubscribed\n`,
    'one=unsubscribed',
    { reasonColumn: 'Ende' },
  ],
  [
    'a backslash in a name before a state',
    `email,name,status\n${ONE},"Bob \\"x\\", y",bounced\n`,
    'one=bounced',
  ],
  [
    'a column that is named',
    `Kunde;Zustand X\n${ONE};bounce\n${TWO};neu\n`,
    'one=bounced 3:unknown_status',
    { addressColumn: 'kunde', reasonColumn: 'Zustand X' },
  ],
  [
    'a column by its place',
    `Ada,${ONE}\nBob,${TWO}\nx,y\n`,
    'one two 3:invalid_address',
    { addressColumn: '2' },
  ],
  ['a column by its place, with a header', `Name,Wohin\nAda,${ONE}\n`, 'one', { addressColumn: '2' }],
  ['a column that is not there', `email\n${ONE}\n`, 'import.no_address_column', { addressColumn: 'Kunde' }],
  [
    'dates on which nobody left, since databases write them for none',
    `email,unsubscribed_at\n${ONE},0000-00-00 00:00:00\n${ONE},0001-01-01T00:00:00Z\n${ONE},1970-01-01 01:00:00\n${ONE},00/00/0000\n${TWO},2024-05-01\n`,
    'two=unsubscribed 2:not_suppressed 3:not_suppressed 4:not_suppressed 5:not_suppressed',
  ],
  [
    'bounces of both kinds, told apart by a second column',
    `email,status,bounce_type\n${ONE},bounced,Soft\n${ONE},hard_bounce,transient\n${TWO},bounced,hard\nx@example.com,complained,soft\n`,
    'one=bounced two=bounced x=complained 2:not_suppressed',
  ],
  [
    'dates on which nobody joined',
    `email,subscribed\n${ONE},0000-00-00\n${TWO},no\n`,
    'two=unsubscribed 2:unknown_status',
  ],
  [
    'a column of reasons by its place, and no header',
    `${ONE},subscribed\n${TWO},unsubscribed\n`,
    'two=unsubscribed 1:not_suppressed',
    { reasonColumn: '2' },
  ],
  [
    'a column of reasons by a heading, and no header',
    `${ONE},subscribed\n`,
    'import.no_address_column',
    { reasonColumn: 'status' },
  ],
  ['another column than the usual', `email,alt\nx@example.com,${ONE}\n`, 'one', { addressColumn: 'alt' }],
])

export const MEANT: readonly Shape[] = [...HEADINGS, ...STATES]

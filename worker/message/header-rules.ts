import { isDate, isMessageId } from './field-form.ts'
import { foldsOver, once } from './look.ts'
import { placeholdersIn, placeholdersInLink, toldOf } from './placeholders.ts'
import { RULE_SOURCES, type Rule } from './rule.ts'
import { hasAddress, isInside } from './target.ts'

const { rfc, gmail, yahoo } = RULE_SOURCES
const PASTE =
  'Paste the fields of POST /v1/links, or let POST /v1/messages/prepare put them in. Mail that is owed, such as a receipt, needs none.'
/** Limits of the search for recipients in links: links, recipients, and characters of a link. */
const [URLS_MAX, RECIPIENTS_MAX, URL_MAX] = [10, 100, 2048]

/** Fields that people read, and the id that programs go by. */
const READ_FIELDS = ['subject', 'from', 'sender', 'reply-to', 'to', 'cc', 'message-id', 'list-id']

/** Whole domains: `gmail` may be a label of anybody's. */
const FREE_MAIL =
  /@(?:(?:gmail|googlemail|icloud|me|mac|msn|ymail|rocketmail|qq|163|126|protonmail|live|mail|naver|foxmail|rediffmail)\.com|(?:libero|virgilio)\.it|laposte\.net|seznam\.cz|(?:wp|o2)\.pl|(?:t-online|freenet)\.de|proton\.me|web\.de|(?:mail|bk|inbox|list|yandex)\.ru|live\.(?:ca|de|fr|it|nl|se|dk|no|be|co\.uk|com\.au)|(?:yahoo|outlook|hotmail|aol|gmx|yandex)\.(?:com|net|[a-z]{2}|com?\.[a-z]{2}))$/i

/** How mail programs mark answers and forwarded mail, in the languages of the larger ones. */
const ANSWER =
  /^\s*(?:re(?:\[\d+\])?|fwd?|aw|wg|sv|tr|antw|rv|odp|ynt|res|rif|enc|回复|返信|答復|回覆|答复|转发|轉寄)\s?[:：]/i

/** Rules about the header, so that mail clients show their unsubscribe button. */
export const HEADER_RULES: readonly Rule[] = [
  {
    rule: 'list_unsubscribe.missing',
    severity: 'error',
    fix: PASTE,
    source: rfc(8058, '3.1'),
    find: ({ values }) =>
      values('list-unsubscribe').length === 0 ? 'There is no List-Unsubscribe field.' : undefined,
  },
  {
    rule: 'list_unsubscribe.repeated',
    severity: 'error',
    fix: 'Keep one. A library or provider may add its own: switch that off.',
    source: rfc(8058, '3.1'),
    find: ({ values }) => once(values('list-unsubscribe'), 'List-Unsubscribe'),
  },
  {
    rule: 'list_unsubscribe.https',
    severity: 'error',
    fix: 'Have exactly one https address in it, in angle brackets.',
    source: rfc(8058, '3.1'),
    find: ({ values, https }) =>
      values('list-unsubscribe').length > 0 && https.length !== 1
        ? `List-Unsubscribe has ${https.length === 0 ? 'no' : https.length} https addresses; it has to have one.`
        : undefined,
  },
  {
    rule: 'list_unsubscribe.order',
    severity: 'warning',
    fix: 'Put the https address first and the mailto behind it.',
    source: rfc(2369, '3.2'),
    find: ({ values, https, mailto }) =>
      https.length > 0 && mailto.length > 0 && /^\s*<mailto:/i.test(values('list-unsubscribe')[0]!)
        ? 'The mailto stands before the https address: some programs take the first they see.'
        : undefined,
  },
  {
    rule: 'list_unsubscribe.brackets',
    severity: 'error',
    fix: 'Put each address in angle brackets, with a comma between them and no space inside.',
    source: rfc(2369, '2'),
    find: ({ values }) =>
      values('list-unsubscribe').some(value => !/^<[^<>\s]+>(?:\s*,\s*<[^<>\s]+>)*$/.test(value))
        ? 'List-Unsubscribe is not a list of addresses in angle brackets.'
        : undefined,
  },
  {
    rule: 'list_unsubscribe.encoded',
    severity: 'error',
    fix: 'Keep the line within 78 characters, so that no library encodes it; a shorter host helps.',
    source: rfc(2047, '5'),
    find: ({ values }) =>
      values('list-unsubscribe').some(value => value.includes('=?'))
        ? 'List-Unsubscribe is an encoded word: Gmail shows no button.'
        : undefined,
  },
  {
    rule: 'list_unsubscribe.length',
    severity: 'warning',
    fix: 'Shorten the address: common libraries encode a longer line, and Gmail then shows no button.',
    source: rfc(5322, '2.1.1'),
    find: ({ fields }) => foldsOver(fields, 'list-unsubscribe'),
  },
  {
    rule: 'list_unsubscribe.address',
    severity: 'error',
    fix: 'Use a link that says who it is by a token nobody can guess.',
    source: rfc(8058, '6'),
    find: ({ https, to }) =>
      https.slice(0, URLS_MAX).some(url => hasAddress(url.slice(0, URL_MAX), to.slice(0, RECIPIENTS_MAX)))
        ? 'The address of the recipient stands in the link: anybody can guess another, and it is in every log on the way.'
        : undefined,
  },
  {
    rule: 'list_unsubscribe.placeholder',
    severity: 'error',
    fix: 'Put the recipient’s own link in before the mail goes out, from POST /v1/links.',
    source: rfc(3986, '2'),
    find: ({ https, mailto }) =>
      toldOf(urlsOf(https, mailto).flatMap(placeholdersInLink), 'List-Unsubscribe'),
  },
  {
    rule: 'list_unsubscribe.local',
    severity: 'error',
    fix: 'Use a host that mail programs reach from outside.',
    source: rfc(6761, '6.3'),
    find: ({ https, mailto }) =>
      urlsOf(https, mailto).some(url => isInside(url) && placeholdersInLink(url).length === 0)
        ? 'The link leads to this machine or into a network of its own: nobody who gets the mail can reach it.'
        : undefined,
  },
  {
    rule: 'list_unsubscribe.foreign',
    severity: 'error',
    fix: 'Mint the link again: POST /v1/links.',
    source: rfc(8058, '3.1'),
    find: ({ link }) =>
      link === 'not_verifying' ? 'The link is to this Floe, and is none it has made.' : undefined,
  },
  {
    rule: 'list_unsubscribe.other_recipient',
    severity: 'error',
    fix: 'Give every recipient the link that was minted for them.',
    source: rfc(8058, '3.1'),
    find: ({ link }) =>
      link === 'of_another'
        ? 'The link is another recipient’s: pressing it would unsubscribe somebody else.'
        : undefined,
  },
  {
    rule: 'list_unsubscribe_post.missing',
    severity: 'error',
    fix: PASTE,
    source: rfc(8058, '3.1'),
    find: ({ values }) =>
      values('list-unsubscribe-post').length === 0 ? 'There is no List-Unsubscribe-Post field.' : undefined,
  },
  {
    rule: 'list_unsubscribe_post.repeated',
    severity: 'error',
    fix: 'Keep one.',
    source: rfc(8058, '3.1'),
    find: ({ values }) => once(values('list-unsubscribe-post'), 'List-Unsubscribe-Post'),
  },
  {
    rule: 'list_unsubscribe_post.value',
    severity: 'error',
    fix: 'It is exactly: List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    source: rfc(8058, '3.1'),
    find: ({ values }) =>
      values('list-unsubscribe-post').some(value => value !== 'List-Unsubscribe=One-Click')
        ? 'List-Unsubscribe-Post says something else than List-Unsubscribe=One-Click.'
        : undefined,
  },
  ...(['From', 'Date', 'Message-ID'] as const).map(
    (name): Rule => ({
      rule: `field.${name.toLowerCase().replace('-', '_')}`,
      severity: 'error',
      fix: `Have exactly one ${name} field.`,
      source: name === 'From' ? gmail : rfc(5322, '3.6'),
      find: ({ values }) =>
        values(name.toLowerCase()).length === 1
          ? undefined
          : `There are ${values(name.toLowerCase()).length || 'no'} ${name} fields.`,
    }),
  ),
  {
    rule: 'date.format',
    severity: 'error',
    fix: 'Write it as in: Date: Fri, 20 Nov 2026 15:00:00 +0000. A JavaScript date writes itself so with toUTCString().',
    source: rfc(5322, '3.3'),
    find: ({ said }) =>
      said('date').length === 1 && !isDate(said('date')[0]!)
        ? 'Date is no date that mail programs can read.'
        : undefined,
  },
  {
    rule: 'message_id.format',
    severity: 'error',
    fix: 'Write it as in: Message-ID: <something-unique@your.domain>, with the brackets and no blank.',
    source: rfc(5322, '3.6.4'),
    find: ({ said }) =>
      said('message-id').length === 1 && !isMessageId(said('message-id')[0]!)
        ? 'Message-ID is not one id in angle brackets, with an @ in it.'
        : undefined,
  },
  {
    rule: 'field.placeholder',
    severity: 'warning',
    fix: 'Put a value in before the mail goes out, and choose one for whoever has none.',
    source: rfc(5322, '3.6.5'),
    find: ({ said }) =>
      toldOf(
        READ_FIELDS.flatMap(name => said(name).flatMap(placeholdersIn)),
        'The header',
      ),
  },
  {
    rule: 'from.free_mail',
    severity: 'error',
    fix: 'Send from a domain of your own.',
    source: gmail,
    find: ({ from }) =>
      from.some(address => FREE_MAIL.test(address))
        ? 'From is an address of a free mail provider, whose DMARC policy has such mail refused.'
        : undefined,
  },
  {
    rule: 'subject.reply',
    severity: 'warning',
    fix: 'Say what the mail is, and nothing it is not.',
    source: yahoo,
    find: ({ values, said }) =>
      said('subject').some(subject => ANSWER.test(subject)) &&
      values('in-reply-to').length === 0 &&
      values('references').length === 0
        ? 'The subject looks like an answer or a forwarded mail, and it is none.'
        : undefined,
  },
  {
    rule: 'line.length',
    severity: 'error',
    fix: 'Encode the part in base64 or quoted-printable.',
    source: rfc(5322, '2.1.1'),
    find: ({ longestLine }) =>
      longestLine > 998
        ? `A line has ${longestLine} characters; 998 is the most that goes through.`
        : undefined,
  },
]

const urlsOf = (https: string[], mailto: string[]): string[] =>
  [...https, ...mailto].slice(0, URLS_MAX).map(url => url.slice(0, URL_MAX))

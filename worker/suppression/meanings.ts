import type { Reason } from '../../core/codes/reason.ts'

/** What a row says: a reason, that the person may be mailed, or a word that is not known. */
export type Meaning = Reason | 'not_suppressed' | 'unknown_status'

/** Names and words compare by letters and digits alone, so that "Correo electrónico" and "correo_electronico" are equal. */
export const bare = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Returns the words of a text that parts them by blanks; `_` stands for a blank in one. */
export const words = (text: string): string[] => text.trim().split(/\s+/).map(bare)

/** What providers and people write in a column of states, in the languages that Floe speaks. */
const WORDS: Partial<Record<Meaning, string>> = {
  unsubscribed: `unsubscribed unsubscribe unsubscribes unsub opt-out opted-out optouts user_unsubscribed unsubscribed_by_user
    list_unsubscribe group_unsubscribe global_unsubscribe abgemeldet abbestellt ausgetragen désabonné désinscrit cancelled canceled dado_de_baja baja
    desuscrito disiscritto cancellato afgemeld uitgeschreven descadastrado cancelado wypisany 配信停止 退会 登録解除`,
  objected: 'objected objection widersprochen',
  bounced: `bounced bounce bounces hard_bounce hard_bounced hard_bounces hardbounces hard permanent permanent_bounce permanently_bounced
    cleaned invalid_email invalid_address undeliverable unzustellbar`,
  complained: `complained complaint complaints complainer spam spam_complaint spam_complaints spam_report spam_reported spam_reports
    reported_spam reported_as_spam marked_as_spam abuse abuse_complaint abuse_report feedback_loop fbl`,
  manual: `manual manual_suppression blocklisted blocklist blacklisted blacklist disabled suppressed suppress do_not_email
    do_not_mail do_not_contact`,
  imported: 'imported',
  legal: 'legal',
  not_suppressed: `subscribed subscriber enabled active confirmed unconfirmed pending regular premium gifted never_subscribed
    non_subscribed not_subscribed opted-in opt-in optin soft soft_bounce soft_bounced soft_bounces transient temporary delivered
    angemeldet abonniert abonné inscrit suscrito iscritto ingeschreven aangemeld inscrito zapisany`,
}

const MEANINGS = new Map(
  Object.entries(WORDS).flatMap(([meaning, text]) =>
    words(text).map((word): [string, Meaning] => [word, meaning as Meaning]),
  ),
)

/** Returns what a word means, or undefined for one that is not known. */
export const meaningOf = (word: string): Meaning | undefined => MEANINGS.get(word) ?? MEANINGS.get(bare(word))

const YES = new Set(['true', 'yes', 'y', '1', 't', 'x', 'ja', 'oui', 'si', 'sim', 'tak', 'on'])
const NO = new Set(['false', 'no', 'n', '0', 'f', 'nein', 'non', 'nao', 'nee', 'nie', 'off', 'never', 'null'])

/** Columns that say yes, no, or since when: what a yes means, and what a no. */
const FLAGS: [names: string, yes: Meaning, no: Meaning][] = [
  [
    'complained complained_at complaint_date spam_complaint reported_spam marked_as_spam',
    'complained',
    'not_suppressed',
  ],
  [
    'bounced bounced_at bounce_date bounced_date hard_bounced hard_bounced_at cleaned',
    'bounced',
    'not_suppressed',
  ],
  [
    `unsubscribed unsubscribed_at unsubscribe_date unsubscribed_on unsubscribed_date date_unsubscribed unsubscribed_from_emails unsubscribed_from_all_email opted_out opt_out
     email_opt_out has_opted_out_of_email opted_out_email opt_out_date opted_out_date opted_out_at`,
    'unsubscribed',
    'not_suppressed',
  ],
  [
    `blacklisted blocklisted is_the_email_blacklisted is_blacklisted do_not_email do_not_mail do_not_contact suppressed
     email_disabled email_blacklisted`,
    'manual',
    'not_suppressed',
  ],
  [
    `subscribed subscribed_to_emails is_subscribed accepts_marketing accepts_email_marketing email_consent opted_in opt_in
     opt_in_status`,
    'not_suppressed',
    'unsubscribed',
  ],
]

/** Columns by what a yes and a no in them mean. */
export const FLAG_COLUMNS = new Map(
  FLAGS.flatMap(([names, yes, no]) =>
    words(names).map((name): [string, { yes: Meaning; no: Meaning }] => [name, { yes, no }]),
  ),
)

/** Whether a cell says nothing, or no. */
export function isNothing(cell: string): boolean {
  const word = bare(cell)
  return word === '' || NO.has(word)
}

/** Returns what a cell of a column of flags says, or undefined for nothing. A date or a word that is neither yes nor no is its own. */
export function flagOf(cell: string, { yes, no }: { yes: Meaning; no: Meaning }): Meaning | undefined {
  const word = bare(cell)
  if (word === '') return undefined
  if (NO.has(word)) return no
  // Where a file has no date, databases write their first one; it says nothing where no date is a no to being mailed.
  if (isNoDate(cell)) return no === 'not_suppressed' ? no : 'unknown_status'
  if (YES.has(word) || /^\d{4}/.test(word) || /^\d+\D\d+\D\d{4}/.test(cell.trim())) return yes
  return meaningOf(cell) ?? 'unknown_status'
}

/** Whether a cell is a date on which nobody left a list: `0000-00-00`, `0001-01-01`, or where computers begin to count. */
function isNoDate(cell: string): boolean {
  const year = /^(?:\d+\D\d+\D)?(\d{4})(?!\d)/.exec(cell.trim())?.[1]
  return year !== undefined && Number(year) < 1971
}

/** What an option says; a flag has no value. */
export interface Option {
  value?: string
  says: string
}

/** Options of one command or more. */
export const OPTIONS = {
  topic: { value: 'NAME', says: 'the topic, by its name' },
  purpose: { value: 'KIND', says: 'marketing, or transactional for mail that is owed' },
  until: { value: 'TIME', says: 'when it ends by itself' },
  locale: { value: 'LANGUAGE', says: 'the language of the mail, such as de; English without it' },
  ref: { value: 'REF', says: 'your reference of the message, up to 8 characters' },
  scope: { value: 'SCOPE', says: 'topic, workspace or tenant' },
  reason: { value: 'REASON', says: 'why, where the list does not say it' },
  source: { value: 'SOURCE', says: 'whose word it is: recipient, sender, import or report' },
  since: { value: 'TIME', says: 'only from then on' },
  format: { value: 'FORMAT', says: 'csv or ndjson' },
  name: { value: 'NAME', says: 'the name under which an import goes on and can be undone' },
  charset: { value: 'CHARSET', says: 'of the list, where it is neither UTF-8 nor UTF-16' },
  'address-column': { value: 'COLUMN', says: 'the column of the address, by heading or place' },
  'reason-column': { value: 'COLUMN', says: 'the column that says why' },
  'time-column': { value: 'COLUMN', says: 'the column that says since when' },
  'date-order': { value: 'ORDER', says: 'day_first or month_first, for dates like 06/01/2025' },
  'dry-run': { says: 'says what it would do, and writes nothing' },
  yes: { says: 'does it without asking' },
  output: { value: 'FILE', says: 'writes to a file' },
  match: {
    value: 'FILE',
    says: 'says what is suppressed of each line of your own list; - is standard input',
  },
  basis: {
    value: 'BASIS',
    says: 'express, implied_purchase, implied_inquiry, soft_opt_in, contract or legitimate_interest',
  },
  notice: { value: 'NAME@VERSION', says: 'the notice that they were shown' },
  'source-url': { value: 'URL', says: 'the page on which they consented' },
  wording: { value: 'TEXT', says: 'what they agreed to, word for word' },
  column: { value: 'FIELD=HEADING', says: 'the column of a field; as often as needed' },
  follow: { says: 'goes on for ever' },
  state: { value: 'FILE', says: 'keeps its place there, and goes on from it' },
  types: { value: 'TYPES', says: 'only these, such as suppression.*,consent.confirmed' },
  from: { value: 'DAY', says: 'the first day, such as 2026-11-01; 30 days without it' },
  to: { value: 'DAY', says: 'the last day; today without it' },
  after: { value: 'CURSOR', says: 'only what came after' },
  evidence: { says: 'with what was sealed about recipients' },
  jwks: { value: 'FILE', says: 'saved keys, to verify offline' },
  'dkim-keys': { value: 'FILE', says: 'a JSON file of key records by name' },
  'test-link': { says: 'says that the link was made for testing: it unsubscribes whoever it is for' },
} as const satisfies Record<string, Option>

/** The name of such an option. */
export type OptionName = keyof typeof OPTIONS

/** Options of every command. */
export const COMMON = {
  url: { value: 'URL', says: 'the address of Floe (FLOE_URL)' },
  profile: { value: 'NAME', says: 'the profile whose address and key are used (FLOE_PROFILE)' },
  json: { says: 'one JSON object a line, for programs' },
  help: { says: 'says this' },
} as const satisfies Record<string, Option>

type All = Omit<typeof OPTIONS & typeof COMMON, 'column' | 'help'>
type Valued = { [Name in keyof All]: All[Name] extends { value: string } ? Name : never }[keyof All]

/** What was said of the options; a flag that was not said is false. */
export type Options = { [Name in Valued]?: string } & { [Name in Exclude<keyof All, Valued>]: boolean } & {
  column?: string[]
}

/** Options with the address of Floe. */
export type Placed = Options & { url: string }

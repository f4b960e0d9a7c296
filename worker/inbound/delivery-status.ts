import { bounceOf, statusIn } from '../../core/bounce.ts'
import {
  addressIn,
  type Field,
  type Fields,
  groupsIn,
  named,
  plainValue,
  withoutAddresses,
  withoutComments,
} from './fields.ts'
import type { Report } from './report.ts'

/** What a report says of one recipient. */
export interface ReportEntry {
  kind: Report['kind']
  address: string | undefined
  status: string | undefined
  /** The server's words, without addresses. They are only looked at: never kept, logged or told. */
  diagnostic?: string
}

/** Fields that name a recipient, the one that the sender knows first. */
const RECIPIENTS = ['original-recipient', 'final-recipient', 'x-actual-recipient']

/** A status that says no more than failure (RFC 3463 §3.1); the words beside it may have one that says what. */
const UNDEFINED = /^[45]\.0\.0$/

/**
 * Returns the failures in a delivery status (RFC 3464 §2.3), or `nobody` where no recipient is named. `delayed` is no failure,
 * and `relayed`, `expanded` or `delivered` is a success. Where a recipient has no Diagnostic-Code, what the report says of it in
 * the text for people is looked at: some servers have the words there alone.
 */
export function bouncesIn(text: string, plain: readonly ReportEntry[] = []): ReportEntry[] | 'nobody' {
  const recipients = recipientsIn(text)
  if (recipients.length === 0) return 'nobody'
  return recipients.flatMap(fields => {
    const [address] = addressesOf(fields)
    const said = plain.find(one => one.address === address?.toLowerCase())?.diagnostic
    const diagnostic = fields.get('diagnostic-code')?.map(wordsIn).join(' ') ?? said
    const told = fields.get('status')?.map(statusIn).find(Boolean)
    const status = told === undefined || UNDEFINED.test(told) ? (failureIn(diagnostic) ?? told) : told
    if (!failed(fields.get('action')?.[0], status)) return []
    return [
      {
        kind: bounceOf(status, diagnostic),
        address,
        status,
        ...(diagnostic !== undefined && { diagnostic }),
      },
    ]
  })
}

/** Returns the addresses in a delivery status whose mail did not fail. */
export const sparedIn = (text: string): string[] =>
  recipientsIn(text)
    .filter(fields => !failed(fields.get('action')?.[0], fields.get('status')?.map(statusIn).find(Boolean)))
    .flatMap(fields => addressesOf(fields))

/** Returns the enhanced status of a failure in a server's reply, or undefined. */
export function failureIn(text: string | undefined): string | undefined {
  const status = statusIn(text)
  return status?.startsWith('2.') ? undefined : status
}

/** Returns the addresses of a recipient, the one that the sender knows first. */
const addressesOf = (fields: Fields): string[] =>
  RECIPIENTS.flatMap(name => fields.get(name)?.map(addressOf(name)) ?? []).filter(one => one !== undefined)

const addressOf = (name: string) => (text: string) => addressIn(text, { xtext: name === RECIPIENTS[0] })

/** Whether an action says failure, in whichever word. Some servers leave it out, and then the status tells. */
function failed(action: string | undefined, status: string | undefined): boolean {
  const word = withoutComments(plainValue(action ?? '')).trim()
  return word === '' ? status?.startsWith('5.') === true : /^(?:fail(?:ed|ure)?|expired)\b/i.test(word)
}

/** Returns the text of a Diagnostic-Code, without its type (RFC 3464 §2.3.6). */
const wordsIn = (value: string): string => withoutAddresses(plainValue(value).replace(/^[\w.-]+[ \t]*;/, ''))

/**
 * Returns the fields of each recipient. The blank lines that should separate them may be missing, also after the group about
 * the message, or may stand within one.
 */
function recipientsIn(text: string): Fields[] {
  const recipients: Fields[] = []
  for (const group of groupsIn(text).flatMap(split).map(named)) {
    const last = recipients.at(-1)
    if (RECIPIENTS.some(name => group.has(name))) recipients.push(group)
    else if (last && !last.has('action')) for (const [name, values] of group) last.set(name, values)
  }
  return recipients
}

/** Splits a group about several recipients before each of them. */
function split(group: Field[]): Field[][] {
  if (group.filter(({ name }) => name === 'final-recipient').length < 2) return [group]
  const parts: Field[][] = []
  let seen = new Set<string>()
  for (const field of group) {
    const names = field.name === 'final-recipient' || field.name === 'original-recipient'
    if (parts.length === 0 || (names && (seen.has(field.name) || seen.has('action')))) {
      parts.push([])
      seen = new Set()
    }
    parts.at(-1)!.push(field)
    seen.add(field.name)
  }
  return parts
}

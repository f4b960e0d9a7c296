import { ADDRESS_TEXT_LENGTH, linkTextLength } from './token.ts'

/**
 * Header fields that make mail clients show their unsubscribe button and, where the workspace takes reports, those for
 * complaints.
 */
export interface UnsubscribeHeaders extends Partial<FeedbackHeaders> {
  'List-Unsubscribe': string
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
}

/** Header fields by which mailbox providers send complaints (RFC 9477). */
export interface FeedbackHeaders {
  'CFBL-Address': string
  'CFBL-Feedback-ID': string
}

/** A line that mail libraries do not re-encode: at most 78 plain characters (RFC 5322 §2.1.1). They fold before a space. */
const INTACT = /^(?: [\x21-\x7e]{1,77})+$/
/** RFC 5321 §4.5.3.1.1. */
const LOCAL_PART_MAX = 64

/** How a token stands in a mail address: as base32, which servers may fold to any case, or as in a link, which they may not. */
export type AddressForm = 'case_proof' | 'case_sensitive'

const FORMS: [AddressForm, length: number][] = [
  ['case_proof', ADDRESS_TEXT_LENGTH],
  ['case_sensitive', linkTextLength(0)],
]

/** Returns a mailbox with a token after a plus sign (RFC 5233). */
export const tokenAddress = (token: string, mailbox: string): string => mailbox.replace('@', `+${token}@`)

/** Returns the first form whose address fits, or undefined where none does. It is the same for all recipients of a mailbox. */
function formThatFits(mailbox: string, fits: (address: string) => boolean): AddressForm | undefined {
  return FORMS.find(([, length]) => {
    const address = tokenAddress('0'.repeat(length), mailbox)
    return address.indexOf('@') <= LOCAL_PART_MAX && fits(address)
  })?.[0]
}

/**
 * Returns the form of tokens in the mailto of a List-Unsubscribe field, or undefined where a mailbox would cause re-encoding of a
 * line: it is left out then, since Gmail would show no button at all.
 */
export const mailtoForm = (url: string, mailbox: string): AddressForm | undefined =>
  formThatFits(mailbox, address => INTACT.test(` ${listUnsubscribe(url, address)}`))

/** Returns the form of tokens in return paths, or undefined where neither fits. */
export const returnPathForm = (mailbox: string): AddressForm | undefined => formThatFits(mailbox, () => true)

/**
 * Returns the header pair of a link: the https URL first, a mailto second where the workspace takes mail (RFC 8058 §3.1, RFC 2369
 * §3.2). The mailto carries the token in its address, so that an empty mail is enough.
 */
export const unsubscribeHeaders = (url: string, mailto: string | undefined): UnsubscribeHeaders => ({
  'List-Unsubscribe': mailto === undefined ? `<${url}>` : listUnsubscribe(url, mailto),
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

const listUnsubscribe = (url: string, mailto: string): string => `<${url}>, <mailto:${mailto}>`

/**
 * Returns the address for complaints about a mail and the token that identifies it (RFC 9477 §4). A report carries both back;
 * only the token is trusted. The address is the same in every mail, since the domain's owner proves it once.
 */
export const feedbackHeaders = (token: string, mailbox: string): FeedbackHeaders => ({
  'CFBL-Address': `${mailbox}; report=arf`,
  'CFBL-Feedback-ID': token,
})

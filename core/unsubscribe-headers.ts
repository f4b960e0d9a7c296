/**
 * The pair of header fields that makes mail clients show their unsubscribe button, and, where the workspace takes reports, the pair for
 * complaints.
 */
export interface UnsubscribeHeaders extends Partial<FeedbackHeaders> {
  'List-Unsubscribe': string
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
}

/** The pair by which mailbox providers send complaints (RFC 9477). */
export interface FeedbackHeaders {
  'CFBL-Address': string
  'CFBL-Feedback-ID': string
}

/** What mail libraries leave as it is: a line of at most 78 plain characters (RFC 5322 §2.1.1). They fold before a space. */
const INTACT = /^(?: [\x21-\x7e]{1,77})+$/

/**
 * Returns the header pair for a link: the https address first, a mailto second where the workspace takes mail (RFC 8058 §3.1, RFC 2369 §3.2).
 * The mailto carries the token after a plus sign (RFC 5233), so that an empty mail to it says everything. A mailbox that
 * would make a line be re-encoded is left out: Gmail would show no button at all.
 */
export function unsubscribeHeaders(url: string, token: string, mailbox: string | null): UnsubscribeHeaders {
  const both = mailbox && `<${url}>, <mailto:${mailbox.replace('@', `+${token}@`)}>`
  return {
    'List-Unsubscribe': both && INTACT.test(` ${both}`) ? both : `<${url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/**
 * Returns where complaints about a mail go, and the token by which they are known (RFC 9477 §4): a report carries both back, and the
 * token alone is believed. The address itself is the same in every mail, as its domain's owner has to prove it once.
 */
export const feedbackHeaders = (token: string, mailbox: string): FeedbackHeaders => ({
  'CFBL-Address': `${mailbox}; report=arf`,
  'CFBL-Feedback-ID': token,
})

/** Returns the return path of a mail: whatever bounces to it says by its token whom it could not reach. */
export const returnPath = (token: string, mailbox: string): string => mailbox.replace('@', `+${token}@`)

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

/**
 * Returns the header pair of a link: the https URL first, a mailto second where the workspace takes mail (RFC 8058 §3.1, RFC 2369
 * §3.2). The mailto carries the token after a plus sign (RFC 5233), so that an empty mail is enough. A mailbox that would cause
 * re-encoding of a line is left out: Gmail would show no button at all.
 */
export function unsubscribeHeaders(url: string, token: string, mailbox: string | null): UnsubscribeHeaders {
  const both = mailbox && `<${url}>, <mailto:${mailbox.replace('@', `+${token}@`)}>`
  return {
    'List-Unsubscribe': both && INTACT.test(` ${both}`) ? both : `<${url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/**
 * Returns the address for complaints about a mail and the token that identifies it (RFC 9477 §4). A report carries both back;
 * only the token is trusted. The address is the same in every mail, since the domain's owner proves it once.
 */
export const feedbackHeaders = (token: string, mailbox: string): FeedbackHeaders => ({
  'CFBL-Address': `${mailbox}; report=arf`,
  'CFBL-Feedback-ID': token,
})

/** Returns the return path of a mail; its token tells which recipient a bounce is about. */
export const returnPath = (token: string, mailbox: string): string => mailbox.replace('@', `+${token}@`)

/** The pair of header fields that makes mail clients show their unsubscribe button. */
export interface UnsubscribeHeaders {
  'List-Unsubscribe': string
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
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

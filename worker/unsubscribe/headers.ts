/** The pair of header fields that makes mail clients show their unsubscribe button. */
export interface UnsubscribeHeaders {
  'List-Unsubscribe': string
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
}

/**
 * Returns the header pair for a link: the https address first, a mailto second where the workspace takes mail (RFC 8058 §3.1, RFC 2369 §3.2).
 * The mailto carries the token after a plus sign (RFC 5233), so that an empty mail to it says everything.
 */
export function unsubscribeHeaders(url: string, token: string, mailbox: string | null): UnsubscribeHeaders {
  const mailto = mailbox && `, <mailto:${mailbox.replace('@', `+${token}@`)}>`
  return {
    'List-Unsubscribe': `<${url}>${mailto ?? ''}`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

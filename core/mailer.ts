/** A mail that is ready to go, one recipient each. Every text is plain Unicode: an adapter encodes what its way needs. */
export interface Mail {
  from: { name: string; address: string }
  /** The recipient's address in canonical form. */
  to: string
  subject: string
  text: string
  html: string
  /** `local@domain`, the same at each attempt, so that a mail that went out twice can be told to be one. */
  messageId: string
  /** When it was asked for, milliseconds since 1970 UTC: the mail's Date. */
  at: number
  /** Further fields, such as List-Unsubscribe. ASCII, each in one line. */
  headers: Readonly<Record<string, string>>
}

/**
 * What became of a mail. `sent`: the server has taken responsibility for it. `refused`: it will never be taken, trying again
 * is of no use. `failed`: not known to be taken, to be tried again. The code names the cause, such as `smtp.550` or
 * `timeout`, and never holds an address or a server's own words, which may quote one.
 */
export type Delivery =
  | { outcome: 'sent' }
  | { outcome: 'refused'; code: string }
  | { outcome: 'failed'; code: string }

/** The way out for mail. Never throws: whatever goes wrong is a `failed` delivery. */
export interface Mailer {
  send(mail: Mail): Promise<Delivery>
}

/** A mail ready to send, to one recipient. Every text is plain Unicode; an adapter encodes it for its transport. */
export interface Mail {
  from: { name: string; address: string }
  /** The recipient's address in canonical form. */
  to: string
  subject: string
  text: string
  html: string
  /** `local@domain`, the same at each attempt, so that a mail that went out twice can be recognised. */
  messageId: string
  /** Time of the request for this mail, milliseconds since 1970 UTC; becomes its Date field. */
  at: number
  /** Further fields, such as List-Unsubscribe. ASCII, each on one line. */
  headers: Readonly<Record<string, string>>
}

/**
 * Outcome of sending a mail. `sent`: the server has taken responsibility for it. `refused`: it will never be taken, and a retry
 * is useless. `failed`: not known to be taken, so it is tried again. The code names the cause, such as `smtp.550` or `timeout`,
 * and never holds an address or a server's own words, which may quote one.
 */
export type Delivery =
  | { outcome: 'sent' }
  | { outcome: 'refused'; code: string }
  | { outcome: 'failed'; code: string }

/** Transport for mail. It never throws: every error is a `failed` delivery. */
export interface Mailer {
  send(mail: Mail): Promise<Delivery>
}

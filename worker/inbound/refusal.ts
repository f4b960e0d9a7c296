/** Why something that came in did nothing. Each is counted by day, door and reason, and can be looked at. */
export const WHYS = [
  'key',
  'not_connected',
  'malformed',
  'signature',
  'stale',
  'foreign_topic',
  'too_large',
  'not_a_report',
  'no_recipient',
  'no_token',
  'foreign_token',
  'no_feedback_token',
  'unsigned',
  'unknown_reporter',
  'other_mailbox',
  'automatic',
  'loop',
] as const

/** One of them. */
export type Why = (typeof WHYS)[number]

/** The channels by which reports and mails come in. */
export const DOORS = ['ses', 'postmark', 'mailgun', 'sendgrid', 'message', 'mail'] as const

/** One of them. */
export type Door = (typeof DOORS)[number]

/** Where refusals are counted that belong to no workspace we know of. */
export const NOBODY = 0

/** Why a report or mail was refused; counted by day, channel and reason. */
export const WHYS = [
  'key',
  'not_connected',
  'malformed',
  'signature',
  'stale',
  'foreign_topic',
  'too_large',
  'not_a_report',
  'forwarded',
  'no_recipient',
  'no_token',
  'foreign_token',
  'no_feedback_token',
  'unsigned',
  'unknown_reporter',
  'other_mailbox',
  'automatic',
  'loop',
  'unknown_event',
] as const

/** A channel of reports. */
export type Why = (typeof WHYS)[number]

/** The channels of reports and mails. */
export const DOORS = ['ses', 'postmark', 'mailgun', 'sendgrid', 'message', 'mail'] as const

/** A channel of reports. */
export type Door = (typeof DOORS)[number]

/** Workspace number of refusals that belong to no known workspace. */
export const NOBODY = 0

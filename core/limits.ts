import { DAY_MS, MINUTE_MS } from './clock.ts'

/** Time in which a recipient can undo an unsubscribe. */
export const UNDO_MS = 30 * MINUTE_MS

/** Time from its beginning in which a key can undo an import; later, an operator can. */
export const IMPORT_UNDO_MS = 3 * DAY_MS

/** Time in which a confirmation link works. */
export const CONFIRMABLE_MS = 7 * DAY_MS
/** Time for which "this was not me" blocks further requests of that workspace. */
export const REFUSED_MS = 30 * DAY_MS
/** Most confirmation mails to an address per day. */
export const MAILS_PER_ADDRESS = 3

/** Most topics of a workspace: all of them are read for each of its pages. */
export const TOPICS_MAX = 1000

/** Most sign-up forms of a workspace in use at a time. */
export const FORMS_MAX = 100
/**
 * Part of a workspace's sign-ups of a day that its forms take together, so that whoever fills them up keeps no sign-up of the
 * sender's own server out.
 */
export const FORMS_SHARE = 1 / 2
/** Seconds after which a sign-up form that is full for the day may be tried again. */
export const FORM_RETRY_SECONDS = 60 * 60

/** Time in which an access link works after it was mailed, and for which the session it opens lasts. */
export const ACCESS_MS = 15 * MINUTE_MS
/** Most mails of a kind per day about one recipient, and to one new address. */
export const LINKS_A_DAY = 3
/**
 * Most access mails in thirty days by way of one preference link, so that somebody who got hold of it cannot pester its
 * recipient.
 */
export const LINKS_A_MONTH = 10
/** Time for which a link is remembered: as long as it counts. */
export const LINK_KEPT_MS = 30 * DAY_MS

/** Time over which mails to one recipient are counted. */
export const MAIL_MONTH_MS = 30 * DAY_MS
/**
 * Most mails of any kind that a recipient may have had in that time for one more of this kind to go out. Mails that others can
 * ask for stop sooner than the link to one's own data: signing somebody up must not close that to them.
 */
export const MAILS_A_MONTH = { confirmation: 10, correction: 10, access: 20 } as const

/** Most valid keys of a workspace at a time; an operator may make one more. */
export const KEYS_MAX = 100
/** Most keys that a workspace makes in a day, replacements included: when a key ends, all keys that came from it are walked. */
export const KEYS_A_DAY = 2000

/** Most webhook endpoints of a workspace. */
export const ENDPOINTS_MAX = 20
/** Most waiting events of one endpoint; above it the endpoint gets no new events until some were delivered. */
export const WAITING_MAX = 1000
/** Failures in a row after which a receiver counts as down. */
export const DOWN_AFTER = 5

import { DAY_MS, MINUTE_MS } from './clock.ts'

/** How long whoever stopped mail may take that back. */
export const UNDO_MS = 30 * MINUTE_MS

/** How long a confirmation link works. */
export const CONFIRMABLE_MS = 7 * DAY_MS
/** How long a "this was not me" keeps further requests of that workspace away. */
export const REFUSED_MS = 30 * DAY_MS
/** Confirmation mails an address gets in a day, at most. */
export const MAILS_PER_ADDRESS = 3

/** How long an access link works once it was mailed, and how long what it opens stays open. */
export const ACCESS_MS = 15 * MINUTE_MS
/** Mails of a kind about one recipient in a day, at most, and to one new address. */
export const LINKS_A_DAY = 3
/** Access mails by way of one preference link in thirty days: whoever got hold of it cannot pester its recipient for ever. */
export const LINKS_A_MONTH = 10
/** How long a link is remembered: for as long as it is counted. */
export const LINK_KEPT_MS = 30 * DAY_MS

/** The time over which mails to one recipient are counted. */
export const MAIL_MONTH_MS = 30 * DAY_MS
/**
 * How many mails a recipient may have had within that time, for whatever reason, so that one more of a kind still goes. What others
 * can ask for ends sooner than the link to one's own data: nobody closes that to somebody by signing them up.
 */
export const MAILS_A_MONTH = { confirmation: 10, correction: 10, access: 20 } as const

/** Keys of a workspace that count at the same time, at the most; an operator may make one more. */
export const KEYS_MAX = 100
/** Keys a workspace makes in a day, at the most, those that take another's place included: what comes of a key is walked when it ends. */
export const KEYS_A_DAY = 2000

/** Webhook endpoints a workspace may have. */
export const ENDPOINTS_MAX = 20
/** Events of one endpoint that may wait; when so many do, it is given no new ones before some of them went through. */
export const WAITING_MAX = 1000
/** Failures in a row after which a receiver is taken to be down. */
export const DOWN_AFTER = 5

/** The time over which mails to one recipient are counted, in milliseconds: 30 days. */
export const MAIL_MONTH_MS = 30 * 24 * 60 * 60 * 1000

/**
 * How many mails a recipient may have had within that time, for whatever reason, so that one more of a kind still goes. What others
 * can ask for ends sooner than the link to one's own data: nobody closes that to somebody by signing them up.
 */
export const MAILS_A_MONTH = { confirmation: 10, correction: 10, access: 20 } as const

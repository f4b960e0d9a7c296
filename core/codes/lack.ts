import { nameOf } from './code.ts'

/**
 * Ways in which a recipient's consent to a topic is missing. The numbers are the look-up's answers; they are negative, so none
 * equals a suppression's reason.
 */
export const LACKS = { no_consent: -1, pending_confirmation: -2, consent_expired: -3 } as const

/** Name of a lack, as a check gives it as its reason. */
export type LackName = keyof typeof LACKS

/** Returns the lack of a number. Throws on one this version does not know, rather than allow. */
export const lackOf = nameOf(LACKS, 'lack of consent')

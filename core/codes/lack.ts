import { nameOf } from './code.ts'

/**
 * What a recipient's consent to a topic lacks. The numbers are what the look-up answers with: below zero, so that none is a
 * suppression's reason.
 */
export const LACKS = { no_consent: -1, pending_confirmation: -2, consent_expired: -3 } as const

/** The name of a lack, as a check gives it for its reason. */
export type LackName = keyof typeof LACKS

/** Returns the lack a number stands for; throws on one this version does not know, rather than allow. */
export const lackOf = nameOf(LACKS, 'lack of consent')

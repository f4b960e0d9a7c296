import * as z from 'zod/mini'
import { isPattern } from '../ledger/event-filter.ts'

/**
 * Fields of an endpoint as a sender gives them. Whether the URL is an allowed target depends on a setting: verbs ask
 * `whyNoTarget`.
 */
export const url = z.string()

/** Description for people, a line at most. */
export const description = z.string().check(z.maxLength(200))

/** Types of event, single ones or all of a noun; an empty list means every type. */
export const types = z
  .array(
    z
      .string()
      .check(
        z.maxLength(64),
        z.refine(isPattern, 'must name kinds of event, such as suppression.added or consent.*'),
      ),
  )
  .check(z.maxLength(50))

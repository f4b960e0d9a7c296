import * as z from 'zod/mini'
import { isPattern } from '../ledger/event-filter.ts'

/** What a sender says of an endpoint. Whether it may be a target at all depends on a setting: verbs ask `whyNoTarget`. */
export const url = z.string()

/** For people, at most a line. */
export const description = z.string().check(z.maxLength(200))

/** Kinds of event, by name or as all of a noun; none at all means every kind. */
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

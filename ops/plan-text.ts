import * as z from 'zod'

/** A name in a plan, in links and in calls. */
export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and -, not starting with -')

/** A text of a plan that stands in mail headers and on pages: one line, no control characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^\P{C}*$/u, 'must be one line of ordinary characters')

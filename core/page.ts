import * as z from 'zod/mini'

const RANGE = 'must be 1 to 1000'

/** The `limit` of a call that answers in pages: 1 to 1000, as a query says it; 100 when it says nothing. */
export const pageLimit = z._default(
  z.pipe(
    z.string().check(z.regex(/^\d{1,4}$/, RANGE)),
    z.pipe(
      z.transform((text: string) => Number(text)),
      z.int().check(z.minimum(1, RANGE), z.maximum(1000, RANGE)),
    ),
  ),
  100,
)

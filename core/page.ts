import * as z from 'zod/mini'

const RANGE = 'must be 1 to 1000'

/** Schema of the `limit` of a paged call: 1 to 1000 as query text; 100 by default. */
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

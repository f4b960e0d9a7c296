import * as z from 'zod/mini'

/** Schema of a query field that is `true` or `false`; `false` when left out. */
export const queryFlag = () =>
  z._default(
    z.pipe(
      z.string().check(z.regex(/^(true|false)$/, 'must be true or false')),
      z.pipe(
        z.transform((text: string) => text === 'true'),
        z.boolean(),
      ),
    ),
    false,
  )

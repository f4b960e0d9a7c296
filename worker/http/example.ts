import * as z from 'zod/mini'
import type { Content } from '../call/operation.ts'

/** Time used by all examples. */
export const AT = '2026-11-20T09:30:00.000Z'

/** Texts for the two ways to name a recipient. */
export const WHO = {
  address: 'An email address, in whatever spelling: it is brought into canonical form.',
  sha256: 'Hex SHA-256 of the address in canonical form, where you would rather not send it.',
}

/** Text for the token in a link's path. */
export const LINK_TOKEN = 'The signed text of the link. It says whose and which it is; no look-up, no login.'

/** Returns the answer of a call that shows a page. */
export const htmlPage = (): Content => ({
  type: 'text/html',
  schema: z.string(),
  example: 'A page in the reader’s language.',
})

/** Returns the answer of a mail client's call. */
export const plainText = (example: string): Content => ({ type: 'text/plain', schema: z.string(), example })

/** Returns the meanings of fields, moved under a path such as `events[].`. */
export const under = (path: string, fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [`${path}${name}`, text]))

import * as z from 'zod/mini'
import { documented, named, operation } from '../call/operation.ts'
import { AT, under } from '../http/example.ts'
import { SUPPRESSION_FIELDS, suppression } from './api.ts'
import { FAILED_FIELDS, failed } from './export-api.ts'
import { READING_FAULTS } from './import-api.ts'

/** `POST /v1/suppressions/match` */
export const matchSuppressions = operation({
  id: 'matchSuppressions',
  method: 'POST',
  path: '/v1/suppressions/match',
  permission: 'suppressions:read',
  input: z.strictObject({
    format: z._default(z.enum(['ndjson', 'csv']), 'ndjson'),
    addressColumn: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  }),
})

const matchLine = /* @__PURE__ */ named(
  'MatchLine',
  () =>
    z.union([
      z.strictObject({
        line: z.int(),
        address: z.optional(z.string()),
        sha256: z.optional(z.string()),
        state: z.enum(['suppressed', 'not_suppressed']),
        suppressions: z.array(z.omit(suppression(), { id: true })),
      }),
      z.strictObject({ line: z.int(), state: z.literal('refused'), error: z.enum(READING_FAULTS) }),
      failed(),
    ]),
  () => ({
    ...under('suppressions[].', SUPPRESSION_FIELDS),
    ...FAILED_FIELDS,
    line: 'Which line of the list it is about, from 1 on.',
    address: 'As it stands in the list, without what may stand around it, such as a name.',
    sha256: 'Where the list has a hash instead.',
    state:
      '`suppressed`: something keeps mail of your workspace away, if only of one topic; `refused`: it is not known whom the line names, which is no leave to send.',
    suppressions: 'What that is, the strongest reason first, apart from the platform’s own.',
    error: 'Why it is not known whom the line names.',
  }),
)

/** A line of a match's answer: one of the list, or at last why it is not whole. */
export type MatchLine = z.infer<ReturnType<typeof matchLine>>

export const matchSuppressionsDoc = /* @__PURE__ */ documented(matchSuppressions, () => ({
  chapter: 'Suppressions',
  summary: 'Match a list of your own against what is suppressed',
  text: 'Takes a list of any length, of the same shapes, types and charsets as an import, and changes nothing; a list of subscribers is as good as any, and what it says of them is not looked at. The answer is a stream with a line for each line of the list that holds something, in its order, to be read while the list goes out: it waits where nobody reads it. One that cannot be finished says so in its last line, as `{"type":"failed","code":…}` or, as CSV, as `match failed: …` in the first column. As CSV it has a row for each suppression, and one for a line without. It says what is suppressed and not whom you may mail: consents and the platform’s own list are what a check looks at as well.',
  body: [
    { type: 'text/csv', schema: z.string(), example: 'email\nbob@example.com\n' },
    { type: 'application/x-ndjson', schema: z.string(), example: '{"email":"bob@example.com"}\n' },
  ],
  answer: {
    type: 'application/x-ndjson',
    schema: matchLine(),
    example: {
      line: 2,
      address: 'bob@example.com',
      state: 'suppressed',
      suppressions: [
        { scope: 'topic', topic: 'news', reason: 'unsubscribed', source: 'recipient', since: AT },
      ],
    },
  },
  otherwise: [
    {
      type: 'text/csv',
      schema: z.string(),
      example: 'line,address,sha256,state,scope,topic,reason,purpose,source,since,until,error\r\n',
    },
  ],
  faults: ['import.encoding', 'import.no_address_column', 'import.nothing_read'],
  fields: {
    format: 'How the answer is written.',
    addressColumn:
      'Which column holds the address: its heading, or its place from 1 on; without it, the headings that are known.',
  },
}))

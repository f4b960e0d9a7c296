import * as z from 'zod/mini'
import { ExportInput } from '../../worker/suppression/export.ts'
import { ImportInput } from '../../worker/suppression/import.ts'
import { ImportNameInput } from '../../worker/suppression/import-progress.ts'
import { AT, type Operation, WHO } from './operation.ts'
import { FILTERS, SuppressionSchema, suppressionFields } from './suppressions.ts'

const PROGRESS = { line: z.int(), offset: z.int(), added: z.int(), unchanged: z.int(), refused: z.int() }
const progressFields = {
  line: 'The last line that was looked at.',
  offset: 'The bytes up to there: where to go on.',
  added: 'Suppressions that were not there before.',
  unchanged: 'Lines whose suppression was there.',
  refused: 'Lines that were not taken.',
}
const EXAMPLE = { line: 4, offset: 61, added: 3, unchanged: 0, refused: 0 }
const text = z.string()

/** Whole lists, as streams. */
export const IMPORTS: Operation[] = [
  {
    id: 'importSuppressions',
    method: 'post',
    path: '/v1/suppressions/import',
    chapter: 'Suppressions',
    summary: 'Import a file of any length',
    text: 'The answer is a stream of JSON lines to be read while the file goes out: each line that is not taken, how far it is, at last `done` or `failed`. An entry that is there is never weakened or lifted, and the same file again adds nothing. The exports of Mailchimp, SendGrid, Postmark, Mailgun, Amazon SES and listmonk are understood as they come.',
    permission: 'suppressions:write',
    query: ImportInput,
    headers: {
      'Idempotency-Key': 'Names the import, so that it can go on after a break: 1 to 64 of A-Z a-z 0-9 _ -.',
      'Upload-Offset': 'From which byte of the file the body goes on; 0 without it.',
    },
    body: [
      { type: 'text/csv', schema: text, example: 'email\nada@example.com\n' },
      { type: 'application/x-ndjson', schema: text, example: '{"email":"ada@example.com"}\n' },
    ],
    answer: [
      {
        type: 'application/x-ndjson',
        schema: text,
        example:
          '{"type":"refused","line":3,"error":"invalid_address"}\n{"type":"done","line":4,"offset":61,"added":2,"unchanged":0,"refused":1}\n',
      },
    ],
    faults: [
      'topic.not_found',
      'import.encoding',
      'import.no_address_column',
      'import.offset',
      'import.key_reused',
    ],
    fields: {
      scope: 'How far the suppressions reach.',
      topic: 'With the scope `topic`: which.',
      reason: 'What counts for lines that do not say why themselves.',
    },
  },
  {
    id: 'getImport',
    method: 'get',
    path: '/v1/suppressions/import/{name}',
    chapter: 'Suppressions',
    summary: 'Ask where an import stands',
    permission: 'suppressions:write',
    query: ImportNameInput,
    answer: [
      { schema: z.strictObject({ ...PROGRESS, done: z.boolean() }), example: { ...EXAMPLE, done: true } },
    ],
    faults: ['import.not_found'],
    fields: {
      name: 'The `Idempotency-Key` it was sent with.',
      ...progressFields,
      done: 'Whether its end was reached.',
    },
  },
  {
    id: 'exportSuppressions',
    method: 'get',
    path: '/v1/suppressions/export',
    chapter: 'Suppressions',
    summary: 'Export everything that is suppressed, oldest first',
    text: 'Address and hash are there where an address is kept; most are not, because a keyed hash is enough to deny.',
    permission: 'suppressions:read',
    query: ExportInput,
    answer: [
      {
        type: 'application/x-ndjson',
        schema: z.strictObject({
          address: z.optional(text),
          sha256: z.optional(text),
          ...SuppressionSchema,
        }),
        example: {
          id: `sup_4yRwBt3LqGsAKc0tVq2ZkPz7`,
          scope: 'workspace',
          reason: 'imported',
          source: 'import',
          since: AT,
        },
      },
      {
        type: 'text/csv',
        schema: text,
        example: 'address,sha256,id,scope,topic,reason,source,since,until,purpose\r\n',
      },
    ],
    faults: ['topic.not_found'],
    fields: { ...FILTERS, format: 'How it is written.', ...WHO, ...suppressionFields() },
  },
]

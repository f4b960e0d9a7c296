import * as z from 'zod/mini'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import { documented, named, operation } from '../call/operation.ts'
import { queryFlag } from '../call/query-flag.ts'

/** Totals of an import. */
export const progress = () => ({
  line: z.int(),
  offset: z.int(),
  added: z.int(),
  unchanged: z.int(),
  refused: z.int(),
})

/** Meaning of these totals. */
export const PROGRESS_FIELDS = {
  line: 'The last line that was looked at.',
  offset: 'The bytes up to there: where to go on.',
  added: 'Suppressions that were not there before.',
  unchanged: 'Lines whose suppression was there.',
  refused: 'Lines that were not taken.',
}

const EXAMPLE = { line: 4, offset: 61, added: 3, unchanged: 0, refused: 0 }

/** `POST /v1/suppressions/import` */
export const importSuppressions = operation({
  id: 'importSuppressions',
  method: 'POST',
  path: '/v1/suppressions/import',
  permission: 'suppressions:write',
  input: z
    .strictObject({
      scope: z.optional(z.enum(['tenant', 'workspace', 'topic'])),
      topic: z.optional(z.string()),
      reason: z._default(
        z.enum(['imported', 'unsubscribed', 'objected', 'complained', 'bounced', 'manual']),
        'imported',
      ),
      addressColumn: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      reasonColumn: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      timeColumn: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      dateOrder: z.optional(z.enum(['day_first', 'month_first'])),
      dryRun: queryFlag(),
    })
    .check(
      z.refine(input => (input.scope === 'topic') === (input.topic !== undefined), {
        message: 'goes with the scope "topic", and only with it',
        path: ['topic'],
      }),
    ),
})

/** The faults of lines of which it is not known whom they name. */
export const READING_FAULTS = [
  'too_long',
  'unclosed_quote',
  'not_utf8',
  'not_json',
  'no_address',
  'invalid_address',
  'wrong_charset',
  'wrong_address_id',
] as const

/** Why it is not known whom a line names. */
export type ReadingFault = (typeof READING_FAULTS)[number]

const LINE_FAULTS = [
  ...READING_FAULTS,
  'unknown_address_id',
  'not_suppressed',
  'unknown_status',
  'other_scope',
  'unknown_topic',
  'not_lasting',
  'invalid_until',
  'until_in_the_past',
  'legal',
] as const

/** Why a line is not taken. */
export type LineFault = (typeof LINE_FAULTS)[number]

const COLUMN_USES = [
  'address',
  'sha256',
  'address_id',
  'reason',
  'status',
  'flag',
  'time',
  'reach',
  'ignored',
] as const

/** What a column of a file is taken for. */
export type ColumnUse = (typeof COLUMN_USES)[number]

const importLine = /* @__PURE__ */ named(
  'ImportLine',
  () =>
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('refused'), line: z.int(), error: z.enum(LINE_FAULTS) }),
      z.strictObject({ type: z.literal('noted'), line: z.int(), note: z.literal('unknown_time') }),
      z.strictObject({ type: z.literal('progress'), ...progress() }),
      z.strictObject({
        type: z.literal('done'),
        ...progress(),
        reasons: z.optional(z.record(z.string(), z.int())),
      }),
      z.strictObject({ type: z.literal('failed'), code: z.string(), ...progress() }),
      z.strictObject({
        type: z.literal('columns'),
        line: z.int(),
        delimiter: z.string(),
        charset: z.string(),
        columns: z.array(
          z.strictObject({ place: z.int(), heading: z.optional(z.string()), as: z.enum(COLUMN_USES) }),
        ),
        reason: z.optional(z.enum(Object.keys(REASONS) as [Reason])),
      }),
      z.strictObject({
        type: z.literal('sample'),
        line: z.int(),
        address: z.optional(z.string()),
        reason: z.optional(z.enum(Object.keys(REASONS) as [Reason])),
        scope: z.optional(z.enum(['tenant', 'workspace', 'topic'])),
        since: z.optional(z.iso.datetime()),
        error: z.optional(z.enum(LINE_FAULTS)),
      }),
    ]),
  () => ({
    type: 'What the line tells: one that is not taken, or not in full, how far it is, or how it ended; of a dry run, columns and samples too.',
    error:
      'Why the line was not taken. `not_suppressed`: it says that the person may be mailed, or not for good that mail fails; `unknown_status`: its word for why is not known; `not_utf8`, `wrong_charset`: which letters its address has is not sure; `unknown_address_id`, `wrong_address_id`: no address id of your ledger, or not the one of the address beside it; of an export of Floe, `other_scope`: it is not of the scope you named, `unknown_topic`, `invalid_until`, `until_in_the_past`: what it says stands nowhere or no more, `not_lasting`: it is its recipient’s to end, `legal`: your key has not the permission for what the law demands.',
    note: 'What was not taken of the line: `unknown_time`: its time is none, lies ahead, or has a day and a month that could be each other’s.',
    code: 'Why it ended before its end; the same call goes on from `offset`.',
    ...PROGRESS_FIELDS,
    reasons: 'With `dryRun`: how many lines would be taken for each reason.',
    delimiter: 'What parts the cells of a line; empty for JSON.',
    charset: 'The charset it is read in.',
    columns:
      'What each column is taken for, in their order. Where there is no header, and in JSON, they are those of the first line.',
    'columns[].place': 'Counted from 1.',
    'columns[].heading': 'Its heading, or its name in JSON.',
    'columns[].as':
      '`reason`: words that say why, where they are known; `status`: words that must be known; `flag`: yes, no or a date; `reach`: how far and how long, in an export of Floe. A column that says two things stands there twice.',
    address: 'Whom the line is about, as it was read: an address or a hash.',
    reason: 'Why mail would stop; beside columns, what their kind of file says of every line.',
    scope: 'How far it would reach.',
    since: 'Since when it would stand, where the line says so.',
  }),
)

/** Progress of an import, in totals since its beginning, interruptions included. */
export type Progress = Omit<Extract<ImportLine, { type: 'done' }>, 'type' | 'reasons'>

/** A line of an import's answer; the last one is `done` or `failed`. */
export type ImportLine = z.infer<ReturnType<typeof importLine>>

export const importSuppressionsDoc = /* @__PURE__ */ documented(importSuppressions, () => ({
  chapter: 'Suppressions',
  summary: 'Import a file of any length',
  text: 'The answer is a stream of JSON lines to be read while the file goes out: each line that is not taken, how far it is, at last `done` or `failed`. An entry that is there is never weakened or lifted, and the same file again adds nothing. The exports of Mailchimp, SendGrid, Postmark, Mailgun, Amazon SES and listmonk are understood as they come, in UTF-8, in UTF-16 and in the `charset` that `Content-Type` names. A list of subscribers is refused. With `dryRun` nothing is written: the answer says what each column is taken for, shows ten lines as they would be written, and counts; a name and an offset are then refused.',
  headers: {
    'Idempotency-Key': 'Names the import, so that it can go on after a break: 1 to 64 of A-Z a-z 0-9 _ -.',
    'Upload-Offset': 'From which byte of the file the body goes on; 0 without it.',
  },
  body: [
    { type: 'text/csv', schema: z.string(), example: 'email\nada@example.com\n' },
    { type: 'application/x-ndjson', schema: z.string(), example: '{"email":"ada@example.com"}\n' },
  ],
  answer: {
    type: 'application/x-ndjson',
    schema: importLine(),
    example: { type: 'refused', line: 3, error: 'invalid_address' },
  },
  faults: [
    'topic.not_found',
    'import.encoding',
    'import.no_address_column',
    'import.nothing_read',
    'import.subscribers',
    'import.offset',
    'import.key_reused',
    'import.undone',
  ],
  fields: {
    scope:
      'How far the suppressions reach; `workspace` without it. Of an export of Floe, only rows of it are taken, and without it all, as far as each reached.',
    topic: 'With the scope `topic`: which.',
    reason: 'What counts for lines that do not say why themselves.',
    addressColumn:
      'Which column holds the address: its heading, or its place from 1 on; without it, the headings that are known.',
    reasonColumn: 'Which column alone says why: its heading, or its place from 1 on.',
    timeColumn:
      'Which column alone says since when: its heading, or its place from 1 on; without it, the headings that are known. A time without a zone is UTC.',
    dateOrder: 'Which number of a date such as 06/01/2025 comes first; without it, such a time is not taken.',
    dryRun: 'Whether the file is only read, and nothing written.',
  },
}))

/** `GET /v1/suppressions/import/{name}` */
export const getImport = operation({
  id: 'getImport',
  method: 'GET',
  path: '/v1/suppressions/import/:name{[\\w-]+}',
  permission: 'suppressions:write',
  input: z.strictObject({ name: z.string() }),
})

export const getImportDoc = /* @__PURE__ */ documented(getImport, () => ({
  chapter: 'Suppressions',
  summary: 'Ask where an import stands',
  answer: {
    schema: z.strictObject({ ...progress(), done: z.boolean() }),
    example: { ...EXAMPLE, done: true },
  },
  faults: ['import.not_found'],
  fields: {
    name: 'The `Idempotency-Key` it was sent with.',
    ...PROGRESS_FIELDS,
    done: 'Whether its end was reached.',
  },
}))

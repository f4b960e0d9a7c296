import * as z from 'zod/mini'
import { BATCH_MAX } from '../../core/address.ts'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import { pageLimit } from '../../core/page.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { PROGRESS_FIELDS, progress } from './import-api.ts'

const importView = /* @__PURE__ */ named(
  'Import',
  () =>
    z.strictObject({
      name: z.string(),
      scope: z.optional(z.enum(['tenant', 'workspace', 'topic'])),
      topic: z.optional(z.string()),
      reason: z.enum(Object.keys(REASONS) as [Reason]),
      startedAt: z.iso.datetime(),
      doneAt: z.optional(z.iso.datetime()),
      ...progress(),
      undoableUntil: z.optional(z.iso.datetime()),
      undoneAt: z.optional(z.iso.datetime()),
    }),
  () => ({
    name: 'Its `Idempotency-Key`, or the name that Floe gave it. Its events have it as `data.import`.',
    scope:
      'How far its suppressions reach, but for lines of an export of Floe. Left out where its topic is none any more.',
    topic: 'With the scope `topic`: which.',
    reason: 'What counted for lines that did not say why themselves.',
    startedAt: 'When it began.',
    doneAt: 'When its end was reached. Left out while it was not.',
    ...PROGRESS_FIELDS,
    undoableUntil: 'Until when a key can undo it.',
    undoneAt: 'When its undo began.',
  }),
)

/** An import as senders see it. */
export type ImportView = z.infer<ReturnType<typeof importView>>

/** `GET /v1/imports` */
export const listImports = operation({
  id: 'listImports',
  method: 'GET',
  path: '/v1/imports',
  permission: 'suppressions:read',
  input: z.strictObject({ cursor: z.optional(z.string()), limit: pageLimit }),
})

export const listImportsDoc = /* @__PURE__ */ documented(listImports, () => ({
  chapter: 'Suppressions',
  summary: 'List imports, newest first',
  answer: {
    schema: z.strictObject({ imports: z.array(importView()), next: z.optional(z.string()) }),
    example: {
      imports: [
        {
          name: 'spring',
          scope: 'workspace',
          reason: 'imported',
          startedAt: AT,
          doneAt: AT,
          line: 4,
          offset: 61,
          added: 3,
          unchanged: 0,
          refused: 0,
          undoableUntil: AT,
        },
      ],
    },
  },
  faults: [],
  fields: {
    cursor: 'The `next` of the page before.',
    limit: 'How many at the most, 1 to 1000; 100 without it.',
    imports: 'The imports of your workspace.',
    next: 'Where to go on, as `cursor`.',
  },
}))

/** `POST /v1/imports/{name}/undo` */
export const undoImport = operation({
  id: 'undoImport',
  method: 'POST',
  path: '/v1/imports/:name{[\\w-]+}/undo',
  permission: 'imports:undo',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({ name: z.string(), cursor: z.optional(z.string()) }),
  addresses: () => BATCH_MAX,
  writes: true,
})

export const undoImportDoc = /* @__PURE__ */ documented(undoImport, () => ({
  chapter: 'Suppressions',
  summary: 'Undo an import',
  text: 'Lifts the suppressions that the import made, each with its event, except those about recipients of whom the ledger was told anything since, those that were there before, and `legal` ones: those stay, and are counted as `kept`. It works within 72 hours of its beginning, after that an operator can. Later imports that may have found the same people suppressed are undone first. From the first call on the import adds nothing more. A call lifts a part; call again with `cursor` while there is a `next`.',
  example: {},
  answer: {
    schema: z.strictObject({
      name: z.string(),
      lifted: z.int(),
      kept: z.int(),
      next: z.optional(z.string()),
    }),
    example: { name: 'spring', lifted: 3, kept: 0 },
  },
  faults: ['import.not_found', 'import.undo_expired', 'import.followed'],
  fields: {
    name: 'The import, as `GET /v1/imports` names it.',
    cursor: 'The `next` of the call before.',
    lifted: 'Suppressions that this call lifted.',
    kept: 'Suppressions of the import that this call left as they are.',
    next: 'Where to go on, as `cursor`. Without it, the undo is complete.',
  },
}))

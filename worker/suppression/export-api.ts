import * as z from 'zod/mini'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { FILTER_FIELDS, SUPPRESSION_FIELDS, suppression, suppressionFilters } from './api.ts'

/** `GET /v1/suppressions/export` */
export const exportSuppressions = operation({
  id: 'exportSuppressions',
  method: 'GET',
  path: '/v1/suppressions/export',
  permission: 'suppressions:read',
  input: z.strictObject({
    ...suppressionFilters,
    format: z._default(z.enum(['ndjson', 'csv']), 'ndjson'),
  }),
})

/** The last line of an answer that is not whole. */
export const failed = () => z.strictObject({ type: z.literal('failed'), code: z.string() })

/** Meaning of its fields. */
export const FAILED_FIELDS = {
  type: 'Says that the answer is not whole; only its last line can have it.',
  code: 'Why it ended before its end.',
}

/** The last line of an answer that is not whole. */
export type FailedLine = z.infer<ReturnType<typeof failed>>

const exportLine = /* @__PURE__ */ named(
  'ExportLine',
  () =>
    z.union([
      z.strictObject({
        address: z.optional(z.string()),
        addressId: z.string(),
        ...suppression().shape,
      }),
      failed(),
    ]),
  () => ({
    address: 'Where it is kept: in canonical form.',
    addressId: 'Names the recipient within your tenant, here as in events.',
    ...SUPPRESSION_FIELDS,
    ...FAILED_FIELDS,
  }),
)

/** A line of an export: a suppression, or at last why it is not whole. */
export type ExportLine = z.infer<ReturnType<typeof exportLine>>

export const exportSuppressionsDoc = /* @__PURE__ */ documented(exportSuppressions, () => ({
  chapter: 'Suppressions',
  summary: 'Export everything that is suppressed, oldest first',
  text: 'Each has the `addressId` of its recipient, and the address where it is kept; most are not, because a keyed hash is enough to deny. Read back by an import of the same tenant, it gives the same set. An export that cannot be finished says so in its last line, as `{"type":"failed","code":…}` or, as CSV, as `export failed: …` in the first column.',
  answer: {
    type: 'application/x-ndjson',
    schema: exportLine(),
    example: {
      addressId: '4yRwBt3LqGsAKc0t',
      id: 'sup_4yRwBt3LqGsAKc0tVq2ZkPz7',
      scope: 'workspace',
      reason: 'imported',
      source: 'import',
      since: AT,
    },
  },
  otherwise: [
    {
      type: 'text/csv',
      schema: z.string(),
      example: 'address,addressId,id,scope,topic,reason,source,since,until,purpose\r\n',
    },
  ],
  faults: ['topic.not_found'],
  fields: { ...FILTER_FIELDS, format: 'How it is written.' },
}))

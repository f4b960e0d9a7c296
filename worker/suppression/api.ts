import * as z from 'zod/mini'
import { BATCH_MAX } from '../../core/address.ts'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import { SOURCES, type Source } from '../../core/codes/source.ts'
import { pageLimit } from '../../core/page.ts'
import { exactlyOne } from '../../core/shape.ts'
import { documented, named, operation } from '../call/operation.ts'
import { refined } from '../call/zod-of.ts'
import { AT, WHO } from '../http/example.ts'
import { BATCH_LIMIT_BYTES, BODY_LIMIT_BYTES } from '../http/limits.ts'

const ID = 'sup_4yRwBt3LqGsAKc0tVq2ZkPz7'

/** Meaning of the fields of a suppression. */
export const SUPPRESSION_FIELDS = {
  id: 'Names it for good.',
  scope: 'How far it reaches.',
  topic: 'The topic it is about, where it reaches no further.',
  reason: 'Why there is no mail.',
  purpose: 'The only mail it keeps away: a bounce that nobody signed.',
  source: 'Whose word it is. What the recipient said, only the recipient takes back.',
  since: 'Since when it stands.',
  until: 'When it ends by itself. Left out when it does not.',
}

/** A suppression as senders see it. */
export const suppression = /* @__PURE__ */ named(
  'Suppression',
  () =>
    z.strictObject({
      id: z.string(),
      scope: z.enum(['tenant', 'workspace', 'topic']),
      topic: z.optional(z.string()),
      reason: z.enum(Object.keys(REASONS) as [Reason]),
      purpose: z.optional(z.literal('marketing')),
      source: z.enum(Object.keys(SOURCES) as [Source]),
      since: z.iso.datetime(),
      until: z.optional(z.iso.datetime()),
    }),
  () => SUPPRESSION_FIELDS,
)

/** A suppression as senders see it. */
export type SuppressionView = z.infer<ReturnType<typeof suppression>>

/** The filters of a list or export. */
export const suppressionFilters = {
  scope: z.optional(z.enum(['tenant', 'workspace', 'topic'])),
  topic: z.optional(z.string()),
  reason: z.optional(z.enum(Object.keys(REASONS) as [Reason])),
  source: z.optional(z.enum(Object.keys(SOURCES) as [Source])),
  since: z.optional(z.iso.datetime({ offset: true })),
}

/** The filters of a list or export. */
export type SuppressionFilter = {
  [K in keyof typeof suppressionFilters]?: z.infer<(typeof suppressionFilters)[K]>
}

const EXAMPLE = {
  id: ID,
  scope: 'topic',
  topic: 'news',
  reason: 'unsubscribed',
  source: 'recipient',
  since: AT,
}

/** Meaning of these filters. */
export const FILTER_FIELDS = {
  scope: 'Only what reaches so far.',
  topic: 'Only what is about this topic.',
  reason: 'Only what is there for this reason.',
  source: 'Only what is the word of these.',
  since: 'Only what stands since this moment or later.',
}

const entry = z
  .strictObject({
    address: z.optional(z.string()),
    sha256: z.optional(z.string()),
    scope: z.enum(['platform', 'tenant', 'workspace', 'topic']),
    topic: z.optional(z.string()),
    reason: z.enum(['unsubscribed', 'objected', 'complained', 'bounced', 'manual', 'legal', 'imported']),
    until: z.optional(z.iso.datetime({ offset: true })),
  })
  .check(
    refined(exactlyOne('address', 'sha256')),
    z.refine(entry => (entry.scope === 'topic') === (entry.topic !== undefined), {
      message: 'goes with the scope "topic", and only with it',
      path: ['topic'],
    }),
  )

/** `POST /v1/suppressions` */
export const addSuppressions = operation({
  id: 'addSuppressions',
  method: 'POST',
  path: '/v1/suppressions',
  permission: 'suppressions:write',
  limitBytes: BATCH_LIMIT_BYTES,
  input: z.strictObject({ entries: z.array(entry).check(z.maxLength(BATCH_MAX)) }),
  addresses: ({ entries }) => entries.length,
  writes: true,
})

export const addSuppressionsDoc = /* @__PURE__ */ documented(addSuppressions, () => ({
  chapter: 'Suppressions',
  summary: 'Add suppressions',
  text: 'Up to 10,000 entries, all in one transaction. An entry never weakens or shortens what is there. The scope `platform` needs the permission `platform_suppressions:write` as well, the reason `legal` the permission `legal_suppressions:write`: only an operator lifts what it adds.',
  example: { entries: [{ address: 'bob@example.com', scope: 'workspace', reason: 'manual' }] },
  answer: {
    schema: z.strictObject({
      results: z.array(
        z.strictObject({
          address: z.optional(z.string()),
          sha256: z.optional(z.string()),
          outcome: z.enum(['added', 'unchanged', 'accepted', 'refused']),
          id: z.optional(z.string()),
          error: z.optional(z.enum(['invalid_address', 'unknown_topic', 'until_in_the_past'])),
        }),
      ),
    }),
    example: { results: [{ address: 'bob@example.com', outcome: 'added', id: ID }] },
  },
  further: ['platform_suppressions:write', 'legal_suppressions:write'],
  faults: ['cluster.unavailable'],
  fields: {
    entries: 'Up to 10,000 of them.',
    'entries[].address': `${WHO.address} Give it or \`sha256\`.`,
    'entries[].sha256': WHO.sha256,
    'entries[].scope': 'How far it reaches.',
    'entries[].topic': 'With the scope `topic`: which.',
    'entries[].reason': 'Why there is to be no mail.',
    'entries[].until': 'When it ends by itself. Without it, it does not.',
    results: 'One for each entry, in the order given.',
    'results[].address': 'As you sent it.',
    'results[].sha256': 'As you sent it.',
    'results[].outcome':
      '`unchanged`: something at least as far-reaching was there. `accepted`: in effect, and not known yet which of the two it is. `refused`: nothing was written for this entry.',
    'results[].id': 'The suppression.',
    'results[].error': 'Why an entry was refused.',
  },
}))

/** `GET /v1/suppressions` */
export const listSuppressions = operation({
  id: 'listSuppressions',
  method: 'GET',
  path: '/v1/suppressions',
  permission: 'suppressions:read',
  input: z.strictObject({
    ...suppressionFilters,
    cursor: z.optional(z.string()),
    limit: pageLimit,
  }),
})

export const listSuppressionsDoc = /* @__PURE__ */ documented(listSuppressions, () => ({
  chapter: 'Suppressions',
  summary: 'List suppressions, newest first',
  text: 'A page may hold fewer than `limit`, even none, and still have a `next`: go on while there is one.',
  answer: {
    schema: z.strictObject({ suppressions: z.array(suppression()), next: z.optional(z.string()) }),
    example: { suppressions: [EXAMPLE] },
  },
  faults: ['topic.not_found'],
  fields: {
    ...FILTER_FIELDS,
    cursor: 'The `next` of the page before.',
    limit: 'How many at the most, 1 to 1000; 100 without it.',
    suppressions: 'What stands now, within your sight: your workspace and your whole tenant.',
    next: 'Where to go on, as `cursor`.',
  },
}))

/** `POST /v1/suppressions/find` */
export const findSuppressions = operation({
  id: 'findSuppressions',
  method: 'POST',
  path: '/v1/suppressions/find',
  permission: 'suppressions:read',
  limitBytes: BODY_LIMIT_BYTES,
  input: z
    .strictObject({ address: z.optional(z.string()), sha256: z.optional(z.string()) })
    .check(refined(exactlyOne('address', 'sha256'))),
})

export const findSuppressionsDoc = /* @__PURE__ */ documented(findSuppressions, () => ({
  chapter: 'Suppressions',
  summary: 'Find everything that keeps one recipient from you',
  text: 'In a body, because an address has no place in a URL.',
  example: { address: 'bob@example.com' },
  answer: {
    schema: z.strictObject({ suppressions: z.array(suppression()) }),
    example: { suppressions: [EXAMPLE] },
  },
  faults: [],
  fields: {
    address: `${WHO.address} Give it or \`sha256\`.`,
    sha256: WHO.sha256,
    suppressions: 'All of them, apart from the platform’s own.',
  },
}))

/** `GET /v1/suppressions/{id}` */
export const getSuppression = operation({
  id: 'getSuppression',
  method: 'GET',
  path: '/v1/suppressions/:id{sup_[\\w-]+}',
  permission: 'suppressions:read',
  input: z.strictObject({ id: z.string() }),
})

export const getSuppressionDoc = /* @__PURE__ */ documented(getSuppression, () => ({
  chapter: 'Suppressions',
  summary: 'Get one suppression',
  answer: { schema: suppression(), example: EXAMPLE },
  faults: ['suppression.not_found'],
  fields: { id: 'Names the suppression.' },
}))

/** `DELETE /v1/suppressions/{id}` */
export const liftSuppression = operation({
  id: 'liftSuppression',
  method: 'DELETE',
  path: '/v1/suppressions/:id{sup_[\\w-]+}',
  permission: 'suppressions:write',
  input: z.strictObject({ id: z.string() }),
  writes: true,
})

export const liftSuppressionDoc = /* @__PURE__ */ documented(liftSuppression, () => ({
  chapter: 'Suppressions',
  summary: 'Lift a suppression that is yours to lift',
  answer: {
    schema: z.strictObject({ id: z.string(), outcome: z.enum(['lifted', 'accepted']) }),
    example: { id: ID, outcome: 'lifted' },
  },
  faults: ['suppression.not_found', 'suppression.recipient_made', 'suppression.legal', 'suppression.changed'],
  fields: {
    id: 'Names the suppression.',
    outcome:
      '`lifted`: mail may go again, as far as this one is concerned. `accepted`: it may once the database is back.',
  },
}))

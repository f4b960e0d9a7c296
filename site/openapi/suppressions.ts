import * as z from 'zod/mini'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import { SOURCES, type Source } from '../../core/codes/source.ts'
import { FindInput, IdInput } from '../../worker/suppression/find.ts'
import { ListInput } from '../../worker/suppression/list.ts'
import { SuppressInput } from '../../worker/suppression/suppress.ts'
import { AT, type Operation, WHO } from './operation.ts'

const ID = `sup_${'4yRwBt3LqGsAKc0tVq2ZkPz7'}`

/** A suppression, as it is listed. */
export const SuppressionSchema = {
  id: z.string(),
  scope: z.enum(['tenant', 'workspace', 'topic']),
  topic: z.optional(z.string()),
  reason: z.enum(Object.keys(REASONS) as [Reason]),
  purpose: z.optional(z.literal('marketing')),
  source: z.enum(Object.keys(SOURCES) as [Source]),
  since: z.iso.datetime(),
  until: z.optional(z.iso.datetime()),
}

/** What the fields of a suppression mean, under a path. */
export const suppressionFields = (path = ''): Record<string, string> => ({
  [`${path}id`]: 'Names it for good.',
  [`${path}scope`]: 'How far it reaches.',
  [`${path}topic`]: 'The topic it is about, where it reaches no further.',
  [`${path}reason`]: 'Why there is no mail.',
  [`${path}purpose`]: 'The only mail it keeps away: a bounce that nobody signed.',
  [`${path}source`]: 'Whose word it is. What the recipient said, only the recipient takes back.',
  [`${path}since`]: 'Since when it stands.',
  [`${path}until`]: 'When it ends by itself. Left out when it does not.',
})

const listed = z.strictObject(SuppressionSchema)
const EXAMPLE = {
  id: ID,
  scope: 'topic',
  topic: 'news',
  reason: 'unsubscribed',
  source: 'recipient',
  since: AT,
}

/** What a list or an export can be narrowed by. */
export const FILTERS = {
  scope: 'Only what reaches so far.',
  topic: 'Only what is about this topic.',
  reason: 'Only what is there for this reason.',
  source: 'Only what is the word of these.',
  since: 'Only what stands since this moment or later.',
}

/** The suppression list. */
export const SUPPRESSIONS: Operation[] = [
  {
    id: 'addSuppressions',
    writes: true,
    method: 'post',
    path: '/v1/suppressions',
    chapter: 'Suppressions',
    summary: 'Add suppressions',
    text: 'Up to 10,000 entries, all in one transaction. An entry never weakens or shortens what is there. The scope `platform` needs the permission `platform_suppressions:write` as well.',
    permission: 'suppressions:write',
    body: [
      {
        schema: SuppressInput,
        example: { entries: [{ address: 'bob@example.com', scope: 'workspace', reason: 'manual' }] },
      },
    ],
    answer: [
      {
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
    ],
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
  },
  {
    id: 'listSuppressions',
    method: 'get',
    path: '/v1/suppressions',
    chapter: 'Suppressions',
    summary: 'List suppressions, newest first',
    text: 'A page may hold fewer than `limit`, even none, and still have a `next`: go on while there is one.',
    permission: 'suppressions:read',
    query: ListInput,
    answer: [
      {
        schema: z.strictObject({ suppressions: z.array(listed), next: z.optional(z.string()) }),
        example: { suppressions: [EXAMPLE] },
      },
    ],
    faults: ['topic.not_found'],
    fields: {
      ...FILTERS,
      cursor: 'The `next` of the page before.',
      limit: 'How many at the most, 1 to 1000; 100 without it.',
      suppressions: 'What stands now, within your sight: your workspace and your whole tenant.',
      ...suppressionFields('suppressions[].'),
      next: 'Where to go on, as `cursor`.',
    },
  },
  {
    id: 'findSuppressions',
    method: 'post',
    path: '/v1/suppressions/find',
    chapter: 'Suppressions',
    summary: 'Find everything that keeps one recipient from you',
    text: 'In a body, because an address has no place in a URL.',
    permission: 'suppressions:read',
    body: [{ schema: FindInput, example: { address: 'bob@example.com' } }],
    answer: [
      { schema: z.strictObject({ suppressions: z.array(listed) }), example: { suppressions: [EXAMPLE] } },
    ],
    fields: {
      address: `${WHO.address} Give it or \`sha256\`.`,
      sha256: WHO.sha256,
      suppressions: 'All of them, apart from the platform’s own.',
      ...suppressionFields('suppressions[].'),
    },
  },
  {
    id: 'getSuppression',
    method: 'get',
    path: '/v1/suppressions/{id}',
    chapter: 'Suppressions',
    summary: 'Get one suppression',
    permission: 'suppressions:read',
    query: IdInput,
    answer: [{ schema: listed, example: EXAMPLE }],
    faults: ['suppression.not_found'],
    fields: suppressionFields(),
  },
  {
    id: 'liftSuppression',
    writes: true,
    method: 'delete',
    path: '/v1/suppressions/{id}',
    chapter: 'Suppressions',
    summary: 'Lift a suppression that is yours to lift',
    permission: 'suppressions:write',
    query: IdInput,
    answer: [
      {
        schema: z.strictObject({ id: z.string(), outcome: z.enum(['lifted', 'accepted']) }),
        example: { id: ID, outcome: 'lifted' },
      },
    ],
    faults: [
      'suppression.not_found',
      'suppression.recipient_made',
      'suppression.legal',
      'suppression.changed',
    ],
    fields: {
      id: 'Names the suppression.',
      outcome:
        '`lifted`: mail may go again, as far as this one is concerned. `accepted`: it may once the database is back.',
    },
  },
]

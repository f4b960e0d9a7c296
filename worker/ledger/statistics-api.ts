import * as z from 'zod/mini'
import { pageLimit } from '../../core/page.ts'
import { documented, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { eventType, typesFilter } from './api.ts'

/** Most days of one call: a year, leap years included. */
export const DAYS_MAX = 366
/** Days of a call that does not say since when. */
export const DAYS_DEFAULT = 30

const day = z.optional(z.iso.date('must be a day such as 2026-11-20'))

/** `GET /v1/stats` */
export const readStatistics = operation({
  id: 'readStatistics',
  method: 'GET',
  path: '/v1/stats',
  permission: 'events:read',
  input: z.strictObject({
    from: day,
    to: day,
    topic: z.optional(z.string()),
    types: typesFilter,
    cursor: z.optional(z.string()),
    limit: pageLimit,
  }),
})

export const readStatisticsDoc = /* @__PURE__ */ documented(readStatistics, () => ({
  chapter: 'Ledger',
  summary: 'Count what happened, by day',
  text: `The events of your workspace by UTC day, type, topic, reason and channel: one row for each combination that occurred. Events are counted within minutes; \`upTo\` says how far that is. What leaves no event, such as a check or a minted link, is not counted. A page may hold fewer than \`limit\`, even none, and still have a \`next\`: go on while there is one.`,
  answer: {
    schema: z.strictObject({
      from: z.iso.date(),
      to: z.iso.date(),
      upTo: z.iso.datetime(),
      counts: z.array(
        z.strictObject({
          day: z.iso.date(),
          type: eventType(),
          topic: z.optional(z.string()),
          reason: z.optional(z.string()),
          via: z.optional(z.string()),
          count: z.int(),
        }),
      ),
      next: z.optional(z.string()),
    }),
    example: {
      from: '2026-11-01',
      to: '2026-11-30',
      upTo: AT,
      counts: [
        {
          day: '2026-11-20',
          type: 'suppression.added',
          topic: 'news',
          reason: 'unsubscribed',
          via: 'one-click',
          count: 12,
        },
      ],
    },
  },
  faults: ['topic.not_found'],
  fields: {
    from: `The first day, UTC. Without it, ${DAYS_DEFAULT} days end with the last one.`,
    to: `The last day, which is included; today without it. At most ${DAYS_MAX} days in all.`,
    topic: 'Only what is about this topic.',
    types:
      'Kinds of event, by commas: `suppression.added`, or `consent.*` for all of a noun. All without it.',
    cursor: 'The `next` of the page before.',
    limit: 'How many rows at the most, 1 to 1000; 100 without it.',
    upTo: 'Everything in the ledger from before that is counted. What came later follows.',
    counts: 'The oldest day first.',
    'counts[].day': 'UTC.',
    'counts[].type': 'The type of the events.',
    'counts[].topic':
      'The topic. An event about several counts in each. Left out where events name none, such as an unsubscribe from everything.',
    'counts[].reason':
      'Why: the `reason`, `kind` or `right` in their `data`; of `personal_data.read`, what was read.',
    'counts[].via':
      'How it came about: the `via` in their `data`, such as `one-click`, `page`, `api` or `import`.',
    'counts[].count': 'How many. An event that stands for several (`count` in its `data`) counts as so many.',
    next: 'Where to go on, as `cursor`.',
  },
}))

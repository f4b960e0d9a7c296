import * as z from 'zod/mini'
import { pageLimit } from '../../core/page.ts'
import { documented, named, operation } from '../call/operation.ts'

/** `GET /v1/topics` */
export const listTopics = operation({
  id: 'listTopics',
  method: 'GET',
  path: '/v1/topics',
  permission: 'topics:read',
  input: z.strictObject({ cursor: z.optional(z.string()), limit: pageLimit }),
})

const topic = /* @__PURE__ */ named(
  'Topic',
  () =>
    z.strictObject({
      number: z.int(),
      name: z.string(),
      displayName: z.string(),
      description: z.string(),
      kind: z.enum(['marketing', 'transactional']),
      consent: z.enum(['opt_in', 'opt_out']),
      frequency: z.optional(z.string()),
    }),
  () => ({
    number: 'What the `data` of events calls it.',
    name: 'What calls name it by.',
    displayName: 'What recipients read.',
    description: 'What it is.',
    kind: 'A check of `marketing` has to name it; `transactional` is mail that is owed, which nobody can unsubscribe from.',
    consent: 'Whether its mail needs a confirmed consent (`opt_in`).',
    frequency: 'How often it comes, in your words.',
  }),
)

export const listTopicsDoc = /* @__PURE__ */ documented(listTopics, () => ({
  chapter: 'Before you send',
  summary: 'List the topics of your workspace',
  text: 'In the order they were made. Checks and links name one of them by its `name`.',
  answer: {
    schema: z.strictObject({ topics: z.array(topic()), next: z.optional(z.string()) }),
    example: {
      topics: [
        {
          number: 1,
          name: 'news',
          displayName: 'News',
          description: 'What is new.',
          kind: 'marketing',
          consent: 'opt_out',
          frequency: 'About twice a month',
        },
      ],
    },
  },
  faults: [],
  fields: {
    limit: 'How many at most: 1 to 1,000, 100 when nothing is said.',
    cursor: 'The `next` of the page before.',
    topics: 'Up to `limit` of them.',
    next: 'Ask on with it; left out on the last page.',
  },
}))

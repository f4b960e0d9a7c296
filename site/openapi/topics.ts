import * as z from 'zod/mini'
import { ListTopicsInput } from '../../worker/topic/list.ts'
import type { Operation } from './operation.ts'

/** What there is to name in a check. */
export const TOPICS: Operation[] = [
  {
    id: 'listTopics',
    method: 'get',
    path: '/v1/topics',
    chapter: 'Before you send',
    summary: 'List the topics of your workspace',
    text: 'In the order they were made. Checks and links name one of them by its `name`.',
    permission: 'topics:read',
    query: ListTopicsInput,
    answer: [
      {
        schema: z.strictObject({
          topics: z.array(
            z.strictObject({
              number: z.int(),
              name: z.string(),
              displayName: z.string(),
              description: z.string(),
              kind: z.enum(['marketing', 'transactional']),
              consent: z.enum(['opt_in', 'opt_out']),
              frequency: z.optional(z.string()),
            }),
          ),
          next: z.optional(z.string()),
        }),
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
    ],
    fields: {
      limit: 'How many at most: 1 to 1,000, 100 when nothing is said.',
      cursor: 'The `next` of the page before.',
      topics: 'Up to `limit` of them.',
      'topics[].number': 'What events call it.',
      'topics[].name': 'What calls name it by.',
      'topics[].displayName': 'What recipients read.',
      'topics[].description': 'What it is.',
      'topics[].kind':
        'A check of `marketing` has to name it; `transactional` is mail that is owed, which nobody can unsubscribe from.',
      'topics[].consent': 'Whether its mail needs a confirmed consent (`opt_in`).',
      'topics[].frequency': 'How often it comes, in your words.',
      next: 'Ask on with it; left out on the last page.',
    },
  },
]

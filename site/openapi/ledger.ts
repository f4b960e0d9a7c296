import * as z from 'zod/mini'
import { EventsInput } from '../../worker/ledger/read.ts'
import { AT, type Operation } from './operation.ts'

/** An event, as senders see it. */
export const EventSchema = {
  id: z.uuid(),
  at: z.iso.datetime(),
  type: z.string(),
  actor: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
  leaf: z.string(),
}

/** What the fields of an event mean, under a path. */
export const eventFields = (path: string): Record<string, string> => ({
  [`${path}id`]: 'A UUIDv7.',
  [`${path}at`]: 'When it happened.',
  [`${path}type`]: 'What happened: `noun.past_tense`.',
  [`${path}actor`]: 'Who did it: `recipient`, `operator`, `floe` or the name of an API key.',
  [`${path}subject`]: 'What it happened to, such as the id of a suppression.',
  [`${path}data`]: 'Facts about it. Never personal data.',
  [`${path}leaf`]:
    'The leaf hash of the entry, in hex: SHA-256 over a zero octet and the canonical entry (RFC 6962).',
})

/** The ledger. */
export const LEDGER: Operation[] = [
  {
    id: 'readEvents',
    method: 'get',
    path: '/v1/events',
    chapter: 'Ledger',
    summary: 'Read the ledger, in order',
    text: 'Resumable: keep `next`, ask on with it, at once while there is `more`. Nothing ever appears behind a cursor.',
    permission: 'events:read',
    query: EventsInput,
    answer: [
      {
        schema: z.strictObject({
          events: z.array(z.strictObject(EventSchema)),
          next: z.string(),
          more: z.boolean(),
        }),
        example: {
          events: [
            {
              id: '019aa0c4-7d10-7b3e-9f41-5a7d1c2e3f40',
              at: AT,
              type: 'suppression.added',
              actor: 'recipient',
              subject: 'sup_4yRwBt3LqGsAKc0tVq2ZkPz7',
              data: { reason: 'unsubscribed', scope: 'topic', topic: 1, until: null, via: 'one-click' },
              leaf: '9f'.repeat(32),
            },
          ],
          next: 'AAECAwQFBgcICQoLDA0ODw',
          more: false,
        },
      },
    ],
    fields: {
      after: 'The `next` of the answer before.',
      limit: 'How many at the most, 1 to 1000; 100 without it.',
      events: 'What happened, oldest first.',
      ...eventFields('events[].'),
      next: 'Where to go on, as `after`. Always there.',
      more: 'Whether to ask on at once.',
    },
  },
]

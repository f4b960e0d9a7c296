import * as z from 'zod/mini'
import { IdentifyInput } from '../../worker/ledger/identify.ts'
import { EventsInput } from '../../worker/ledger/read.ts'
import { AT, type Operation } from './operation.ts'

/** An event, as senders see it. */
export const EventSchema = {
  id: z.uuid(),
  at: z.iso.datetime(),
  type: z.string(),
  actor: z.string(),
  addressId: z.optional(z.string()),
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
  [`${path}addressId`]:
    'Whom it is about, where it is about somebody: what `POST /v1/address-ids` answers for their address.',
  [`${path}subject`]: 'What it happened to, such as the id of a suppression.',
  [`${path}data`]: 'Facts about it. Never personal data.',
  [`${path}leaf`]:
    'The leaf hash of the entry, in hex: SHA-256 over a zero byte and the canonical entry (RFC 6962).',
})

/** The ledger. */
export const LEDGER: Operation[] = [
  {
    id: 'readEvents',
    method: 'get',
    path: '/v1/events',
    chapter: 'Ledger',
    summary: 'Read the ledger, in order',
    text: 'Resumable: keep `next`, ask on with it, at once while there is `more`. Nothing ever appears behind a cursor. Evidence that was sealed about recipients needs `evidence:read` as well.',
    permission: 'events:read',
    query: EventsInput,
    answer: [
      {
        schema: z.strictObject({
          events: z.array(
            z.strictObject({
              ...EventSchema,
              evidence: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
            }),
          ),
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
              addressId: '4yRwBt3LqGsAKc0t',
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
      types:
        'Kinds of event, by commas: `suppression.added`, or `consent.*` for all of a noun. All of them without it.',
      wait: 'How many seconds to wait for something to happen, up to 25.',
      evidence: '`true` for what was sealed about recipients as well.',
      events: 'What happened, oldest first.',
      ...eventFields('events[].'),
      'events[].evidence': 'What shows how a consent came about; null once the person was erased.',
      next: 'Where to go on, as `after`. Always there.',
      more: 'Whether to ask on at once.',
    },
  },
  {
    id: 'identifyAddresses',
    method: 'post',
    path: '/v1/address-ids',
    chapter: 'Ledger',
    summary: 'Tell under which ids recipients stand in the ledger',
    text: 'Events say whom they are about by an id, which leads to no address. You know the addresses: ask for their ids, up to 10,000 a call, and keep them beside yours.',
    permission: 'events:read',
    body: [{ schema: IdentifyInput, example: { addresses: ['ada@example.com', 'nobody'] } }],
    answer: [
      {
        schema: z.strictObject({
          results: z.array(
            z.strictObject({
              address: z.optional(z.string()),
              sha256: z.optional(z.string()),
              addressId: z.optional(z.string()),
              error: z.optional(z.literal('invalid_address')),
            }),
          ),
        }),
        example: {
          results: [
            { address: 'ada@example.com', addressId: '4yRwBt3LqGsAKc0t' },
            { address: 'nobody', error: 'invalid_address' },
          ],
        },
      },
    ],
    fields: {
      addresses: 'Up to 10,000 addresses, in whatever spelling.',
      sha256: 'Or the hex SHA-256 of each in canonical form.',
      results: 'One for each, in the order asked.',
      'results[].address': 'As you sent it.',
      'results[].sha256': 'As you sent it.',
      'results[].addressId': 'The id, 16 characters; at another tenant the same person has another one.',
      'results[].error': 'It is no address.',
    },
  },
]

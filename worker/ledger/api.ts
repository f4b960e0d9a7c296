import * as z from 'zod/mini'
import { BATCH_MAX } from '../../core/address.ts'
import { EVENT_TYPES } from '../../core/event.ts'
import { pageLimit } from '../../core/page.ts'
import { exactlyOne } from '../../core/shape.ts'
import { documented, named, operation } from '../call/operation.ts'
import { queryFlag } from '../call/query-flag.ts'
import { refined } from '../call/zod-of.ts'
import { AT, under } from '../http/example.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'
import { isPattern, typesOf } from './event-filter.ts'

/** The longest wait for an event, shorter than the timeouts of proxies and browsers. */
const WAIT_MAX_SECONDS = 25
const WAIT_RANGE = `must be 0 to ${WAIT_MAX_SECONDS} seconds`

const items = z.optional(z.array(z.string()).check(z.maxLength(BATCH_MAX)))

/** Meaning of the fields of an event. */
export const EVENT_FIELDS = {
  id: 'A UUIDv7.',
  at: 'When it happened.',
  type: 'What happened: `noun.past_tense`. There may be more of them in a later version.',
  actor:
    'Who did it: `recipient`, `visitor` (somebody who filled in a sign-up form), `floe`, `mail_server`, the name of an API key, or `operator:cli:…` for an operator at a command line. Events from before commands asked for a name have `operator`.',
  addressId:
    'Whom it is about, where it is about somebody: what `POST /v1/address-ids` answers for their address.',
  subject: 'What it happened to, such as the id of a suppression.',
  topic: 'The name of the topic it is about, where it is about one. `data` has its number.',
  data: 'Facts about it, as the leaf hash covers them. Never personal data.',
  leaf: 'The leaf hash of the entry, in hex: SHA-256 over a zero byte and the canonical entry (RFC 6962).',
}

export const eventType = /* @__PURE__ */ named('EventType', () => z.enum(EVENT_TYPES))

/** Schema of a query's `types`: names of types and nouns (`consent.*`), by commas. */
export const typesFilter = z.optional(
  z.pipe(
    z
      .string()
      .check(
        z.refine(
          text => text.split(',').every(isPattern),
          'must name kinds of event, such as suppression.added,consent.*',
        ),
      ),
    z.transform((text: string) => typesOf(text.split(','))),
  ),
)

/** An event as senders see it: without an address, and without anything that leads to one except by the sender's own key. */
export const event = /* @__PURE__ */ named(
  'Event',
  () =>
    z.strictObject({
      id: z.uuid(),
      at: z.iso.datetime(),
      type: eventType(),
      actor: z.string(),
      addressId: z.optional(z.string()),
      subject: z.string(),
      topic: z.optional(z.string()),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      leaf: z.string(),
    }),
  () => EVENT_FIELDS,
)

/** An event as senders see it. */
export type EventView = z.infer<ReturnType<typeof event>>

/** `GET /v1/events` */
export const readEvents = operation({
  id: 'readEvents',
  method: 'GET',
  path: '/v1/events',
  permission: 'events:read',
  input: z.strictObject({
    after: z.optional(z.string()),
    limit: pageLimit,
    types: typesFilter,
    wait: z._default(
      z.pipe(
        z.string().check(z.regex(/^\d{1,2}$/, WAIT_RANGE)),
        z.pipe(
          z.transform((text: string) => Number(text)),
          z.int().check(z.minimum(0), z.maximum(WAIT_MAX_SECONDS, WAIT_RANGE)),
        ),
      ),
      0,
    ),
    evidence: queryFlag(),
  }),
})

export const readEventsDoc = /* @__PURE__ */ documented(readEvents, () => ({
  chapter: 'Ledger',
  summary: 'Read the ledger, in order',
  text: 'Resumable: keep `next`, ask on with it, at once while there is `more`. Nothing ever appears behind a cursor. Evidence that was sealed about recipients needs `evidence:read` as well.',
  answer: {
    schema: z.strictObject({
      events: z.array(
        z.strictObject({
          ...event().shape,
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
  further: ['evidence:read'],
  faults: [],
  fields: {
    after: 'The `next` of the answer before.',
    limit: 'How many at the most, 1 to 1000; 100 without it.',
    types:
      'Kinds of event, by commas: `suppression.added`, or `consent.*` for all of a noun. All of them without it.',
    wait: 'How many seconds to wait for something to happen, up to 25.',
    evidence: '`true` for what was sealed about recipients as well.',
    events: 'What happened, oldest first.',
    ...under('events[].', EVENT_FIELDS),
    'events[].evidence': 'What shows how a consent came about; null once the person was erased.',
    next: 'Where to go on, as `after`. Always there.',
    more: 'Whether to ask on at once.',
  },
}))

/** `POST /v1/address-ids` */
export const identifyAddresses = operation({
  id: 'identifyAddresses',
  method: 'POST',
  path: '/v1/address-ids',
  permission: 'events:read',
  limitBytes: BATCH_LIMIT_BYTES,
  input: z
    .strictObject({ addresses: items, sha256: items })
    .check(refined(exactlyOne('addresses', 'sha256'))),
  addresses: ({ addresses, sha256 }) => (addresses ?? sha256 ?? []).length,
})

export const identifyAddressesDoc = /* @__PURE__ */ documented(identifyAddresses, () => ({
  chapter: 'Ledger',
  summary: 'Tell under which ids recipients stand in the ledger',
  text: 'Events say whom they are about by an id, which leads to no address. You know the addresses: ask for their ids, up to 10,000 a call, and keep them beside yours.',
  example: { addresses: ['ada@example.com', 'nobody'] },
  answer: {
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
  faults: [],
  fields: {
    addresses: 'Up to 10,000 addresses, in whatever spelling.',
    sha256: 'Or the hex SHA-256 of each in canonical form.',
    results: 'One for each, in the order asked.',
    'results[].address': 'As you sent it.',
    'results[].sha256': 'As you sent it.',
    'results[].addressId': 'The id, 16 characters; at another tenant the same person has another one.',
    'results[].error': 'It is no address.',
  },
}))

import * as z from 'zod/mini'
import { BATCH_MAX } from '../../core/address.ts'
import { LACKS, type LackName } from '../../core/codes/lack.ts'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import { exactlyOne, list, object, oneOf, optional, text, withDefault } from '../../core/shape.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'

const items = optional(list(text(), BATCH_MAX))

/** `POST /v1/check` */
export const checkAddresses = operation({
  id: 'checkAddresses',
  method: 'POST',
  path: '/v1/check',
  permission: 'addresses:check',
  limitBytes: BATCH_LIMIT_BYTES,
  input: object(
    {
      topic: optional(text()),
      addresses: items,
      sha256: items,
      purpose: withDefault(oneOf(['marketing', 'transactional']), 'marketing'),
      freshness: withDefault(oneOf(['latest', 'nearby']), 'latest'),
    },
    exactlyOne('addresses', 'sha256'),
    // A one-click is about a topic, so a check without one would allow recipients who left it.
    {
      field: 'topic',
      message: 'is needed: name what the mail is about; GET /v1/topics lists your topics',
      holds: input => input.purpose === 'transactional' || input.topic !== undefined,
    },
  ),
  addresses: ({ addresses, sha256 }) => (addresses ?? sha256 ?? []).length,
})

const decision = /* @__PURE__ */ named(
  'Decision',
  () =>
    z.strictObject({
      address: z.optional(z.string()),
      sha256: z.optional(z.string()),
      decision: z.enum(['allow', 'deny']),
      reason: z.optional(
        z.enum([
          'invalid_address',
          ...(Object.keys(REASONS) as Reason[]),
          ...(Object.keys(LACKS) as LackName[]),
        ]),
      ),
      scope: z.optional(z.enum(['platform', 'tenant', 'workspace', 'topic'])),
      since: z.optional(z.iso.datetime()),
      until: z.optional(z.iso.datetime()),
    }),
  () => ({
    address: 'As you sent it.',
    sha256: 'As you sent it.',
    decision: '`deny` means do not send.',
    reason: 'Why not: the strongest of what stands against the recipient, or what their consent lacks.',
    scope: 'How far the reason reaches.',
    since: 'Since when it stands.',
    until: 'When it ends by itself.',
  }),
)

/** The answer for one recipient. */
export type CheckResult = z.infer<ReturnType<typeof decision>>

export const checkAddressesDoc = /* @__PURE__ */ documented(checkAddresses, () => ({
  chapter: 'Before you send',
  summary: 'Ask which recipients may be mailed',
  text: 'Up to 10,000 recipients, answered in order, duplicates kept, in one database round trip. Ask right before the hand-off and keep no answers: an unsubscribe counts from the moment it is answered. Anything but a 200 means do not send.',
  example: { topic: 'news', addresses: ['ada@example.com', 'bob@example.com'] },
  answer: {
    schema: z.strictObject({
      asOf: z.iso.datetime(),
      results: z.array(decision()),
    }),
    example: {
      asOf: AT,
      results: [
        { address: 'ada@example.com', decision: 'allow' },
        {
          address: 'bob@example.com',
          decision: 'deny',
          reason: 'unsubscribed',
          scope: 'topic',
          since: AT,
        },
      ],
    },
  },
  faults: ['topic.not_found'],
  fields: {
    topic:
      'What the mail is about, by the name of one of your topics (`GET /v1/topics`). It may be left out where `purpose` is `transactional`, and nowhere else: what recipients leave by one click is a topic.',
    addresses: 'Up to 10,000 addresses. Give these or `sha256`.',
    sha256: 'Up to 10,000 hex SHA-256 of addresses in canonical form. Give these or `addresses`.',
    purpose:
      '`transactional` passes unsubscribes, pauses and what nobody signed of a bounce; never a proven bounce, a complaint or a legal order. It is for topics of that kind, or for none.',
    freshness:
      '`latest` misses nothing acknowledged before the call. `nearby` asks the nearest copy that is at most 5 s behind, and may miss what was denied within the last second.',
    asOf: 'The moment the answer is true for: it misses nothing that was acknowledged before.',
    results: 'One for each recipient, in the order given.',
  },
}))

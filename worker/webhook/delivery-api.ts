import * as z from 'zod/mini'
import { DELIVERY_STATES } from '../../core/codes/webhook.ts'
import { pageLimit } from '../../core/page.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { event } from '../ledger/api.ts'
import { ENDPOINT_NAME, ENDPOINT_PATH } from './api.ts'

type DeliveryState = keyof typeof DELIVERY_STATES

const delivery = /* @__PURE__ */ named(
  'WebhookDelivery',
  () =>
    z.strictObject({
      eventId: z.uuid(),
      type: z.string(),
      at: z.iso.datetime(),
      state: z.enum(Object.keys(DELIVERY_STATES) as [DeliveryState]),
      attempts: z.int(),
      firstAttemptAt: z.optional(z.iso.datetime()),
      nextAttemptAt: z.optional(z.iso.datetime()),
      code: z.optional(z.string()),
    }),
  () => ({
    eventId: 'The event, as `GET /v1/events` has it.',
    type: 'What happened.',
    at: 'When it happened.',
    state: 'Whether it waits or was given up.',
    attempts: 'How often it was tried.',
    firstAttemptAt: 'When it was first tried.',
    nextAttemptAt: 'When it is tried again.',
    code: 'What the last attempt met.',
  }),
)

/** A delivery that failed or waits. */
export type DeliveryView = z.infer<ReturnType<typeof delivery>>

/** The type of an event that `testWebhook` sends. It stands in no ledger. */
export const TEST_EVENT = 'webhook_endpoint.test'

const envelope = (type: z.ZodMiniType<string>, data: z.ZodMiniType) =>
  z.strictObject({
    specversion: z.literal('1.0'),
    id: z.uuid(),
    source: z.url(),
    type,
    subject: z.string(),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    data,
  })

/** A delivery: an event of the ledger as a CloudEvent in structured JSON (CloudEvents 1.0). */
export const cloudEvent = /* @__PURE__ */ named(
  'CloudEvent',
  () => z.union([envelope(event().shape.type, event()), envelope(z.literal(TEST_EVENT), z.strictObject({}))]),
  () => ({
    specversion: 'The version of CloudEvents.',
    id: 'The id of the event: the same at each attempt.',
    source: 'The ledger it stands in.',
    type: 'What happened.',
    subject: 'What it happened to.',
    time: 'When it happened.',
    datacontenttype: 'What `data` is.',
    data: 'The event, as `GET /v1/events` answers it; nothing for a test event.',
  }),
)

/** `POST /v1/webhook-endpoints/{endpoint}/test` */
export const testWebhook = operation({
  id: 'testWebhook',
  method: 'POST',
  path: `${ENDPOINT_PATH}/test`,
  permission: 'webhooks:write',
  input: z.strictObject({ endpoint: z.string() }),
})

export const testWebhookDoc = /* @__PURE__ */ documented(testWebhook, () => ({
  chapter: 'Webhooks',
  summary: 'Send a test event now',
  text: 'Of the type `webhook_endpoint.test`, signed as all are, whether the endpoint is enabled or not. It stands in no ledger. Costs 600 units.',
  answer: {
    schema: z.strictObject({
      eventId: z.uuid(),
      outcome: z.enum(['delivered', 'refused', 'failed', 'gone']),
      code: z.optional(z.string()),
    }),
    example: { eventId: '019aa0c4-7d10-7b3e-9f41-5a7d1c2e3f40', outcome: 'failed', code: 'http.500' },
  },
  faults: ['webhook_endpoint.not_found'],
  fields: {
    ...ENDPOINT_NAME,
    eventId: 'The `webhook-id` it carried.',
    outcome: '`refused`: about this event; `failed`: nobody was met who could take it; `gone`: 410.',
    code: 'Why it was not delivered: `http.` and a status, `timeout`, `connection`, or `target.` and why its host may not be reached.',
  },
}))

/** `GET /v1/webhook-endpoints/{endpoint}/deliveries` */
export const listWebhookDeliveries = operation({
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: `${ENDPOINT_PATH}/deliveries`,
  permission: 'webhooks:read',
  input: z.strictObject({
    endpoint: z.string(),
    state: z._default(z.enum(Object.keys(DELIVERY_STATES) as [DeliveryState]), 'dead'),
    cursor: z.optional(z.string()),
    limit: pageLimit,
  }),
})

export const listWebhookDeliveriesDoc = /* @__PURE__ */ documented(listWebhookDeliveries, () => ({
  chapter: 'Webhooks',
  summary: 'List what did not arrive',
  text: 'What was given up, or what waits for its next attempt, the oldest event first.',
  answer: {
    schema: z.strictObject({
      deliveries: z.array(delivery()),
      next: z.optional(z.string()),
    }),
    example: {
      deliveries: [
        {
          eventId: '019aa0c4-7d10-7b3e-9f41-5a7d1c2e3f40',
          type: 'suppression.added',
          at: AT,
          state: 'dead',
          attempts: 10,
          firstAttemptAt: AT,
          code: 'http.422',
        },
      ],
    },
  },
  faults: ['webhook_endpoint.not_found'],
  fields: {
    ...ENDPOINT_NAME,
    state: '`dead`: given up, after ten attempts in three days. `waiting`: still to come.',
    limit: 'How many at the most, 1 to 1000; 100 without it.',
    cursor: 'The `next` of the answer before.',
    deliveries: 'One for each event.',
    next: 'Where to go on, as `cursor`. Not there at the end.',
  },
}))

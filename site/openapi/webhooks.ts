import * as z from 'zod/mini'
import { DELIVERY_STATES, ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import { CreateInput } from '../../worker/webhook/create.ts'
import { NamedInput } from '../../worker/webhook/fields.ts'
import { DeliveriesInput, ListInput } from '../../worker/webhook/list.ts'
import { ReplayInput } from '../../worker/webhook/replay.ts'
import { RotateInput } from '../../worker/webhook/rotate.ts'
import { UpdateInput } from '../../worker/webhook/update.ts'
import { AT, type Operation } from './operation.ts'

const ENDPOINT = {
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()),
  state: z.enum(Object.keys(ENDPOINT_STATES) as [keyof typeof ENDPOINT_STATES]),
  createdAt: z.iso.datetime(),
  failingSince: z.optional(z.iso.datetime()),
  oldSecretUntil: z.optional(z.iso.datetime()),
}
const EXAMPLE = {
  id: 'whk_4yRwBt3LqGsAKc0t',
  url: 'https://hooks.north.example/floe',
  description: 'CRM',
  types: ['suppression.*'],
  state: 'enabled',
  createdAt: AT,
}
const SECRET = `whsec_${'x'.repeat(43)}=`
const URL_RULE =
  'https on port 443 or 8443, and a host that the whole internet reaches, by its name, and that is not Floe’s own.'
const fields = (path = '') => ({
  [`${path}id`]: 'Names the endpoint.',
  [`${path}url`]: `Where events are POSTed: ${URL_RULE}`,
  [`${path}description`]: 'For people, at most 200 characters.',
  [`${path}types`]:
    'Kinds of event it hears of, as `suppression.added` or `consent.*`. Empty: of all but those about webhooks.',
  [`${path}state`]:
    '`disabled` by you; `failing` after five days without a success; `gone` after it answered 410.',
  [`${path}createdAt`]: 'When it was created.',
  [`${path}failingSince`]: 'Since when nothing has arrived, where the last delivery failed.',
  [`${path}oldSecretUntil`]: 'Until when the secret before the last rotation signs too.',
})
const named = { endpoint: 'Names the endpoint.' }
const secret = { secret: 'The signing secret (Standard Webhooks). It is shown this once.' }
const one = { schema: z.strictObject(ENDPOINT), example: EXAMPLE }
const PATH = '/v1/webhook-endpoints/{endpoint}'
const chapter = 'Webhooks'

/** Endpoints that are told of events, and what did not arrive there. */
export const WEBHOOKS: Operation[] = [
  {
    id: 'listWebhookEndpoints',
    method: 'get',
    path: '/v1/webhook-endpoints',
    chapter,
    summary: 'List the webhook endpoints of your workspace',
    permission: 'webhooks:read',
    query: ListInput,
    answer: [
      {
        schema: z.strictObject({ endpoints: z.array(z.strictObject(ENDPOINT)) }),
        example: { endpoints: [EXAMPLE] },
      },
    ],
    fields: { endpoints: 'All of them, oldest first.', ...fields('endpoints[].') },
  },
  {
    id: 'createWebhookEndpoint',
    writes: true,
    method: 'post',
    path: '/v1/webhook-endpoints',
    chapter,
    summary: 'Create a webhook endpoint',
    text: 'It hears of what happens from now on, within about a minute: each event is a POST of a CloudEvent (structured JSON), signed as Standard Webhooks has it, at least once, each recipient’s in order.',
    permission: 'webhooks:write',
    body: [
      {
        schema: CreateInput,
        example: { url: EXAMPLE.url, types: EXAMPLE.types, description: EXAMPLE.description },
      },
    ],
    status: 201,
    answer: [
      {
        schema: z.strictObject({ ...ENDPOINT, secret: z.string() }),
        example: { ...EXAMPLE, secret: SECRET },
      },
    ],
    faults: ['webhook_endpoint.limit'],
    fields: { ...fields(), ...secret },
  },
  {
    id: 'getWebhookEndpoint',
    method: 'get',
    path: PATH,
    chapter,
    summary: 'Look at a webhook endpoint',
    permission: 'webhooks:read',
    query: NamedInput,
    answer: [one],
    faults: ['webhook_endpoint.not_found'],
    fields: { ...named, ...fields() },
  },
  {
    id: 'updateWebhookEndpoint',
    writes: true,
    method: 'patch',
    path: PATH,
    chapter,
    summary: 'Change a webhook endpoint',
    text: 'What is left out stays as it is. One that is enabled again goes on where it stopped.',
    permission: 'webhooks:write',
    body: [{ schema: UpdateInput, example: { state: 'disabled' } }],
    answer: [one],
    faults: ['webhook_endpoint.not_found'],
    fields: { ...named, ...fields() },
  },
  {
    id: 'deleteWebhookEndpoint',
    writes: true,
    method: 'delete',
    path: PATH,
    chapter,
    summary: 'Delete a webhook endpoint',
    text: 'With its secrets and whatever waits for it.',
    permission: 'webhooks:write',
    query: NamedInput,
    answer: [
      {
        schema: z.strictObject({ id: z.string(), outcome: z.literal('deleted') }),
        example: { id: EXAMPLE.id, outcome: 'deleted' },
      },
    ],
    faults: ['webhook_endpoint.not_found'],
    fields: { ...named, id: 'Names the endpoint.', outcome: 'It is told of nothing any more.' },
  },
  {
    id: 'rotateWebhookSecret',
    writes: true,
    method: 'post',
    path: `${PATH}/rotate-secret`,
    chapter,
    summary: 'Give a webhook endpoint a new secret',
    text: 'For a while both sign, each with a signature of its own in the header.',
    permission: 'webhooks:write',
    body: [{ schema: RotateInput, example: { keepOldHours: 24 } }],
    answer: [
      {
        schema: z.strictObject({ ...ENDPOINT, secret: z.string() }),
        example: { ...EXAMPLE, oldSecretUntil: AT, secret: SECRET },
      },
    ],
    faults: ['webhook_endpoint.not_found'],
    fields: {
      ...named,
      ...fields(),
      ...secret,
      keepOldHours:
        'How long the old secret signs too: 24 when left out, 168 at most, 0 where it has leaked.',
    },
  },
  {
    id: 'replayWebhook',
    writes: true,
    method: 'post',
    path: `${PATH}/replay`,
    chapter,
    summary: 'Deliver again',
    text: 'Everything since a place in the ledger, or everything that was given up. Give exactly one of both.',
    permission: 'webhooks:write',
    body: [{ schema: ReplayInput, example: { dead: true } }],
    answer: [one],
    faults: ['webhook_endpoint.not_found'],
    fields: {
      ...named,
      ...fields(),
      after: 'A `next` of `GET /v1/events`: what comes behind it. `null`: from the beginning.',
      dead: '`true`: what was given up.',
    },
  },
  {
    id: 'testWebhook',
    method: 'post',
    path: `${PATH}/test`,
    chapter,
    summary: 'Send a test event now',
    text: 'Of the type `webhook_endpoint.test`, signed as all are, whether the endpoint is enabled or not. It stands in no ledger. Costs 600 units.',
    permission: 'webhooks:write',
    query: NamedInput,
    answer: [
      {
        schema: z.strictObject({
          eventId: z.uuid(),
          outcome: z.enum(['delivered', 'refused', 'failed', 'gone']),
          code: z.optional(z.string()),
        }),
        example: { eventId: '019aa0c4-7d10-7b3e-9f41-5a7d1c2e3f40', outcome: 'failed', code: 'http.500' },
      },
    ],
    faults: ['webhook_endpoint.not_found'],
    fields: {
      ...named,
      eventId: 'The `webhook-id` it carried.',
      outcome: '`refused`: about this event; `failed`: nobody was met who could take it; `gone`: 410.',
      code: 'Why it was not delivered: `http.` and a status, `timeout`, `connection`, or `target.` and why its host may not be reached.',
    },
  },
  {
    id: 'listWebhookDeliveries',
    method: 'get',
    path: `${PATH}/deliveries`,
    chapter,
    summary: 'List what did not arrive',
    text: 'What was given up, or what waits for its next attempt, the oldest event first.',
    permission: 'webhooks:read',
    query: DeliveriesInput,
    answer: [
      {
        schema: z.strictObject({
          deliveries: z.array(
            z.strictObject({
              eventId: z.uuid(),
              type: z.string(),
              at: z.iso.datetime(),
              state: z.enum(Object.keys(DELIVERY_STATES) as [keyof typeof DELIVERY_STATES]),
              attempts: z.int(),
              firstAttemptAt: z.optional(z.iso.datetime()),
              nextAttemptAt: z.optional(z.iso.datetime()),
              code: z.optional(z.string()),
            }),
          ),
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
    ],
    faults: ['webhook_endpoint.not_found'],
    fields: {
      ...named,
      state: '`dead`: given up, after ten attempts in three days. `waiting`: still to come.',
      limit: 'How many at the most, 1 to 1000; 100 without it.',
      cursor: 'The `next` of the answer before.',
      deliveries: 'One for each event.',
      'deliveries[].eventId': 'The event, as `GET /v1/events` has it.',
      'deliveries[].type': 'What happened.',
      'deliveries[].at': 'When it happened.',
      'deliveries[].state': 'Whether it waits or was given up.',
      'deliveries[].attempts': 'How often it was tried.',
      'deliveries[].firstAttemptAt': 'When it was first tried.',
      'deliveries[].nextAttemptAt': 'When it is tried again.',
      'deliveries[].code': 'What the last attempt met.',
      next: 'Where to go on, as `cursor`. Not there at the end.',
    },
  },
]

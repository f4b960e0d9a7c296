import * as z from 'zod/mini'
import { ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { description, types, url } from './fields.ts'

/** How long the old secret signs too after a rotation, in hours: when nothing is said, and at most. */
const KEEP_OLD_HOURS = 24
const WEEK_HOURS = 7 * 24

/** The path of one endpoint. */
export const ENDPOINT_PATH = '/v1/webhook-endpoints/:endpoint{whk_[\\w-]+}'
/** Meaning of the endpoint in a path. */
export const ENDPOINT_NAME = { endpoint: 'Names the endpoint.' }

const EXAMPLE = {
  id: 'whk_4yRwBt3LqGsAKc0t',
  url: 'https://hooks.north.example/floe',
  description: 'CRM',
  types: ['suppression.*'],
  state: 'enabled',
  createdAt: AT,
}
const SECRET = `whsec_${'x'.repeat(43)}=`
const SECRET_FIELD = { secret: 'The signing secret (Standard Webhooks). It is shown this once.' }
const ENDPOINT_FIELDS = {
  id: 'Names the endpoint.',
  url: 'Where events are POSTed: https on port 443 or 8443, and a host that the whole internet reaches, by its name, and that is not Floe’s own.',
  description: 'For people, at most 200 characters.',
  types:
    'Kinds of event it hears of, as `suppression.added` or `consent.*`. Empty: of all but those about webhooks.',
  state: '`disabled` by you; `failing` after five days without a success; `gone` after it answered 410.',
  createdAt: 'When it was created.',
  failingSince: 'Since when nothing has arrived, where the last delivery failed.',
  oldSecretUntil: 'Until when the secret before the last rotation signs too.',
}

const endpoint = /* @__PURE__ */ named(
  'WebhookEndpoint',
  () =>
    z.strictObject({
      id: z.string(),
      url: z.string(),
      description: z.string(),
      types: z.array(z.string()),
      state: z.enum(Object.keys(ENDPOINT_STATES) as [keyof typeof ENDPOINT_STATES]),
      createdAt: z.iso.datetime(),
      failingSince: z.optional(z.iso.datetime()),
      oldSecretUntil: z.optional(z.iso.datetime()),
    }),
  () => ENDPOINT_FIELDS,
)

/** An endpoint as its sender sees it. */
export type EndpointView = z.infer<ReturnType<typeof endpoint>>

/** `GET /v1/webhook-endpoints` */
export const listWebhookEndpoints = operation({
  id: 'listWebhookEndpoints',
  method: 'GET',
  path: '/v1/webhook-endpoints',
  permission: 'webhooks:read',
  input: z.strictObject({}),
})

export const listWebhookEndpointsDoc = /* @__PURE__ */ documented(listWebhookEndpoints, () => ({
  chapter: 'Webhooks',
  summary: 'List the webhook endpoints of your workspace',
  answer: {
    schema: z.strictObject({ endpoints: z.array(endpoint()) }),
    example: { endpoints: [EXAMPLE] },
  },
  faults: [],
  fields: { endpoints: 'All of them, oldest first.' },
}))

/** `POST /v1/webhook-endpoints` */
export const createWebhookEndpoint = operation({
  id: 'createWebhookEndpoint',
  method: 'POST',
  path: '/v1/webhook-endpoints',
  permission: 'webhooks:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    url,
    description: z._default(description, ''),
    types: z._default(types, []),
  }),
  status: 201,
  writes: 'secret',
})

export const createWebhookEndpointDoc = /* @__PURE__ */ documented(createWebhookEndpoint, () => ({
  chapter: 'Webhooks',
  summary: 'Create a webhook endpoint',
  text: 'It hears of what happens from now on, within about a minute: each event is a POST of a CloudEvent (structured JSON), signed as Standard Webhooks has it, at least once, each recipient’s in order.',
  example: { url: EXAMPLE.url, types: EXAMPLE.types, description: EXAMPLE.description },
  answer: {
    schema: z.strictObject({ ...endpoint().shape, secret: z.string() }),
    example: { ...EXAMPLE, secret: SECRET },
  },
  faults: ['webhook_endpoint.limit'],
  fields: { ...ENDPOINT_FIELDS, ...SECRET_FIELD },
}))

/** `GET /v1/webhook-endpoints/{endpoint}` */
export const getWebhookEndpoint = operation({
  id: 'getWebhookEndpoint',
  method: 'GET',
  path: ENDPOINT_PATH,
  permission: 'webhooks:read',
  input: z.strictObject({ endpoint: z.string() }),
})

export const getWebhookEndpointDoc = /* @__PURE__ */ documented(getWebhookEndpoint, () => ({
  chapter: 'Webhooks',
  summary: 'Look at a webhook endpoint',
  answer: { schema: endpoint(), example: EXAMPLE },
  faults: ['webhook_endpoint.not_found'],
  fields: { ...ENDPOINT_NAME, ...ENDPOINT_FIELDS },
}))

/** `PATCH /v1/webhook-endpoints/{endpoint}` */
export const updateWebhookEndpoint = operation({
  id: 'updateWebhookEndpoint',
  method: 'PATCH',
  path: ENDPOINT_PATH,
  permission: 'webhooks:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    endpoint: z.string(),
    url: z.optional(url),
    description: z.optional(description),
    types: z.optional(types),
    state: z.optional(z.enum(['enabled', 'disabled'])),
  }),
  writes: true,
})

export const updateWebhookEndpointDoc = /* @__PURE__ */ documented(updateWebhookEndpoint, () => ({
  chapter: 'Webhooks',
  summary: 'Change a webhook endpoint',
  text: 'What is left out stays as it is. One that is enabled again goes on where it stopped.',
  example: { state: 'disabled' },
  answer: { schema: endpoint(), example: EXAMPLE },
  faults: ['webhook_endpoint.not_found'],
  fields: { ...ENDPOINT_NAME, ...ENDPOINT_FIELDS },
}))

/** `DELETE /v1/webhook-endpoints/{endpoint}` */
export const deleteWebhookEndpoint = operation({
  id: 'deleteWebhookEndpoint',
  method: 'DELETE',
  path: ENDPOINT_PATH,
  permission: 'webhooks:write',
  input: z.strictObject({ endpoint: z.string() }),
  writes: true,
})

export const deleteWebhookEndpointDoc = /* @__PURE__ */ documented(deleteWebhookEndpoint, () => ({
  chapter: 'Webhooks',
  summary: 'Delete a webhook endpoint',
  text: 'With its secrets and whatever waits for it.',
  answer: {
    schema: z.strictObject({ id: z.string(), outcome: z.literal('deleted') }),
    example: { id: EXAMPLE.id, outcome: 'deleted' },
  },
  faults: ['webhook_endpoint.not_found'],
  fields: { ...ENDPOINT_NAME, id: 'Names the endpoint.', outcome: 'It is told of nothing any more.' },
}))

/** `POST /v1/webhook-endpoints/{endpoint}/rotate-secret` */
export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: `${ENDPOINT_PATH}/rotate-secret`,
  permission: 'webhooks:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    endpoint: z.string(),
    keepOldHours: z._default(z.int().check(z.minimum(0), z.maximum(WEEK_HOURS)), KEEP_OLD_HOURS),
  }),
  writes: 'secret',
})

export const rotateWebhookSecretDoc = /* @__PURE__ */ documented(rotateWebhookSecret, () => ({
  chapter: 'Webhooks',
  summary: 'Give a webhook endpoint a new secret',
  text: 'For a while both sign, each with a signature of its own in the header.',
  example: { keepOldHours: 24 },
  answer: {
    schema: z.strictObject({ ...endpoint().shape, secret: z.string() }),
    example: { ...EXAMPLE, oldSecretUntil: AT, secret: SECRET },
  },
  faults: ['webhook_endpoint.not_found'],
  fields: {
    ...ENDPOINT_NAME,
    ...ENDPOINT_FIELDS,
    ...SECRET_FIELD,
    keepOldHours: 'How long the old secret signs too: 24 when left out, 168 at most, 0 where it has leaked.',
  },
}))

/** `POST /v1/webhook-endpoints/{endpoint}/replay` */
export const replayWebhook = operation({
  id: 'replayWebhook',
  method: 'POST',
  path: `${ENDPOINT_PATH}/replay`,
  permission: 'webhooks:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z
    .strictObject({
      endpoint: z.string(),
      /** A cursor of `GET /v1/events`; null for the beginning of the ledger. */
      after: z.optional(z.nullable(z.string())),
      /** Whether to deliver again all that was given up. */
      dead: z.optional(z.literal(true)),
    })
    .check(
      z.refine(({ after, dead }) => (after === undefined) !== (dead === undefined), {
        message: 'give exactly one of after and dead',
        path: ['after'],
      }),
    ),
  writes: true,
})

export const replayWebhookDoc = /* @__PURE__ */ documented(replayWebhook, () => ({
  chapter: 'Webhooks',
  summary: 'Deliver again',
  text: 'Everything since a place in the ledger, or everything that was given up. Give exactly one of both.',
  example: { dead: true },
  answer: { schema: endpoint(), example: EXAMPLE },
  faults: ['webhook_endpoint.not_found'],
  fields: {
    ...ENDPOINT_NAME,
    ...ENDPOINT_FIELDS,
    after: 'A `next` of `GET /v1/events`: what comes behind it. `null`: from the beginning.',
    dead: '`true`: what was given up.',
  },
}))

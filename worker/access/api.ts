import * as z from 'zod/mini'
import { CHILDREN, PERMISSIONS } from '../../core/api-key.ts'
import { networkOf } from '../../core/network.ts'
import { pageLimit } from '../../core/page.ts'
import { documented, named, operation } from '../call/operation.ts'
import { AT } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'

/** Overlap of a replaced key, in seconds: the default and the longest. */
const OVERLAP_SECONDS = 24 * 60 * 60
const OVERLAP_MAX_SECONDS = 30 * OVERLAP_SECONDS

const line = () => ({ alsoRevoked: z.array(z.string()), kept: z.array(z.string()) })

const LINE_EXAMPLE = { alsoRevoked: ['key_8mlV4yRwBt3'], kept: [] }

const EXAMPLE = { id: 'key_4yRwBt3LqGs', name: 'Shop', permissions: ['addresses:check'], createdAt: AT }

const TEXT = `floe_${'x'.repeat(71)}`

const KEY_FIELDS = {
  id: 'Names the key. It opens nothing.',
  name: 'What you call it.',
  permissions: 'What it may do.',
  createdAt: 'When it was made.',
  lastUsedAt: 'When it was last used, to the hour.',
  expiresAt: 'When it ends by itself.',
  revokedAt: 'When it was revoked.',
  allowedIps: 'From where it may be used: addresses and CIDR ranges. Not there: from anywhere.',
  madeBy: 'The key that made it, and that it ends with. Not there: an operator did.',
  renewalOf: 'The key that replaced itself by it, and that it ends with too.',
}

const apiKey = /* @__PURE__ */ named(
  'ApiKey',
  () =>
    z.strictObject({
      id: z.string(),
      name: z.optional(z.string()),
      permissions: z.array(permission()),
      createdAt: z.iso.datetime(),
      lastUsedAt: z.optional(z.iso.datetime()),
      expiresAt: z.optional(z.iso.datetime()),
      revokedAt: z.optional(z.iso.datetime()),
      allowedIps: z.optional(z.array(z.string())),
      madeBy: z.optional(z.string()),
      renewalOf: z.optional(z.string()),
    }),
  () => KEY_FIELDS,
)

/** A key as its workspace sees it. */
export type KeyView = z.infer<ReturnType<typeof apiKey>>

const permission = /* @__PURE__ */ named('Permission', () => z.enum(PERMISSIONS))

const LINE_FIELDS = {
  alsoRevoked: 'What came of it and ended with it: keys it had made, its own renewal, and theirs.',
  kept: 'What came of it and goes on.',
}

const SHOWN_ONCE = { key: 'The key itself. It is shown this once, and only its hash is kept.' }

/** `GET /v1/api-keys` */
export const listKeys = operation({
  id: 'listKeys',
  method: 'GET',
  path: '/v1/api-keys',
  permission: 'api_keys:read',
  input: z.strictObject({ cursor: z.optional(z.string()), limit: pageLimit }),
})

export const listKeysDoc = /* @__PURE__ */ documented(listKeys, () => ({
  chapter: 'Keys',
  summary: 'List the keys of your workspace',
  text: 'The newest first, also those that have ended. Go on while there is a `next`: no key is out of reach.',
  answer: {
    schema: z.strictObject({ keys: z.array(apiKey()), next: z.optional(z.string()) }),
    example: { keys: [EXAMPLE] },
  },
  faults: [],
  fields: {
    limit: 'How many to return, 1 to 1000.',
    cursor: 'Where to go on: the `next` of the page before.',
    keys: 'What is on this page.',
    next: 'Where to go on; not there on the last page.',
  },
}))

/** `POST /v1/api-keys` */
export const createKey = operation({
  id: 'createKey',
  method: 'POST',
  path: '/v1/api-keys',
  permission: 'api_keys:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    name: z.optional(
      z
        .string()
        .check(
          z.minLength(1),
          z.maxLength(63),
          z.regex(/^[^\p{C}]*$/u, 'holds a character that cannot be seen'),
        ),
    ),
    permissions: z.array(z.enum(PERMISSIONS)).check(z.minLength(1)),
    expiresAt: z.optional(z.iso.datetime({ offset: true })),
    allowedIps: z.optional(
      z
        .array(
          z
            .string()
            .check(
              z.refine(
                text => networkOf(text) !== undefined,
                'must be an IP address or a range such as 192.0.2.0/24',
              ),
            ),
        )
        .check(z.minLength(1), z.maxLength(50)),
    ),
  }),
  status: 201,
  writes: 'secret',
})

export const createKeyDoc = /* @__PURE__ */ documented(createKey, () => ({
  chapter: 'Keys',
  summary: 'Create a key',
  text: 'Within the limits of the key that makes it: its permissions, its end, its networks. What you do not say of end and networks is as that one has it. It ends with the key that made it, when that is revoked.',
  example: { name: 'Shop', permissions: ['addresses:check'], allowedIps: ['192.0.2.0/24'] },
  answer: {
    schema: z.strictObject({ ...apiKey().shape, key: z.string() }),
    example: { ...EXAMPLE, key: TEXT },
  },
  faults: ['key.wider', 'key.too_many'],
  fields: {
    ...KEY_FIELDS,
    ...SHOWN_ONCE,
    expiresAt: 'When it ends by itself. Left out: when the key ends that makes it.',
    allowedIps:
      'From where it may be used: addresses and CIDR ranges, each within one of the key that makes it. Left out: from where that one may be.',
  },
}))

/** `POST /v1/api-keys/{id}/rotate` */
export const rotateKey = operation({
  id: 'rotateKey',
  method: 'POST',
  path: '/v1/api-keys/:id{key_[\\w-]+}/rotate',
  permission: 'api_keys:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    id: z.string(),
    overlapSeconds: z._default(z.int().check(z.minimum(0), z.maximum(OVERLAP_MAX_SECONDS)), OVERLAP_SECONDS),
    children: z._default(z.enum(CHILDREN), 'end'),
  }),
  status: 201,
  writes: 'secret',
})

export const rotateKeyDoc = /* @__PURE__ */ documented(rotateKey, () => ({
  chapter: 'Keys',
  summary: 'Replace a key by a new one',
  text: 'The new key has the name, permissions, end and networks of the old one, which goes on for a while, so that its users can change over one by one. For another key than your own you need all that it may do, from its networks and until its end. The old key has its new end at once: what came of it, and whatever it still makes, ends then, unless you keep it.',
  example: { overlapSeconds: 3600 },
  answer: {
    schema: z.strictObject({
      ...apiKey().shape,
      key: z.string(),
      replaces: z.string(),
      oldExpiresAt: z.iso.datetime(),
      ...line(),
      alsoEnding: z.array(z.string()),
    }),
    example: {
      ...EXAMPLE,
      key: TEXT,
      replaces: 'key_8mlV4yRwBt3',
      oldExpiresAt: AT,
      alsoRevoked: [],
      alsoEnding: ['key_Lq8mlV4yRwB'],
      kept: [],
    },
  },
  faults: ['key.not_found', 'key.wider', 'key.descendant', 'key.too_many'],
  fields: {
    ...KEY_FIELDS,
    ...SHOWN_ONCE,
    ...LINE_FIELDS,
    children:
      'What becomes of the keys that the old one made: `end`, as when nothing is said, with it, or `keep`.',
    alsoEnding:
      'What came of the old key and ends when it does, if not before; with `overlapSeconds: 0` it is `alsoRevoked` instead.',
    overlapSeconds:
      'How long the old key goes on: at most 30 days, a day when nothing is said; 0 ends it at once.',
    replaces: 'The old key.',
    oldExpiresAt: 'When the old key ends.',
  },
}))

/** `DELETE /v1/api-keys/{id}` */
export const revokeKey = operation({
  id: 'revokeKey',
  method: 'DELETE',
  path: '/v1/api-keys/:id{key_[\\w-]+}',
  permission: 'api_keys:write',
  input: z.strictObject({
    id: z.string(),
    children: z._default(z.enum(CHILDREN), 'end'),
  }),
  writes: true,
})

export const revokeKeyDoc = /* @__PURE__ */ documented(revokeKey, () => ({
  chapter: 'Keys',
  summary: 'Revoke a key',
  text: 'Its next call is refused, wherever it comes, and so is that of every key that came of it. You need all the permissions it has. Only a key that does not come of it and is bound no closer may keep what it made, which then comes of that key.',
  answer: {
    schema: z.strictObject({ id: z.string(), outcome: z.literal('revoked'), ...line() }),
    example: { id: 'key_4yRwBt3LqGs', outcome: 'revoked', ...LINE_EXAMPLE },
  },
  faults: ['key.not_found', 'key.wider', 'key.descendant'],
  fields: {
    id: 'Names the key.',
    children: 'What becomes of the keys it made: `end`, as when nothing is said, or `keep`.',
    outcome: 'It no longer opens anything.',
    ...LINE_FIELDS,
  },
}))

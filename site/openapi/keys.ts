import * as z from 'zod/mini'
import { PERMISSIONS } from '../../core/api-key.ts'
import { CreateKeyInput } from '../../worker/access/create-key.ts'
import { ListKeysInput } from '../../worker/access/list-keys.ts'
import { RevokeKeyInput } from '../../worker/access/revoke-key.ts'
import { RotateKeyInput } from '../../worker/access/rotate-key.ts'
import { AT, type Operation } from './operation.ts'

const KEY = {
  id: z.string(),
  name: z.optional(z.string()),
  permissions: z.array(z.enum(PERMISSIONS)),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.optional(z.iso.datetime()),
  expiresAt: z.optional(z.iso.datetime()),
  revokedAt: z.optional(z.iso.datetime()),
  allowedIps: z.optional(z.array(z.string())),
  madeBy: z.optional(z.string()),
  renewalOf: z.optional(z.string()),
}
const LINE = { alsoRevoked: z.array(z.string()), kept: z.array(z.string()) }
const LINE_EXAMPLE = { alsoRevoked: ['key_8mlV4yRwBt3'], kept: [] }
const EXAMPLE = { id: 'key_4yRwBt3LqGs', name: 'Shop', permissions: ['addresses:check'], createdAt: AT }
const TEXT = `floe_${'x'.repeat(71)}`
const fields = (path = '') => ({
  [`${path}id`]: 'Names the key. It opens nothing.',
  [`${path}name`]: 'What you call it.',
  [`${path}permissions`]: 'What it may do.',
  [`${path}createdAt`]: 'When it was made.',
  [`${path}lastUsedAt`]: 'When it was last used, to the hour.',
  [`${path}expiresAt`]: 'When it ends by itself.',
  [`${path}revokedAt`]: 'When it was revoked.',
  [`${path}allowedIps`]: 'From where it may be used: addresses and CIDR ranges. Not there: from anywhere.',
  [`${path}madeBy`]: 'The key that made it, and that it ends with. Not there: an operator did.',
  [`${path}renewalOf`]: 'The key that replaced itself by it, and that it ends with too.',
})
const line = {
  alsoRevoked: 'What came of it and ended with it: keys it had made, its own renewal, and theirs.',
  kept: 'What came of it and goes on.',
}
const shown = { key: 'The key itself. It is shown this once, and only its hash is kept.' }

/** The keys of a workspace. */
export const KEYS: Operation[] = [
  {
    id: 'listKeys',
    method: 'get',
    path: '/v1/api-keys',
    chapter: 'Keys',
    summary: 'List the keys of your workspace',
    text: 'The newest first, also those that have ended. Go on while there is a `next`: no key is out of reach.',
    permission: 'api_keys:read',
    query: ListKeysInput,
    answer: [
      {
        schema: z.strictObject({ keys: z.array(z.strictObject(KEY)), next: z.optional(z.string()) }),
        example: { keys: [EXAMPLE] },
      },
    ],
    fields: {
      limit: 'How many to return, 1 to 1000.',
      cursor: 'Where to go on: the `next` of the page before.',
      keys: 'What is on this page.',
      next: 'Where to go on; not there on the last page.',
      ...fields('keys[].'),
    },
  },
  {
    id: 'createKey',
    writes: true,
    method: 'post',
    path: '/v1/api-keys',
    chapter: 'Keys',
    summary: 'Create a key',
    text: 'Within the limits of the key that makes it: its permissions, its end, its networks. What you do not say of end and networks is as that one has it. It ends with the key that made it, when that is revoked.',
    permission: 'api_keys:write',
    body: [
      {
        schema: CreateKeyInput,
        example: { name: 'Shop', permissions: ['addresses:check'], allowedIps: ['192.0.2.0/24'] },
      },
    ],
    status: 201,
    answer: [{ schema: z.strictObject({ ...KEY, key: z.string() }), example: { ...EXAMPLE, key: TEXT } }],
    faults: ['key.wider', 'key.too_many'],
    fields: {
      ...fields(),
      ...shown,
      expiresAt: 'When it ends by itself. Left out: when the key ends that makes it.',
      allowedIps:
        'From where it may be used: addresses and CIDR ranges, each within one of the key that makes it. Left out: from where that one may be.',
    },
  },
  {
    id: 'rotateKey',
    writes: true,
    method: 'post',
    path: '/v1/api-keys/{id}/rotate',
    chapter: 'Keys',
    summary: 'Replace a key by a new one',
    text: 'The new key has the name, permissions, end and networks of the old one, which goes on for a while, so that its users can change over one by one. For another key than your own you need all that it may do, from its networks and until its end. The old key has its new end at once: what came of it, and whatever it still makes, ends then, unless you keep it.',
    permission: 'api_keys:write',
    body: [{ schema: RotateKeyInput, example: { overlapSeconds: 3600 } }],
    status: 201,
    answer: [
      {
        schema: z.strictObject({
          ...KEY,
          key: z.string(),
          replaces: z.string(),
          oldExpiresAt: z.iso.datetime(),
          ...LINE,
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
    ],
    faults: ['key.not_found', 'key.wider', 'key.descendant', 'key.too_many'],
    fields: {
      ...fields(),
      ...shown,
      ...line,
      children:
        'What becomes of the keys that the old one made: `end`, as when nothing is said, with it, or `keep`.',
      alsoEnding:
        'What came of the old key and ends when it does, if not before; with `overlapSeconds: 0` it is `alsoRevoked` instead.',
      overlapSeconds:
        'How long the old key goes on: at most 30 days, a day when nothing is said; 0 ends it at once.',
      replaces: 'The old key.',
      oldExpiresAt: 'When the old key ends.',
    },
  },
  {
    id: 'revokeKey',
    writes: true,
    method: 'delete',
    path: '/v1/api-keys/{id}',
    chapter: 'Keys',
    summary: 'Revoke a key',
    text: 'Its next call is refused, wherever it comes, and so is that of every key that came of it. You need all the permissions it has. Only a key that does not come of it and is bound no closer may keep what it made, which then comes of that key.',
    permission: 'api_keys:write',
    query: RevokeKeyInput,
    answer: [
      {
        schema: z.strictObject({ id: z.string(), outcome: z.literal('revoked'), ...LINE }),
        example: { id: 'key_4yRwBt3LqGs', outcome: 'revoked', ...LINE_EXAMPLE },
      },
    ],
    faults: ['key.not_found', 'key.wider', 'key.descendant'],
    fields: {
      id: 'Names the key.',
      children: 'What becomes of the keys it made: `end`, as when nothing is said, or `keep`.',
      outcome: 'It no longer opens anything.',
      ...line,
    },
  },
]

import * as z from 'zod/mini'
import { PERMISSIONS } from '../../worker/access/api-key.ts'
import { CreateKeyInput } from '../../worker/access/create-key.ts'
import { ListKeysInput } from '../../worker/access/list-keys.ts'
import { KeyIdInput } from '../../worker/access/revoke-key.ts'
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
}
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
  [`${path}allowedIps`]: 'From where it may be used: addresses and CIDR ranges. Left out: from anywhere.',
})
const shown = { key: 'The key itself. It is shown this once, and only its hash is kept.' }

/** The keys of a workspace. */
export const KEYS: Operation[] = [
  {
    id: 'listKeys',
    method: 'get',
    path: '/v1/api-keys',
    chapter: 'Keys',
    summary: 'List the keys of your workspace',
    text: 'The newest first, also those that have ended.',
    permission: 'api_keys:read',
    query: ListKeysInput,
    answer: [
      { schema: z.strictObject({ keys: z.array(z.strictObject(KEY)) }), example: { keys: [EXAMPLE] } },
    ],
    fields: { keys: 'All of them.', ...fields('keys[].') },
  },
  {
    id: 'createKey',
    writes: 'secret',
    method: 'post',
    path: '/v1/api-keys',
    chapter: 'Keys',
    summary: 'Create a key',
    text: 'It may do nothing that the key which makes it may not.',
    permission: 'api_keys:write',
    body: [
      {
        schema: CreateKeyInput,
        example: { name: 'Shop', permissions: ['addresses:check'], allowedIps: ['192.0.2.0/24'] },
      },
    ],
    status: 201,
    answer: [{ schema: z.strictObject({ ...KEY, key: z.string() }), example: { ...EXAMPLE, key: TEXT } }],
    faults: ['key.too_many'],
    fields: { ...fields(), ...shown },
  },
  {
    id: 'rotateKey',
    writes: 'secret',
    method: 'post',
    path: '/v1/api-keys/{id}/rotate',
    chapter: 'Keys',
    summary: 'Replace a key by a new one',
    text: 'The new key has the name, permissions and networks of the old one, which goes on for a while, so that its users can change over one by one.',
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
        }),
        example: { ...EXAMPLE, key: TEXT, replaces: 'key_8mlV4yRwBt3', oldExpiresAt: AT },
      },
    ],
    faults: ['key.not_found'],
    fields: {
      ...fields(),
      ...shown,
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
    text: 'Its next call is refused, wherever it comes.',
    permission: 'api_keys:write',
    query: KeyIdInput,
    answer: [
      {
        schema: z.strictObject({ id: z.string(), outcome: z.literal('revoked') }),
        example: { id: 'key_4yRwBt3LqGs', outcome: 'revoked' },
      },
    ],
    faults: ['key.not_found'],
    fields: { id: 'Names the key.', outcome: 'It no longer opens anything.' },
  },
]

import * as z from 'zod/mini'
import { apiKeyById, apiKeysOf, keepApiKey, type OwnKeyRow } from '../../db/api-key.ts'
import { actorText } from '../core/actor.ts'
import { Fault, invalidField } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { admit, type KeyClaim, keyName, mintApiKey, PERMISSIONS, type Permission } from './api-key.ts'
import { counts, type KeyView, keyView } from './key-view.ts'
import { networkOf } from './network.ts'
import { noteUse } from './note-use.ts'

/** Keys of a workspace that count at the same time, at the most. */
export const KEYS_MAX = 100

/** Input of `POST /v1/api-keys`. */
export const CreateKeyInput = z.strictObject({
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
})

/** A new key: the only time its text is shown. */
export type NewKey = KeyView & { key: string }

/**
 * Creates a key of the caller's workspace. It may do nothing that the key which makes it may not.
 * Throws `key.invalid`, `key.forbidden`, `key.too_many`, `request.invalid` for an end in the past, `database.unavailable`.
 */
export async function createApiKey(
  deps: Deps,
  claim: KeyClaim,
  input: z.infer<typeof CreateKeyInput>,
): Promise<NewKey> {
  const [[key], keys] = await deps.db.read('fresh', [apiKeyById(claim.keyId), apiKeysOf(claim.workspace)])
  const principal = admit(claim, key, 'api_keys:write')
  const permissions = [...new Set(input.permissions)]
  for (const permission of permissions) admit(claim, key, permission)
  noteUse(deps, principal.keyId, key!.lastUsedAt)
  const at = deps.clock()
  const expiresAt = input.expiresAt === undefined ? null : Date.parse(input.expiresAt)
  if (expiresAt !== null && expiresAt <= at) throw invalidField('expiresAt', 'must be in the future')
  if (keys.filter(one => counts(one, at)).length >= KEYS_MAX)
    throw new Fault({ code: 'key.too_many', most: KEYS_MAX })
  const { act, made } = newKey(
    deps,
    claim,
    { at, permissions, expiresAt, name: input.name ?? null, allowedIps: input.allowedIps ?? null },
    {},
  )
  await deps.db.commit(act, 'results')
  return made
}

/** Returns the act that keeps a new key of a workspace, and what its maker is shown, once. */
export function newKey(
  deps: Deps,
  claim: KeyClaim,
  about: { at: number; permissions: Permission[] } & Pick<OwnKeyRow, 'name' | 'expiresAt' | 'allowedIps'>,
  data: Record<string, string>,
) {
  const { at, permissions, name, expiresAt, allowedIps } = about
  const { keyId, secretHash, text } = mintApiKey(deps.keyring, claim.tenant, claim.workspace)
  const row = {
    id: keyId,
    name,
    permissions,
    createdAt: at,
    lastUsedAt: null,
    revokedAt: null,
    expiresAt,
    allowedIps: allowedIps?.map(range => networkOf(range)!) ?? null,
  }
  const act = keepApiKey(
    { ...row, workspace: claim.workspace, secretHash },
    {
      id: deps.ids(at),
      at,
      tenant: claim.tenant,
      workspace: claim.workspace,
      type: 'api_key.created',
      actor: actorText({ kind: 'sender', keyId: claim.keyId }),
      addressId: null,
      subject: keyName(keyId),
      data: { permissions: permissions.join(' '), ...(expiresAt !== null && { expiresAt }), ...data },
    },
  )
  return { act, made: { ...keyView(row), key: text } }
}

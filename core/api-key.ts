import { equalBytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { clusterNamed } from './cluster.ts'
import { Fault } from './fault.ts'
import type { Keyring } from './keys.ts'
import { KEYS_A_DAY, KEYS_MAX } from './limits.ts'
import { isWithin, within } from './network.ts'
import { sha256 } from './sha256.ts'
import { seal, unseal } from './token.ts'

/** Permissions that an API key can have. */
export const PERMISSIONS = [
  'api_keys:read',
  'api_keys:write',
  'links:mint',
  'addresses:check',
  'consents:read',
  'consents:write',
  'events:read',
  'forms:read',
  'forms:write',
  'rights:read',
  'rights:write',
  'inbound:manage',
  'inbound:message',
  'inbound:ses',
  'inbound:postmark',
  'inbound:mailgun',
  'inbound:sendgrid',
  'evidence:read',
  'subscriptions:write',
  'suppressions:read',
  'suppressions:write',
  'platform_suppressions:write',
  'legal_suppressions:write',
  'imports:undo',
  'topics:read',
  'webhooks:read',
  'webhooks:write',
] as const
/** Name of a permission. */
export type Permission = (typeof PERMISSIONS)[number]

/** Returns the known permissions among stored names. A name of an earlier version may be unknown; it permits nothing. */
export const permissionsIn = (stored: readonly string[]): Permission[] =>
  stored.flatMap(name => PERMISSIONS.find(known => known === name) ?? [])

/** Permissions for everything a sender does; those over all tenants, the platform's list and the whole evidence, are left out. */
export const SENDER_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter(
  permission => permission !== 'platform_suppressions:write' && permission !== 'evidence:read',
)

/**
 * Permissions of a key whose maker names none: those that handing off mail needs. It is an allow-list, so a stolen key makes no
 * key, webhook or report and reads nobody's history, even when permissions are added later.
 */
export const DEFAULT_PERMISSIONS: readonly Permission[] = [
  'links:mint',
  'addresses:check',
  'consents:write',
  'subscriptions:write',
  'suppressions:write',
  'topics:read',
]

/** What happens to the keys that a key made when that key ends. */
export const CHILDREN = ['end', 'keep'] as const
/** One of `CHILDREN`. */
export type Children = (typeof CHILDREN)[number]

const PREFIX = 'floe_'
const ID_BYTES = 8
const SECRET_BYTES = 24
const BODY_BYTES = 1 + 4 + 4 + ID_BYTES + SECRET_BYTES
const TEXT_LENGTH = PREFIX.length + Math.ceil(((BODY_BYTES + 12) * 8) / 6)

/** Claims of an authentic key text. The database says whether the key is still valid. */
export interface ApiKeyClaims {
  tenant: number
  workspace: number
  keyId: Uint8Array
  secretHash: Uint8Array
  /** Time and caller's address of the call; without them, a key that expires or is bound to a network is refused. */
  at?: number
  ip?: string
}

/**
 * Makes an API key for a workspace: `floe_` and 71 characters, shown once. Only `secretHash` is stored.
 *
 * The text carries tenant and workspace under a MAC. So a forged key is refused before the database is asked, and an authentic
 * one needs a single round trip: the batch that looks up its data also asks whether the key is still valid.
 */
export function mintApiKey(
  keyring: Keyring,
  tenant: number,
  workspace: number,
): ApiKeyClaims & { text: string } {
  const body = new Uint8Array(BODY_BYTES)
  const view = new DataView(body.buffer)
  view.setUint32(1, tenant)
  view.setUint32(5, workspace)
  crypto.getRandomValues(body.subarray(9))
  const text = PREFIX + seal(keyring, 'api_key', body)
  return { ...claimOf(body), text }
}

/** Returns the claims of an API key text, or undefined when no key of the ring signed it. */
export function readApiKey(keyring: Keyring, text: string): ApiKeyClaims | undefined {
  if (text.length !== TEXT_LENGTH || !text.startsWith(PREFIX)) return undefined
  const body = unseal(keyring, 'api_key', text.slice(PREFIX.length))
  return body && claimOf(body)
}

function claimOf(body: Uint8Array): ApiKeyClaims {
  const view = new DataView(body.buffer, body.byteOffset)
  return {
    tenant: view.getUint32(1),
    workspace: view.getUint32(5),
    keyId: body.slice(9, 9 + ID_BYTES),
    secretHash: sha256(body.subarray(9 + ID_BYTES)),
  }
}

/** Returns the cluster that an API key text names. The signature is not checked. */
export const clusterOfKey = (text: string): number => clusterNamed('api_key', text.slice(PREFIX.length))

/** Returns the API key text of an Authorization header, from a bearer token or a password; undefined without a header. */
export function keyTextOf(authorization: string | null | undefined): string | undefined {
  if (authorization === undefined || authorization === null) return undefined
  const [, scheme = '', text = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? []
  return scheme.toLowerCase() === 'basic' ? passwordIn(text) : text
}

/** Returns the password of Basic credentials (RFC 7617), for callers that can only be given a URL. */
function passwordIn(login: string): string {
  try {
    return atob(login).replace(/^[^:]*:/, '')
  } catch {
    return ''
  }
}

/** Returns the public name of a key, `key_…`. */
export const keyName = (keyId: Uint8Array): string => `key_${toBase64Url(keyId)}`

/** Returns the key id behind a public name, or undefined. */
export function keyIdOf(name: string): Uint8Array | undefined {
  const id = name.startsWith('key_') ? fromBase64Url(name.slice(4)) : undefined
  return id?.length === ID_BYTES ? id : undefined
}

/** Limits of a key: permissions, expiry, and networks it may be used from. */
export interface KeyLimits {
  permissions: string[]
  expiresAt: number | null
  allowedIps: string[] | null
}

/** An API key as the database stores it. */
export interface StoredKey extends KeyLimits {
  tenant: number
  workspace: number
  secretHash: Uint8Array
  revokedAt: number | null
}

/**
 * Returns the stored key of a claim. Throws `key.invalid` (unknown, revoked, expired, of another workspace) or `key.elsewhere`
 * (the caller's address is in none of the key's networks).
 */
export function authenticate(claim: ApiKeyClaims, stored: StoredKey | undefined): StoredKey {
  const counts =
    stored !== undefined &&
    equalBytes(stored.secretHash, claim.secretHash) &&
    stored.tenant === claim.tenant &&
    stored.workspace === claim.workspace &&
    stored.revokedAt === null &&
    (stored.expiresAt === null || (claim.at !== undefined && claim.at < stored.expiresAt))
  if (!counts) throw new Fault({ code: 'key.invalid' })
  if (stored.allowedIps && !within(stored.allowedIps, claim.ip)) throw new Fault({ code: 'key.elsewhere' })
  return stored
}

/** Whether a key is valid at a time: neither revoked nor expired. */
export const counts = (
  { revokedAt, expiresAt }: Pick<StoredKey, 'revokedAt' | 'expiresAt'>,
  now: number,
): boolean => revokedAt === null && (expiresAt === null || expiresAt > now)

/** Throws `key.forbidden` for a permission to be given or taken that the acting key itself lacks. */
export function demandPermissions(by: KeyLimits, permissions: readonly string[]): void {
  const lacking = permissionsIn(permissions).find(permission => !by.permissions.includes(permission))
  if (lacking !== undefined) throw new Fault({ code: 'key.forbidden', permission: lacking })
}

/** Throws `key.forbidden` or `key.wider` where the limits to be given exceed those of the key that gives them. */
export function demandNarrower(by: KeyLimits, { permissions, expiresAt, allowedIps }: KeyLimits): void {
  demandPermissions(by, permissions)
  if (by.expiresAt !== null && (expiresAt === null || expiresAt > by.expiresAt))
    throw new Fault({ code: 'key.wider', field: 'expiresAt' })
  const { allowedIps: ranges } = by
  if (ranges === null) return
  if (allowedIps === null) throw new Fault({ code: 'key.wider', field: 'allowedIps' })
  const outside = allowedIps.findIndex(range => !isWithin(ranges, range))
  if (outside >= 0) throw new Fault({ code: 'key.wider', field: `allowedIps[${outside}]` })
}

/**
 * Throws `key.too_many` or `rate.limited` when a workspace has reached its number of keys, or made all it may today. `freed`
 * counts the keys that end in the same batch.
 */
export function demandRoom({ counting, today }: { counting: number; today: number }, freed = 0): void {
  if (counting - freed >= KEYS_MAX) throw new Fault({ code: 'key.too_many', most: KEYS_MAX })
  if (today >= KEYS_A_DAY) throw new Fault({ code: 'rate.limited', retryAfterSeconds: 60 * 60 })
}

import { equalBytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { clusterNamed } from './cluster.ts'
import { Fault } from './fault.ts'
import type { Keyring } from './keys.ts'
import { KEYS_A_DAY, KEYS_MAX } from './limits.ts'
import { isWithin, within } from './network.ts'
import { sha256 } from './sha256.ts'
import { seal, unseal } from './token.ts'

/** What a key may do. */
export const PERMISSIONS = [
  'api_keys:read',
  'api_keys:write',
  'links:mint',
  'addresses:check',
  'consents:read',
  'consents:write',
  'events:read',
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
  'topics:read',
  'webhooks:read',
  'webhooks:write',
] as const
/** The name of one permission. */
export type Permission = (typeof PERMISSIONS)[number]

/** Returns the permissions among stored names: one may be of an earlier version, and permits nothing any more. */
export const permissionsIn = (stored: readonly string[]): Permission[] =>
  stored.flatMap(name => PERMISSIONS.find(known => known === name) ?? [])

/** All that a sender does: not the list of every tenant, nor everybody's evidence at once. */
export const SENDER_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter(
  permission => permission !== 'platform_suppressions:write' && permission !== 'evidence:read',
)

/**
 * What handing off mail needs, and what a key is given when nobody names anything: an allow-list, so that a stolen one makes no key,
 * no webhook and no report, and reads nobody's history, whatever permission there will be.
 */
export const DEFAULT_PERMISSIONS: readonly Permission[] = [
  'links:mint',
  'addresses:check',
  'consents:write',
  'subscriptions:write',
  'suppressions:write',
  'topics:read',
]

/** What can become of the keys that a key made, when it ends. */
export const CHILDREN = ['end', 'keep'] as const
/** One of these. */
export type Children = (typeof CHILDREN)[number]

const PREFIX = 'floe_'
const ID_BYTES = 8
const SECRET_BYTES = 24
const BODY_BYTES = 1 + 4 + 4 + ID_BYTES + SECRET_BYTES
const TEXT_LENGTH = PREFIX.length + Math.ceil(((BODY_BYTES + 12) * 8) / 6)

/** What an authentic key text says. Whether the key still counts is for the database to say. */
export interface ApiKeyClaims {
  tenant: number
  workspace: number
  keyId: Uint8Array
  secretHash: Uint8Array
  /** When it was shown, and from which address: without them a key that ends or is bound to a network is refused. */
  at?: number
  ip?: string
}

/** A sender whose key was found good: the workspace it acts in. */
export interface Principal {
  tenant: number
  workspace: number
  keyId: Uint8Array
}

/**
 * Makes an API key for a workspace: `floe_` and 71 characters, to be shown once. Only `secretHash` is to be stored.
 *
 * The text carries tenant and workspace under a code, so a forged one is refused before the database is asked and a genuine
 * one needs a single round trip: what to look up is known at once, and the same batch asks whether the key still counts.
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

/** Returns what an API key text claims, or undefined when no key of this ring signed it. */
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

/** Returns the cluster that an API key text names, its signature not looked at. */
export const clusterOfKey = (text: string): number => clusterNamed('api_key', text.slice(PREFIX.length))

/** Returns the API key text in an Authorization header, bearer token or password; undefined where there is no header. */
export function keyTextOf(authorization: string | null | undefined): string | undefined {
  if (authorization === undefined || authorization === null) return undefined
  const [, scheme = '', text = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? []
  return scheme.toLowerCase() === 'basic' ? passwordIn(text) : text
}

/** Returns the password of a login (RFC 7617): how a caller says its key who can only be given an address. */
function passwordIn(login: string): string {
  try {
    return atob(login).replace(/^[^:]*:/, '')
  } catch {
    return ''
  }
}

/** Returns the public name of a key. */
export const keyName = (keyId: Uint8Array): string => `key_${toBase64Url(keyId)}`

/** Returns the key id behind a public name, or undefined. */
export function keyIdOf(name: string): Uint8Array | undefined {
  const id = name.startsWith('key_') ? fromBase64Url(name.slice(4)) : undefined
  return id?.length === ID_BYTES ? id : undefined
}

/** What binds a key: what it may do, until when, and from which networks. */
export interface KeyLimits {
  permissions: string[]
  expiresAt: number | null
  allowedIps: string[] | null
}

/** What is known of a stored key. */
export interface StoredKey extends KeyLimits {
  tenant: number
  workspace: number
  secretHash: Uint8Array
  revokedAt: number | null
}

/**
 * Returns what is stored of the key behind a claim, or throws `key.invalid` (unknown, revoked, expired, of another workspace) or
 * `key.elsewhere` (not from a network it is bound to).
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

/** Returns the principal behind a claim. Throws as `genuine` does, and `key.forbidden`. */
export function authorize(
  claim: ApiKeyClaims,
  stored: StoredKey | undefined,
  permission: Permission,
): Principal {
  if (!authenticate(claim, stored).permissions.includes(permission))
    throw new Fault({ code: 'key.forbidden', permission })
  return { tenant: claim.tenant, workspace: claim.workspace, keyId: claim.keyId }
}

/** Whether a key is still admitted at a time. */
export const counts = (
  { revokedAt, expiresAt }: Pick<StoredKey, 'revokedAt' | 'expiresAt'>,
  now: number,
): boolean => revokedAt === null && (expiresAt === null || expiresAt > now)

/** Throws `key.forbidden` for a permission that a key would give or take and does not have. */
export function demandPermissions(by: KeyLimits, permissions: readonly string[]): void {
  const lacking = permissionsIn(permissions).find(permission => !by.permissions.includes(permission))
  if (lacking !== undefined) throw new Fault({ code: 'key.forbidden', permission: lacking })
}

/** Throws `key.forbidden` or `key.wider` where limits go beyond those of the key that would give them. */
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

/** Throws `key.too_many` or `rate.limited` where a workspace has, or made today, all the keys it may. `freed`: those that end with the act. */
export function demandRoom({ counting, today }: { counting: number; today: number }, freed = 0): void {
  if (counting - freed >= KEYS_MAX) throw new Fault({ code: 'key.too_many', most: KEYS_MAX })
  if (today >= KEYS_A_DAY) throw new Fault({ code: 'rate.limited', retryAfterSeconds: 60 * 60 })
}

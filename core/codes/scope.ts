import { ADDRESS_ID_BYTES } from '../address.ts'
import { fromBase64Url, toBase64Url } from '../bytes.ts'

/** Reach of a suppression. */
export type Scope = 'platform' | 'tenant' | 'workspace' | 'topic'

/** A scope below the platform as one number: four times the workspace's or topic's number, plus its kind. */
export type ScopeCode = number

/** Kinds of scope: a scope code modulo four. The database holds these numbers; they never change. */
export const SCOPE_KINDS = { tenant: 1, workspace: 2, topic: 3 } as const

/** Scope of the whole tenant. It needs no number, since an address id belongs to one tenant already. */
export const TENANT_SCOPE: ScopeCode = SCOPE_KINDS.tenant

/** Returns the scope code of a workspace. */
export const workspaceScope = (number: number): ScopeCode => number * 4 + SCOPE_KINDS.workspace

/** Returns the scope code of a topic. */
export const topicScope = (number: number): ScopeCode => number * 4 + SCOPE_KINDS.topic

/** Returns the name of a code's scope. Throws on an unknown kind. */
export function scopeName(code: ScopeCode): Exclude<Scope, 'platform'> {
  const kind = code % 4
  if (kind === SCOPE_KINDS.tenant) return 'tenant'
  if (kind === SCOPE_KINDS.workspace) return 'workspace'
  if (kind === SCOPE_KINDS.topic) return 'topic'
  throw new Error(`unknown suppression scope ${code}`)
}

/** Returns the number of the topic or workspace that a code names. */
export const numberOf = (code: ScopeCode): number => Math.floor(code / 4)

/** Returns the public id of a suppression. It encodes the row's key, so no id is stored. */
export function suppressionId(addressId: Uint8Array, scope: ScopeCode, reason: number): string {
  const bytes = new Uint8Array(addressId.length + 6)
  bytes.set(addressId)
  bytes[addressId.length] = Math.floor(scope / 2 ** 32)
  new DataView(bytes.buffer).setUint32(addressId.length + 1, scope >>> 0)
  bytes[addressId.length + 5] = reason
  return `sup_${toBase64Url(bytes)}`
}

/** Key of a suppression, as its public id encodes it. Scope 0 is the platform's list. */
export interface SuppressionKey {
  addressId: Uint8Array
  scope: ScopeCode
  reason: number
}

/** Returns the key in a public id, or undefined when the text is none. */
export function suppressionKey(id: string): SuppressionKey | undefined {
  const bytes = id.startsWith('sup_') ? fromBase64Url(id.slice(4)) : undefined
  if (bytes?.length !== ADDRESS_ID_BYTES + 6) return undefined
  const high = bytes[ADDRESS_ID_BYTES]! * 2 ** 32
  return {
    addressId: bytes.slice(0, ADDRESS_ID_BYTES),
    scope: high + new DataView(bytes.buffer).getUint32(ADDRESS_ID_BYTES + 1),
    reason: bytes[ADDRESS_ID_BYTES + 5]!,
  }
}

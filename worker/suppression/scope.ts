import { toBase64Url } from '../core/bytes.ts'

/** How far a suppression reaches. */
export type Scope = 'platform' | 'tenant' | 'workspace' | 'topic'

/** A scope below the platform, as one number: four times the number of the workspace or topic, plus its kind. */
export type ScopeCode = number

/** The whole tenant: an address id belongs to one tenant already, so no number is needed. */
export const TENANT_SCOPE: ScopeCode = 1

/** Returns the code of a workspace. */
export const workspaceScope = (number: number): ScopeCode => number * 4 + 2

/** Returns the code of a topic. */
export const topicScope = (number: number): ScopeCode => number * 4 + 3

/** Returns the name of a code's scope. */
export function scopeOf(code: ScopeCode): Exclude<Scope, 'platform'> {
  const kind = code % 4
  if (kind === 1) return 'tenant'
  if (kind === 2) return 'workspace'
  if (kind === 3) return 'topic'
  throw new Error(`unknown suppression scope ${code}`)
}

/** Returns the public id of a suppression: its own key, so that none is stored. */
export function suppressionId(addressId: Uint8Array, scope: ScopeCode, reason: number): string {
  const bytes = new Uint8Array(addressId.length + 6)
  bytes.set(addressId)
  bytes[addressId.length] = Math.floor(scope / 2 ** 32)
  new DataView(bytes.buffer).setUint32(addressId.length + 1, scope >>> 0)
  bytes[addressId.length + 5] = reason
  return `sup_${toBase64Url(bytes)}`
}

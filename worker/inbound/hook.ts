import { clusterNamed } from '../../core/cluster.ts'
import type { Keyring } from '../../core/keys.ts'
import { seal, unseal } from '../../core/token.ts'
import type { Caller } from '../call/caller.ts'

/** Tenant and workspace of a provider's webhook. */
export interface Hook {
  tenant: number
  workspace: number
}

/** Returns the caller of a webhook URL. Only the route of reports has it, and each of its calls needs the provider's proof. */
export const hookCaller = ({ tenant, workspace }: Hook): Caller => ({
  tenant,
  workspace,
  actor: { kind: 'mail_server' },
  authenticate: () => ({ demand: () => undefined }),
})

const PREFIX = 'in_'
const BODY_BYTES = 1 + 4 + 4
const TEXT_LENGTH = PREFIX.length + ((BODY_BYTES + 12) / 3) * 4

/**
 * Returns the token of a provider's webhook URL. Its MAC refuses made-up URLs without a query; it proves no call, which takes
 * the provider's signature.
 */
export function mintHook(keyring: Keyring, { tenant, workspace }: Hook): string {
  const body = new Uint8Array(BODY_BYTES)
  const view = new DataView(body.buffer)
  view.setUint32(1, tenant)
  view.setUint32(5, workspace)
  return PREFIX + seal(keyring, 'inbound', body)
}

/** Returns the cluster named by a webhook token, without verifying it. */
export const clusterOfHook = (text: string): number => clusterNamed('inbound', text.slice(PREFIX.length))

/** Returns the tenant and workspace of a webhook token, or undefined where it does not verify. */
export function readHook(keyring: Keyring, text: string): Hook | undefined {
  if (text.length !== TEXT_LENGTH || !text.startsWith(PREFIX)) return undefined
  const body = unseal(keyring, 'inbound', text.slice(PREFIX.length))
  if (body?.length !== BODY_BYTES) return undefined
  const view = new DataView(body.buffer, body.byteOffset)
  return { tenant: view.getUint32(1), workspace: view.getUint32(5) }
}

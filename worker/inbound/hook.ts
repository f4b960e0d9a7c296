import { clusterNamed } from '../../core/cluster.ts'
import type { Keyring } from '../../core/keys.ts'
import { seal, unseal } from '../../core/token.ts'

/** Whose connection a provider's address names. */
export interface Hook {
  tenant: number
  workspace: number
}

const PREFIX = 'in_'
const BODY_BYTES = 1 + 4 + 4
const TEXT_LENGTH = PREFIX.length + ((BODY_BYTES + 12) / 3) * 4

/**
 * Returns the last part of the address a provider is given: whose it is, under a code, so that a made-up one costs the database
 * nothing. It proves no call: the provider's signature does.
 */
export function mintHook(keyring: Keyring, { tenant, workspace }: Hook): string {
  const body = new Uint8Array(BODY_BYTES)
  const view = new DataView(body.buffer)
  view.setUint32(1, tenant)
  view.setUint32(5, workspace)
  return PREFIX + seal(keyring, 'inbound', body)
}

/** Returns the cluster that such a part of an address names, its signature not looked at. */
export const clusterOfHook = (text: string): number => clusterNamed('inbound', text.slice(PREFIX.length))

/** Returns whose an address is, or undefined when we did not give it out. */
export function readHook(keyring: Keyring, text: string): Hook | undefined {
  if (text.length !== TEXT_LENGTH || !text.startsWith(PREFIX)) return undefined
  const body = unseal(keyring, 'inbound', text.slice(PREFIX.length))
  if (body?.length !== BODY_BYTES) return undefined
  const view = new DataView(body.buffer, body.byteOffset)
  return { tenant: view.getUint32(1), workspace: view.getUint32(5) }
}

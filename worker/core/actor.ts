import { toBase64Url } from './bytes.ts'

/** Who did it, as the ledger writes it. */
export type Actor = { kind: 'recipient' } | { kind: 'sender'; keyId: Uint8Array } | { kind: 'operator' }

/** Returns the ledger's text for an actor: `recipient`, `key_…` or `operator`. */
export function actorText(actor: Actor): string {
  return actor.kind === 'sender' ? `key_${toBase64Url(actor.keyId)}` : actor.kind
}

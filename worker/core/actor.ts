import { toBase64Url } from './bytes.ts'

/** Who did it, as the ledger writes it. */
export type Actor =
  | { kind: 'recipient' }
  | { kind: 'sender'; keyId: Uint8Array }
  | { kind: 'operator' }
  /** Floe itself: a time that came, a mail that went out. */
  | { kind: 'floe' }

/** Returns the ledger's text for an actor: `recipient`, `key_…`, `operator` or `floe`. */
export function actorText(actor: Actor): string {
  return actor.kind === 'sender' ? `key_${toBase64Url(actor.keyId)}` : actor.kind
}

import { toBase64Url } from './bytes.ts'

/** Actor of an event, as the ledger writes it. */
export type Actor =
  | { kind: 'recipient' }
  | { kind: 'sender'; keyId: Uint8Array }
  | { kind: 'operator' }
  /** Floe itself: a scheduled job, or the delivery of a mail. */
  | { kind: 'floe' }
  /** A mail server or mailbox provider whose report was authenticated. */
  | { kind: 'mail_server' }

/** Returns the ledger's text for an actor: `recipient`, `key_…`, `operator`, `floe` or `mail_server`. */
export function actorText(actor: Actor): string {
  return actor.kind === 'sender' ? `key_${toBase64Url(actor.keyId)}` : actor.kind
}

import { toBase64Url } from './bytes.ts'

/** Actor of an event, as the ledger writes it. */
export type Actor =
  | { kind: 'recipient' }
  | { kind: 'sender'; keyId: Uint8Array }
  /** An operator signed in to the console. */
  | { kind: 'operator'; accountId: Uint8Array }
  /** An operator at a command line, under the name that was given there. */
  | { kind: 'command'; as: string }
  /** Somebody who filled in a sign-up form; nothing shows who. */
  | { kind: 'visitor' }
  /** Floe itself: a scheduled job, or the delivery of a mail. */
  | { kind: 'floe' }
  /** A mail server or mailbox provider whose report was authenticated. */
  | { kind: 'mail_server' }

/**
 * Returns the ledger's text for an actor: `recipient`, `key_…`, `op_…`, `operator:cli:…`, `visitor`, `floe` or `mail_server`. Events of
 * commands that named nobody have `operator`.
 */
export function actorText(actor: Actor): string {
  if (actor.kind === 'sender') return `key_${toBase64Url(actor.keyId)}`
  if (actor.kind === 'operator') return `op_${toBase64Url(actor.accountId)}`
  return actor.kind === 'command' ? `operator:cli:${actor.as}` : actor.kind
}

/** Whether an operator acts, signed in or at a command line. */
export const isOperator = ({ kind }: Actor): boolean => kind === 'operator' || kind === 'command'

/** Name of an operator at a command line. It is no address, since the ledger keeps it for good. */
export const OPERATOR_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/

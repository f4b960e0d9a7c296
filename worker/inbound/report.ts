import { sha256 } from '../core/sha256.ts'
import { type ScopeCode, TENANT_SCOPE, workspaceScope } from '../suppression/scope.ts'

/** What a mail server or mailbox provider says happened to a mail. A number each, as the database holds it; they never change. */
export const KINDS = { complaint: 1, permanent: 2, transient: 3 } as const

/** The name of a kind. */
export type ReportKind = keyof typeof KINDS

/** One report about one recipient, whichever door it came through. */
export interface Report {
  /** What the reporter calls it, the same however often it is told. */
  id: string
  kind: ReportKind
  /** Whom it is about: an address, or what a token of our own says. */
  about: { address: string } | { addressId: Uint8Array }
  /** The enhanced status code, such as `5.1.1` (RFC 3463), or what a complaint is called, such as `abuse` (RFC 5965). */
  status?: string | undefined
}

const DAY_MS = 24 * 60 * 60 * 1000
/** So many transient bounces within so long keep mail away for as long again: a full mailbox may be emptied. */
const TRANSIENT_COUNT = 3
const TRANSIENT_MS = 14 * DAY_MS

/** Reports are remembered for so long, so that one told again does nothing; an older one is not believed. */
export const REMEMBERED_MS = 60 * DAY_MS

/** What follows from a report: a suppression, at once or once `atLeast` such reports have come since `since`. */
export interface Consequence {
  scope: ScopeCode
  reason: 'complained' | 'bounced'
  until: number | null
  atLeast: number
  since: number
}

/**
 * Returns what follows from a report. A complaint is about the sender the recipient knows, so it holds for the workspace; a mailbox
 * that does not exist exists for nobody of the tenant.
 */
export function consequenceOf(kind: ReportKind, workspace: number, now: number): Consequence {
  const once = { atLeast: 1, since: now, until: null }
  if (kind === 'complaint') return { ...once, scope: workspaceScope(workspace), reason: 'complained' }
  if (kind === 'permanent') return { ...once, scope: TENANT_SCOPE, reason: 'bounced' }
  return {
    scope: TENANT_SCOPE,
    reason: 'bounced',
    until: now + TRANSIENT_MS,
    atLeast: TRANSIENT_COUNT,
    since: now - TRANSIENT_MS,
  }
}

/** Statuses that say the mailbox or its domain is not there: addressing, a disabled mailbox, no route, or no more than "failed". */
const GONE = /^5\.(?:1\.\d{1,3}|2\.[01]|4\.4|0\.0)$/

/**
 * Returns what a failed delivery's status says of the mailbox (RFC 3463). A refusal for size, content or policy says something of the
 * message or of its sender, and a full mailbox something of today: those count, and do not condemn at once.
 */
export const bounceOf = (status: string | undefined): 'permanent' | 'transient' =>
  status !== undefined && GONE.test(status) ? 'permanent' : 'transient'

/** Returns the enhanced status code a text holds, or undefined: nothing else of a server's words is kept, since they quote addresses. */
export const statusIn = (text: unknown): string | undefined =>
  typeof text === 'string' ? /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] : undefined

/** Returns the 16 octets by which a report is known: the door, whose it is, the reporter's id, and the recipient. */
export function reportKey(
  door: string,
  workspace: number,
  id: string,
  addressId: Uint8Array = new Uint8Array(),
): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify([door, workspace, id]))
  const all = new Uint8Array(text.length + addressId.length)
  all.set(text)
  all.set(addressId, text.length)
  return sha256(all).slice(0, 16)
}

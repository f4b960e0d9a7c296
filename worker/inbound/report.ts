import { concatBytes } from '../../core/bytes.ts'
import { DAY_MS } from '../../core/clock.ts'
import type { ReportKind } from '../../core/codes/report.ts'
import { type ScopeCode, TENANT_SCOPE, workspaceScope } from '../../core/codes/scope.ts'
import { sha256 } from '../../core/sha256.ts'

/**
 * What proves a report. `signed`: its provider or reporter, by a signature or the key it was given. `token`: a token of ours in a mail
 * that nobody signed, so that whoever has seen a mail to the recipient may have written it.
 */
export type ReportProof = 'signed' | 'token'

/** One report about one recipient, whichever channel it came by. */
export interface Report {
  /** What the reporter calls it, the same however often it is told. */
  id: string
  kind: ReportKind
  /** Whom it is about: an address, or what a token of our own says. */
  about: { address: string } | { addressId: Uint8Array }
  /** The enhanced status code, such as `5.1.1` (RFC 3463), or what a complaint is called, such as `abuse` (RFC 5965). */
  status?: string | undefined
  /** What the mail is known by that it is about, where that is told. */
  message?: string | undefined
  /** Of how many recipients one is meant, where nobody says which. */
  among?: number | undefined
}

/** So many transient bounces within so long keep mail away for as long again: a full mailbox may be emptied. */
const TRANSIENT_COUNT = 3
const TRANSIENT_MS = 14 * DAY_MS

/** Reports are remembered for so long, so that one told again does nothing; an older one is not believed. */
export const REMEMBERED_MS = 60 * DAY_MS

/** A second mail has to come back so much later than the first, before its recipient is sent nothing at all. */
const CONFIRMED_AFTER_MS = DAY_MS

/** A suppression that follows from a report, with what else has to have been reported for it. */
export interface Consequence {
  scope: ScopeCode
  reason: 'complained' | 'bounced'
  /** Whether it keeps marketing away and nothing else. */
  ofMarketing: boolean
  until: number | null
  precedent?:
    | { what: 'several'; atLeast: number; since: number; signed: boolean }
    | { what: 'another'; until: number }
}

/**
 * Returns what follows from a report. A complaint is about the sender the recipient knows, so it holds for the workspace; a mailbox
 * that does not exist exists for nobody of the tenant. Whom one of several may have meant nobody is held to have meant.
 *
 * A bounce that nobody signs keeps no receipt away, lest a forwarded mail is enough to: only once a second mail has come back, a day
 * later or more.
 */
export function consequencesOf(
  kind: ReportKind,
  proof: ReportProof,
  workspace: number,
  now: number,
): Consequence[] {
  const signed = proof === 'signed'
  const bounced = { scope: TENANT_SCOPE, reason: 'bounced', ofMarketing: !signed, until: null } as const
  switch (kind) {
    case 'complaint':
      return signed
        ? [{ scope: workspaceScope(workspace), reason: 'complained', ofMarketing: false, until: null }]
        : []
    case 'possible_complaint':
      return []
    case 'permanent':
      return signed
        ? [bounced]
        : [
            bounced,
            {
              ...bounced,
              ofMarketing: false,
              precedent: { what: 'another', until: now - CONFIRMED_AFTER_MS },
            },
          ]
    case 'transient':
      return [
        {
          ...bounced,
          until: now + TRANSIENT_MS,
          precedent: { what: 'several', atLeast: TRANSIENT_COUNT, since: now - TRANSIENT_MS, signed },
        },
      ]
  }
}

/** Statuses that say the mailbox or its domain is not there: addressing, a disabled mailbox, no route, or no more than "failed". */
const GONE = /^5\.(?:1\.\d{1,3}|2\.[01]|4\.4|0\.0)$/

/**
 * Returns what a failed delivery's status says of the mailbox (RFC 3463). A refusal for size, content or policy says something of the
 * message or of its sender, and a full mailbox something of today: those count, and do not suppress at once.
 */
export const bounceOf = (status: string | undefined): 'permanent' | 'transient' =>
  status !== undefined && GONE.test(status) ? 'permanent' : 'transient'

/** Returns the enhanced status code a text holds, or undefined: nothing else of a server's words is kept, since they quote addresses. */
export const statusIn = (text: unknown): string | undefined =>
  typeof text === 'string' ? /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] : undefined

/** Returns the 16 bytes by which a report is known: the channel, whose it is, the reporter's id, and the recipient. */
export function reportKey(
  door: string,
  workspace: number,
  id: string,
  addressId: Uint8Array = new Uint8Array(),
): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify([door, workspace, id]))
  return sha256(concatBytes([text, addressId])).slice(0, 16)
}

import { concatBytes } from '../../core/bytes.ts'
import { DAY_MS } from '../../core/clock.ts'
import type { ReportKind } from '../../core/codes/report.ts'
import { type ScopeCode, TENANT_SCOPE, workspaceScope } from '../../core/codes/scope.ts'
import { sha256 } from '../../core/sha256.ts'

/**
 * The proof of a report. `signed`: a signature of its provider or reporter, or the key the provider was given. `token`: our
 * token in an unsigned mail, which anybody who saw a mail to the recipient can write.
 */
export type ReportProof = 'signed' | 'token'

/** A report about one recipient, from any channel. */
export interface Report {
  /** The reporter's id, the same for every repetition. */
  id: string
  kind: ReportKind
  /** The recipient: an address, or the address id in our token. */
  about: { address: string } | { addressId: Uint8Array }
  /** Enhanced status code, such as `5.1.1` (RFC 3463), or feedback type of a complaint, such as `abuse` (RFC 5965). */
  status?: string | undefined
  /** Identity of the reported mail, where it is known. */
  message?: string | undefined
  /** Provider's name for the part of the sender's mail that the recipient left; all of it without one. */
  part?: string | undefined
  /** The number of named recipients, where only one of them is meant. */
  among?: number | undefined
}

/**
 * Transient bounces that stop marketing for a while, with no delivery between them, and the time within which they count: mail
 * that goes out once a month still adds up.
 */
const TRANSIENT_COUNT = 3
const TRANSIENT_WINDOW_MS = 70 * DAY_MS
/** How long they stop it: a full mailbox may be emptied. */
const TRANSIENT_PAUSE_MS = 14 * DAY_MS

/** How long reports are remembered, so that a repetition has no effect; older reports are refused. */
export const REMEMBERED_MS = 80 * DAY_MS

/** The least time between two unsigned bounces before the address gets no mail at all. */
const CONFIRMED_AFTER_MS = DAY_MS

/** A suppression that follows from a report, with the earlier reports it depends on. */
export interface Consequence {
  scope: ScopeCode
  reason: 'complained' | 'bounced'
  /** Whether it stops marketing mail only. */
  ofMarketing: boolean
  until: number | null
  precedent?:
    | { what: 'several'; atLeast: number; since: number; signed: boolean }
    | { what: 'another'; until: number }
}

/**
 * Returns the suppressions of a report. A complaint is about the sender the recipient knows, so it holds for the workspace; a
 * mailbox that does not exist is gone for the whole tenant. A possible complaint, which may be about another recipient,
 * suppresses nobody. Transient bounces never stop transactional mail.
 *
 * An unsigned bounce stops marketing mail only, since anybody with a forwarded mail can write one. Transactional mail stops
 * once a second mail has bounced, at least a day later.
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
    // The recipient's own choice, which is written down as one.
    case 'unsubscribed':
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
          ofMarketing: true,
          until: now + TRANSIENT_PAUSE_MS,
          precedent: { what: 'several', atLeast: TRANSIENT_COUNT, since: now - TRANSIENT_WINDOW_MS, signed },
        },
      ]
  }
}

/** Returns the 16-byte key of a report: a hash of channel, workspace, the reporter's id and the address id. */
export function reportKey(
  door: string,
  workspace: number,
  id: string,
  addressId: Uint8Array = new Uint8Array(),
): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify([door, workspace, id]))
  return sha256(concatBytes([text, addressId])).slice(0, 16)
}

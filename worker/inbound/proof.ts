import { equalBytes } from '../../core/bytes.ts'
import { clusterOf } from '../../core/cluster.ts'
import { type Claim, readToken } from '../../core/token.ts'
import { feedbackMailboxOf } from '../../db/inbound.ts'
import type { TopicOwner } from '../../db/topic.ts'
import { inCluster } from '../http/in-cluster.ts'
import { dnsFinder } from '../message/dns.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'
import type { InboundDeps } from './deps.ts'
import { type MailReport, SIGNED_BYTES_MAX } from './mail-report.ts'
import type { Why } from './refusal.ts'
import type { ReportProof } from './report.ts'
import { reporterOf } from './reporter.ts'

/**
 * The proof of a report that came as a mail. With a claim: our mail to this recipient came back or was complained about.
 * Without one: `why`, and an `unsubscribe` token, whose holder may still leave its topic and no more.
 */
export type Proven =
  | { claim: Claim; place: TopicOwner; proof: ReportProof; id: string }
  | { claim?: undefined; why: Why; unsubscribe: string | undefined }

/**
 * Returns the proof of a report. Bounces are unsigned, so our token proves them: in the return path they were sent to, or in
 * the mail they return. A complaint needs the token in the part its reporter signed. Throws `database.unavailable`, and
 * `inbound.key_unavailable` where the reporter's key cannot be looked up.
 */
export async function proofOf(deps: InboundDeps, report: MailReport, mail: Uint8Array): Promise<Proven> {
  const { about, returnPath, feedback } = report
  const unsubscribe = report.unsubscribe.find(text => readToken(deps.keyring, 'unsubscribe', text))
  const unproven = (why: Why): Proven => ({ why, unsubscribe })
  const claimed = about === 'bounce' ? [...returnPath, ...feedback] : feedback
  const claim = claimOf(claimed.flatMap(text => readToken(deps.keyring, 'feedback', text) ?? []))
  if (!claim) {
    if (unsubscribe !== undefined) return unproven('no_feedback_token')
    return unproven([...claimed, ...report.unsubscribe].length > 0 ? 'foreign_token' : 'no_token')
  }
  const home = inCluster(deps, clusterOf(claim.topic))
  const place = await findTopicOwner(home, claim.topic)
  if (!place) return unproven('foreign_token')
  if (about === 'bounce') return { claim, place, proof: 'token', id: report.id }
  // What was mended no signature covers: with another boundary the same body has other parts.
  if (report.mended) return unproven('unsigned')
  if (mail.length > SIGNED_BYTES_MAX) return unproven('too_large')
  const [mailbox] = await home.db.read('may-lag', [feedbackMailboxOf(place.workspace)])
  const reporter = await reporterOf(mail, {
    reporters: deps.reporters,
    mailbox,
    now: deps.clock(),
    find: dnsFinder(deps.dnsUrl),
  })
  return 'refused' in reporter
    ? unproven(reporter.refused)
    : { claim, place, proof: 'signed', id: reporter.id }
}

/**
 * Returns the first claim, with its message's reference where it stands in another token of the same recipient: a return path has
 * no room for it, and the feedback id of the mail that came back has.
 */
function claimOf(claims: readonly Claim[]): Claim | undefined {
  const [first] = claims
  const whole = claims.find(
    ({ topic, addressId, ref }) =>
      ref.length > 0 && topic === first!.topic && equalBytes(addressId, first!.addressId),
  )
  return whole ?? first
}

/** Returns the identity of the original mail: the reference in its token, or else its Message-ID. */
export const messageOf = ({ topic, ref }: Claim, { messageId }: MailReport): string | undefined =>
  ref.length > 0 ? JSON.stringify([topic, [...ref]]) : messageId

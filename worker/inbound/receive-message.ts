import { fromBase64Url } from '../../core/bytes.ts'
import { clusterOf } from '../../core/cluster.ts'
import { Fault } from '../../core/fault.ts'
import { readToken } from '../../core/token.ts'
import { recipientOfOwnMail } from '../../db/inbound.ts'
import type { CallContext } from '../call/context.ts'
import { inCluster } from '../http/in-cluster.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'
import type { Taken } from './api.ts'
import { NOTHING_TAKEN, takeReports } from './apply-report.ts'
import type { InboundDeps } from './deps.ts'
import { type MailReport, REPORT_BYTES, readReport } from './mail-report.ts'
import { messageOf, proofOf } from './proof.ts'
import { entryOf, leave } from './receive-email.ts'
import { refuse } from './record-refusal.ts'
import type { Why } from './refusal.ts'

/**
 * Takes a report as the raw mail, from its first bytes. The key tells only in whose mailbox it was, and anybody can write to
 * that. So it has the effect of the same mail sent to Floe, and recipients it merely names count as `unproven`. Throws
 * `key.invalid`, `key.forbidden`, `inbound.unproven` with the reason, `inbound.key_unavailable`, `database.unavailable`.
 */
export async function receiveMessage(ctx: CallContext<InboundDeps>, bytes: Uint8Array): Promise<Taken> {
  const { tenant, workspace } = ctx
  // Finds the caller.
  await ctx.read([])
  let verdict: MailReport['entries'][number]['kind'] | undefined
  const refused = async (why: Why): Promise<never> => {
    await refuse(ctx, { workspace, door: 'message', why, bytes: bytes.length })
    throw new Fault({ code: 'inbound.unproven', why, ...(verdict && { verdict }) })
  }
  const report = await readReport(bytes.subarray(0, REPORT_BYTES))
  if ('refused' in report) return refused(report.refused)
  verdict = report.entries[0]?.kind
  const origin = { tenant, workspace, door: 'message' } as const
  if (report.entries.length === 0) return takeReports(ctx, { ...origin, proof: 'token' }, [])
  const proven = await proofOf(ctx, report, bytes)
  if (!proven.claim) {
    const own = await recipientOf(ctx, report)
    if (own) {
      const entry = entryOf(ctx, tenant, own, report)
      if (!entry) return takeReports(ctx, { ...origin, proof: 'token' }, [])
      const { kind, status } = entry
      const { id, messageId: message } = report
      return takeReports(ctx, { ...origin, proof: 'token' }, [
        { id, kind, about: { addressId: own }, status, message },
      ])
    }
    const { why, unsubscribe } = proven
    if (unsubscribe !== undefined) {
      if (!(await isOf(ctx, workspace, unsubscribe))) return refused('foreign_token')
      await leave(ctx, unsubscribe, 'report')
    }
    return refused(why)
  }
  // A key must not report on another workspace's mail that ended up in its mailbox.
  if (proven.place.workspace !== workspace) return refused('foreign_token')
  const entry = entryOf(ctx, tenant, proven.claim.addressId, report)
  if (!entry) return { ...NOTHING_TAKEN, unproven: report.entries.length }
  const { kind, status } = entry
  const taken = await takeReports(ctx, { ...origin, proof: proven.proof }, [
    {
      id: proven.id,
      kind,
      about: { addressId: proven.claim.addressId },
      status,
      message: messageOf(proven.claim, report),
    },
  ])
  return { ...taken, unproven: report.entries.length - 1 }
}

/** Whether the topic of an unsubscribe token belongs to a workspace. */
async function isOf(deps: InboundDeps, workspace: number, token: string): Promise<boolean> {
  const { topic } = readToken(deps.keyring, 'unsubscribe', token)!
  const place = await findTopicOwner(inCluster(deps, clusterOf(topic)), topic)
  return place?.workspace === workspace
}

/** Returns the recipient of a bounced mail that Floe sent for a workspace. Its Message-ID is known only to its receivers. */
async function recipientOf(
  ctx: CallContext,
  { about, messageId }: MailReport,
): Promise<Uint8Array | undefined> {
  const ref = /^<([\w-]{15})\.(?:confirm|access|correction)@/.exec(messageId ?? '')?.[1]
  const bytes = about === 'bounce' && ref !== undefined ? fromBase64Url(ref) : undefined
  if (!bytes) return undefined
  const [recipient] = await ctx.read([recipientOfOwnMail(ctx.workspace, bytes)])
  return recipient
}

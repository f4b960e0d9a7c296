import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { fromBase64Url } from '../../core/bytes.ts'
import { clusterOf } from '../../core/cluster.ts'
import { Fault } from '../../core/fault.ts'
import { readToken } from '../../core/token.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { recipientOfOwnMail } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import { inCluster } from '../http/in-cluster.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'
import type { Taken } from './api.ts'
import * as api from './api.ts'
import { takeReports } from './apply-report.ts'
import { type MailReport, mailReport, REPORT_BYTES } from './mail-report.ts'
import { messageOf, proofOf } from './proof.ts'
import { entryOf, leave } from './receive-email.ts'
import { refuse } from './record-refusal.ts'
import type { Why } from './refusal.ts'

/**
 * Takes a report as the raw mail, from its first bytes. The key tells only in whose mailbox it was, and anybody can write to
 * that. So it has the effect of the same mail sent to Floe, and recipients it merely names count as `unproven`. Throws
 * `key.invalid`, `key.forbidden`, `inbound.unproven` with the reason, `inbound.key_unavailable`, `database.unavailable`.
 */
export async function receiveMessage(deps: Deps, claim: ApiKeyClaims, bytes: Uint8Array): Promise<Taken> {
  const { tenant, workspace } = claim
  const [[key]] = await deps.db.read('fresh', [apiKeyById(claim.keyId)])
  const { keyId } = authorize(claim, key, api.receiveMessage.permission)
  touchLastUsed(deps, keyId, key!.lastUsedAt)
  const refused = async (why: Why): Promise<never> => {
    await refuse(deps, { workspace, door: 'message', why, bytes: bytes.length })
    throw new Fault({ code: 'inbound.unproven', why })
  }
  const report = await mailReport(bytes.subarray(0, REPORT_BYTES))
  if ('refused' in report) return refused(report.refused)
  const origin = { tenant, workspace, door: 'message', actor: actorText({ kind: 'sender', keyId }) } as const
  if (report.entries.length === 0) return takeReports(deps, { ...origin, proof: 'token' }, [])
  const proven = await proofOf(deps, report, bytes)
  if (!proven.claim) {
    const own = await recipientOf(deps, workspace, report)
    if (own) {
      const { kind, status } = report.entries[0]!
      const { id, messageId: message } = report
      return takeReports(deps, { ...origin, proof: 'token' }, [
        { id, kind, about: { addressId: own }, status, message },
      ])
    }
    const { why, unsubscribe } = proven
    if (unsubscribe !== undefined) {
      if (!(await isOf(deps, workspace, unsubscribe))) return refused('foreign_token')
      await leave(deps, unsubscribe, 'report')
    }
    return refused(why)
  }
  // A key must not report on another workspace's mail that ended up in its mailbox.
  if (proven.place.workspace !== workspace) return refused('foreign_token')
  const { kind, status } = entryOf(deps, tenant, proven.claim, report)
  const taken = await takeReports(deps, { ...origin, proof: proven.proof }, [
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
async function isOf(deps: Deps, workspace: number, token: string): Promise<boolean> {
  const { topic } = readToken(deps.keyring, 'unsubscribe', token)!
  const place = await findTopicOwner(inCluster(deps, clusterOf(topic)), topic)
  return place?.workspace === workspace
}

/** Returns the recipient of a bounced mail that Floe sent for a workspace. Its Message-ID is known only to its receivers. */
async function recipientOf(
  deps: Deps,
  workspace: number,
  { about, messageId }: MailReport,
): Promise<Uint8Array | undefined> {
  const ref = /^<([\w-]{15})\.(?:confirm|access|correction)@/.exec(messageId ?? '')?.[1]
  const bytes = about === 'bounce' && ref !== undefined ? fromBase64Url(ref) : undefined
  if (!bytes) return undefined
  const [recipient] = await deps.db.read('fresh', [recipientOfOwnMail(workspace, bytes)])
  return recipient
}

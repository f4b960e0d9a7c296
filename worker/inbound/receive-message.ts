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
import { takeReports } from './apply-report.ts'
import { type MailReport, mailReport, REPORT_BYTES } from './mail-report.ts'
import { messageOf, proofOf } from './proof.ts'
import { entryOf, leave } from './receive-email.ts'
import { refuse } from './record-refusal.ts'
import type { Why } from './refusal.ts'

/**
 * Takes a report as the mail it came in, from its first bytes. The key says whose mailbox it was in, and no more: anybody can write to
 * that. So it does what the same mail would do that came by itself, and of whom it merely names it says that they were named.
 * Throws `key.invalid`, `key.forbidden`, `inbound.unproven` with the reason, `inbound.key_unavailable`, `database.unavailable`.
 */
export async function receiveMessage(deps: Deps, claim: ApiKeyClaims, bytes: Uint8Array): Promise<Taken> {
  const { tenant, workspace } = claim
  const [[key]] = await deps.db.read('fresh', [apiKeyById(claim.keyId)])
  const { keyId } = authorize(claim, key, 'inbound:message')
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
  // A mail of another workspace's came into the wrong hands: nothing of it is this key's to say.
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

/** Whether an unsubscribe token is about a topic of a workspace. */
async function isOf(deps: Deps, workspace: number, token: string): Promise<boolean> {
  const { topic } = readToken(deps.keyring, 'unsubscribe', token)!
  const place = await findTopicOwner(inCluster(deps, clusterOf(topic)), topic)
  return place?.workspace === workspace
}

/** Returns whom a mail that Floe itself wrote for a workspace went to, where a bounce returns one: its Message-ID is known to who had it. */
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

import * as z from 'zod/mini'
import { apiKeyById } from '../../db/api-key.ts'
import { eventsOf, type RecipientEventRow } from '../../db/event-list.ts'
import { type NoticeRow, noticesOf } from '../../db/notice.ts'
import { type RecipientKeyRow, recipientKeyOf } from '../../db/recipient-key.ts'
import { type SubscriptionRow, subscriptionsOf } from '../../db/subscription.ts'
import { matchingPlatform, type SuppressionRow, suppressionsOf } from '../../db/suppression.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { type OwnTopic, topicsOf } from '../../db/topic.ts'
import { admit, type KeyClaim } from '../access/api-key.ts'
import { noteUse } from '../access/note-use.ts'
import { addressHash, canonicalAddress } from '../core/address.ts'
import { toHex } from '../core/bytes.ts'
import { timestamp } from '../core/clock.ts'
import { Fault, invalidField } from '../core/fault.ts'
import { uuidText } from '../core/id.ts'
import { mintToken } from '../core/token.ts'
import type { Deps } from '../deps.ts'
import { noticeAddress, originOf } from '../domain/origin.ts'
import { stateNow } from '../subscription/state.ts'
import { decide, type Suppression } from '../suppression/decision.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import { basisOf } from './basis.ts'
import { concerning, type HistoryEntry } from './entry.ts'
import { openHistory } from './history.ts'
import { lackOfConsent } from './lack.ts'
import { receiptOf, type TopicProof } from './receipt.ts'

/** Input of `POST /v1/consents/prove`. */
export const ProveInput = z.strictObject({ address: z.string(), topic: z.optional(z.string()) })

/** How a recipient stands with a workspace's topics, everything that led there, and a receipt that says so. */
export interface Proof {
  address: string
  asOf: string
  topics: TopicProof[]
  history: HistoryEntry[]
  /** A compact JWS, to be verified with `/.well-known/jwks.json`. */
  receipt: string
}

/** Everything a proof rests on. */
export interface Records {
  workspace: { number: number; sender: string; company: string; linkHost: string | null }
  tenant: number
  addressId: Uint8Array
  /** Of the canonical address, hex. */
  hash: string
  topics: OwnTopic[]
  notices: NoticeRow[]
  subscriptions: SubscriptionRow[]
  suppressions: SuppressionRow[]
  platform: Suppression[]
  events: RecipientEventRow[]
  key: RecipientKeyRow | undefined
}

/**
 * Proves how a recipient stands: current state, whole history with its evidence, and a signed receipt.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid`, `topic.not_found`, `database.unavailable`.
 */
export async function prove(deps: Deps, claim: KeyClaim, input: z.infer<typeof ProveInput>): Promise<Proof> {
  const address = canonicalAddress(input.address)
  if (address === undefined) throw invalidField('address', 'is not an address')
  const hash = addressHash(address)
  const addressId = deps.indexes.tenant(claim.tenant).id(hash)
  const [[key], [workspace], topics, notices, subscriptions, suppressions, platform, events, [recipientKey]] =
    await deps.db.read('fresh', [
      apiKeyById(claim.keyId),
      workspaceByNumber(claim.workspace),
      topicsOf(claim.workspace),
      noticesOf(claim.workspace),
      subscriptionsOf(claim.workspace, addressId),
      suppressionsOf(addressId),
      matchingPlatform(deps.indexes.platform.id(hash)),
      eventsOf(claim.workspace, addressId),
      recipientKeyOf(addressId),
    ])
  noteUse(deps, admit(claim, key, 'consents:read').keyId, key!.lastUsedAt)
  const asked = topics.filter(({ name }) => input.topic === undefined || name === input.topic)
  if (input.topic !== undefined && asked.length === 0)
    throw new Fault({ code: 'topic.not_found', topic: input.topic })
  const proof = await proofOf(deps, {
    workspace: workspace!,
    tenant: claim.tenant,
    addressId,
    hash: toHex(hash),
    topics: asked,
    notices,
    subscriptions,
    suppressions,
    platform: platform.map(platformSuppression),
    events,
    key: recipientKey,
  })
  return { address: input.address, ...proof }
}

/** Makes a proof of what was loaded. */
export async function proofOf(deps: Deps, records: Records): Promise<Omit<Proof, 'address'>> {
  const at = deps.clock()
  const proofs = records.topics.map(topic => ({ topic, proof: topicProof(records, topic, at) }))
  const { key, tenant } = records
  const history = concerning(await openHistory(deps, tenant, key, records.events), records.topics)
  const shown = history.findLast(({ data }) => typeof data['notice'] === 'string')?.data
  const notice = records.notices.find(
    ({ name, version }) => name === shown?.['notice'] && version === shown['noticeVersion'],
  )
  const { sender, company, linkHost } = records.workspace
  const origin = originOf(linkHost, deps.baseUrl)
  const withdrawal = mintToken(deps.keyring, 'preferences', {
    topic: records.topics[0]?.number ?? 0,
    addressId: records.addressId,
    ref: new Uint8Array(),
  })
  const receipt = await deps.receipts.sign(
    receiptOf({
      id: uuidText(deps.ids(at)),
      issuer: deps.baseUrl,
      at,
      addressHash: records.hash,
      sender,
      company,
      notice: notice && {
        name: notice.name,
        version: notice.version,
        url: noticeAddress(notice.url, origin),
        digest: toHex(notice.digest),
      },
      language: typeof shown?.['locale'] === 'string' ? shown['locale'] : 'en',
      topics: proofs,
      history,
      withdrawalUrl: `${origin}/p/${withdrawal}`,
    }),
  )
  return { asOf: timestamp(at), topics: proofs.map(({ proof }) => proof), history, receipt }
}

function topicProof(records: Records, topic: OwnTopic, now: number): TopicProof {
  const row = records.subscriptions.find(one => one.topic === topic.number)
  const decision = decide({
    suppressions: [
      ...suppressionsWithin(records.suppressions, {
        workspace: records.workspace.number,
        topics: [topic.number],
      }),
      ...records.platform,
    ],
    lack: lackOfConsent(topic.consent, row, now),
    purpose: topic.kind,
    now,
  })
  const state = row ? stateNow(row, now) : 'none'
  return {
    topic: topic.name,
    mode: topic.consent,
    state,
    // While it is asked for anew, what it once rested on is no ground.
    ...(row?.basis && state !== 'pending' && { basis: basisOf(row.basis) }),
    ...(row?.givenAt && state !== 'pending' && { givenAt: timestamp(row.givenAt) }),
    ...(row && { since: timestamp(row.at) }),
    ...(row?.until && { expiresAt: timestamp(row.until) }),
    decision: decision.decision,
    ...(decision.decision === 'deny' && { reason: decision.reason }),
  }
}

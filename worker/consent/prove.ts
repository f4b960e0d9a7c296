import { addressHash, canonicalAddress } from '../../core/address.ts'
import { toHex } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import { basisOf } from '../../core/codes/basis.ts'
import { stateNow } from '../../core/codes/subscription.ts'
import { lackOfConsent } from '../../core/consent-lack.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { uuidText } from '../../core/id.ts'
import { noticeAddress, originOf } from '../../core/origin.ts'
import { arrivalsOf, historyPart, type RecipientEventRow, type Span, spansOf } from '../../db/event-list.ts'
import { type NoticeRow, noticesOf } from '../../db/notice.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { type SubscriptionRow, subscriptionsOf } from '../../db/subscription.ts'
import { matchingPlatform, type SuppressionRow, suppressionsOf } from '../../db/suppression.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { type OwnTopic, topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import { verb } from '../call/verb.ts'
import { eventView } from '../ledger/view.ts'
import { decide, type Suppression } from '../suppression/decision.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import * as api from './api.ts'
import type { ConsentDeps } from './deps.ts'
import { concerning } from './entry.ts'
import { evidenceKeys, openHistory } from './history.ts'
import { CONSENT_EVENTS, receiptOf, type TopicProof } from './receipt.ts'

/** A recipient's state in a workspace's topics, with a signed receipt. */
export interface ConsentProof {
  asOf: string
  topics: TopicProof[]
  /** A compact JWS, verified with `/.well-known/jwks.json`. */
  receipt: string
}

/** The rows that a proof is made of. */
export interface ConsentRecords {
  workspace: { number: number; sender: string; company: string; linkHost: string | null }
  addressId: Uint8Array
  topics: OwnTopic[]
  notices: NoticeRow[]
  subscriptions: SubscriptionRow[]
  suppressions: SuppressionRow[]
  platform: Suppression[]
  /** Events of consent that the receipt lists. */
  told: ToldOfConsent
  /** Which part of these events the receipt lists, where that is not all of them. */
  part?: string
}

/**
 * Proves a recipient's consent: the current state, the history with its evidence in pages, and a signed receipt. Throws
 * `key.invalid`, `key.forbidden`, `request.invalid` (also for another tenant's cursor), `topic.not_found`,
 * `database.unavailable`.
 */
export const prove = verb(
  api.proveConsent,
  async (
    ctx: CallContext<ConsentDeps>,
    { address: given, topic, cursor, limit },
  ): Promise<AnswerOf<typeof api.proveConsentDoc>> => {
    const address = canonicalAddress(given)
    if (address === undefined) throw invalidField('address', 'is not an address')
    const after = cursor === undefined ? undefined : await openCursor(ctx.ring, ctx.tenant, cursor)
    if (cursor !== undefined && after === undefined)
      throw invalidField('cursor', 'is not a cursor of this list')
    const hash = addressHash(address)
    const addressId = ctx.indexes.tenant(ctx.tenant).id(hash)
    const [[workspace], topics, notices, subscriptions, suppressions, platform, spans, arrivals, [own]] =
      await ctx.read([
        workspaceByNumber(ctx.workspace),
        topicsOf(ctx.workspace),
        noticesOf(ctx.workspace),
        subscriptionsOf(ctx.workspace, addressId),
        suppressionsOf(addressId),
        matchingPlatform(ctx.indexes.platform.id(hash)),
        spansOf(addressId),
        arrivalsOf(addressId),
        recipientKeyOf(addressId),
      ])
    const asked = topics.filter(({ name }) => topic === undefined || name === topic)
    if (topic !== undefined && asked.length === 0) throw new Fault({ code: 'topic.not_found', topic })
    const [rows, ...told] = await ctx.read([
      historyPart(spans, { from: 'oldest', after, limit, workspace: ctx.workspace }),
      // Only the first page holds the current state.
      ...(after === undefined ? toldOfConsent(spans, ctx.workspace) : []),
    ])
    const keys = await evidenceKeys(ctx, ctx.tenant, own, arrivals)
    const standing =
      after === undefined
        ? await standingOf(ctx, {
            workspace: workspace!,
            addressId,
            topics: asked,
            notices,
            subscriptions,
            suppressions,
            platform: platform.map(platformSuppression),
            told: told as unknown as ToldOfConsent,
          })
        : { asOf: timestamp(ctx.clock()) }
    const history = await openHistory(keys, concerning(rows, asked))
    await leaveTrace(ctx, 'proof')
    return {
      address: given,
      ...standing,
      history,
      ...(rows.length === limit && { next: await sealCursor(ctx.ring, ctx.tenant, rows.at(-1)!.seq) }),
    }
  },
)

/**
 * Events of a receipt: consents, which only the recipient or the sender can give, and other events, which anybody with a link
 * of a mail can cause.
 */
type ToldOfConsent = readonly [given: RecipientEventRow[], other: RecipientEventRow[]]

/** Newest events of each kind that a receipt lists. */
const TOLD_MAX = 100
const GIVEN = ['consent.confirmed', 'consent.granted']

/**
 * Returns the queries of a receipt's events. Each kind has its own limit, so that the holder of a link cannot push consents
 * out by repeated acts.
 */
export const toldOfConsent = (spans: readonly Span[], workspace: number) => {
  const part = { from: 'newest', limit: TOLD_MAX, workspace } as const
  const other = CONSENT_EVENTS.filter(type => !GIVEN.includes(type))
  return [
    historyPart(spans, { ...part, types: GIVEN }),
    historyPart(spans, { ...part, types: other }),
  ] as const
}

/** Returns a recipient's state from the loaded records, with a signed receipt. */
export async function standingOf(deps: ConsentDeps, records: ConsentRecords): Promise<ConsentProof> {
  const at = deps.clock()
  const proofs = records.topics.map(topic => ({ topic, proof: topicProof(records, topic, at) }))
  const told = concerning(
    records.told.flat().sort((a, b) => a.seq - b.seq),
    records.topics,
  ).map(eventView)
  const shown = told.findLast(({ data }) => typeof data['notice'] === 'string')?.data
  const notice = records.notices.find(
    ({ name, version }) => name === shown?.['notice'] && version === shown['noticeVersion'],
  )
  const { sender, company, linkHost } = records.workspace
  const origin = originOf(linkHost, deps.baseUrl)
  const receipt = await deps.receipts.sign(
    receiptOf({
      id: uuidText(deps.ids(at)),
      issuer: deps.baseUrl,
      at,
      addressId: records.addressId,
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
      told,
      part:
        records.part ??
        (records.told.some(rows => rows.length === TOLD_MAX) ? 'newest events only' : undefined),
    }),
  )
  return { asOf: timestamp(at), topics: proofs.map(({ proof }) => proof), receipt }
}

function topicProof(records: ConsentRecords, topic: OwnTopic, now: number): TopicProof {
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
    // A pending confirmation suspends the earlier basis.
    ...(row?.basis && state !== 'pending' && { basis: basisOf(row.basis) }),
    ...(row?.givenAt && state !== 'pending' && { givenAt: timestamp(row.givenAt) }),
    ...(row && { since: timestamp(row.at) }),
    ...(row?.until && { expiresAt: timestamp(row.until) }),
    decision: decision.decision,
    ...(decision.decision === 'deny' && decision.reason !== 'invalid_address' && { reason: decision.reason }),
  }
}

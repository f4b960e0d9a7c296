import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { concatBytes, toHex } from '../../core/bytes.ts'
import { BASES } from '../../core/codes/basis.ts'
import { SUBSCRIPTION_STATES } from '../../core/codes/subscription.ts'
import { expiryOf } from '../../core/consent-term.ts'
import { type NoticeRow, noticesOf } from '../../db/notice.ts'
import { recipientKeysOf } from '../../db/recipient-key.ts'
import { grant, type SubscriptionRow, subscriptionsAmong } from '../../db/subscription.ts'
import { type OwnTopic, topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import type { ConsentEntry, RecordFault } from './api.ts'
import * as api from './api.ts'
import { sealer, whileKeysAreMade } from './seal.ts'

/** Tolerance for a sender's clock that is ahead. */
const SKEW_MS = 60 * 1000

/**
 * The outcome of one consent. `unchanged`: a consent valid at least as long exists. `accepted`: it lies in the journal, takes
 * effect once the database has it, and may turn out to be either. Times are RFC 3339 UTC.
 */
export type RecordResult = { address?: string; sha256?: string; topic: string } & (
  | { outcome: 'recorded' | 'unchanged' | 'accepted'; expiresAt?: string }
  | { outcome: 'refused'; error: RecordFault }
)

/**
 * Records up to 1,000 consents that a sender holds, with their times and evidence, in one act: those from before Floe, and
 * those implied by a purchase or an inquiry. A term set by law runs from `at`, anew for each event; an existing term is never
 * shortened, and a subscription ended by its recipient stays ended. Throws `key.invalid`, `key.forbidden`,
 * `database.unavailable`.
 */
export const recordConsents = verb(
  api.recordConsents,
  (ctx: CallContext<Needs<'cipher' | 'indexes'>>, input) => whileKeysAreMade(() => attempt(ctx, input)),
)

async function attempt(
  ctx: CallContext<Needs<'cipher' | 'indexes'>>,
  { entries }: InputOf<typeof api.recordConsents>,
): Promise<AnswerOf<typeof api.recordConsentsDoc>> {
  const { workspace } = ctx
  const index = ctx.indexes.tenant(ctx.tenant)
  const ids = entries.map(({ address, sha256 }) => {
    const hash = address === undefined ? hashOfHex(sha256!) : hashOfAddress(address)
    return hash && index.id(hash)
  })
  const packed = packedIds(ids)
  const [topics, notices, standing, keys] = await ctx.read([
    topicsOf(workspace),
    noticesOf(workspace),
    subscriptionsAmong(workspace, packed),
    recipientKeysOf(packed),
  ])

  const now = ctx.clock()
  const known = { topics, notices, ended: endedAmong(standing) }
  const planned = entries.map((entry, i) => plan(entry, ids[i], known, now))
  const seal = sealer(ctx, keys)
  const acts = []
  for (const [i, planned_] of planned.entries()) {
    if (typeof planned_ === 'string') continue
    const { row, data } = planned_
    const event = ctx.event('consent.granted', {
      at: now,
      addressId: row.addressId,
      subject: `${entries[i]!.topic}`,
      data,
    })
    const { entry, keep } = await seal(event, evidenceOf(entries[i]!))
    acts.push({ i, act: [...grant(row, entry), ...keep] })
  }
  const results = acts.length > 0 ? await ctx.commit(acts.flatMap(({ act }) => act)) : []
  const recorded = new Set<number>()
  let at = 0
  for (const { i, act } of acts) {
    if (results && results[at]!.affected > 0) recorded.add(i)
    at += act.length
  }
  return {
    results: entries.map(({ address, sha256, topic }, i): RecordResult => {
      const named = { ...(address === undefined ? { sha256: sha256! } : { address }), topic }
      const planned_ = planned[i]!
      if (typeof planned_ === 'string') return { ...named, outcome: 'refused', error: planned_ }
      const { until } = planned_.row
      return {
        ...named,
        outcome: results ? (recorded.has(i) ? 'recorded' : 'unchanged') : 'accepted',
        ...(until !== null && { expiresAt: new Date(until).toISOString() }),
      }
    }),
  }
}

interface Known {
  topics: OwnTopic[]
  notices: NoticeRow[]
  /** Subscriptions ended by recipients, by topic and address id. */
  ended: Set<string>
}

const subscriptionName = (topic: number, addressId: Uint8Array): string => `${topic} ${toHex(addressId)}`

/** Includes subscriptions that were ended and then requested again: only a confirmation renews them. */
const endedAmong = (standing: readonly SubscriptionRow[]): Set<string> =>
  new Set(
    standing
      .filter(({ state, endedAt }) => state === SUBSCRIPTION_STATES.ended || endedAt !== null)
      .map(({ topic, addressId }) => subscriptionName(topic, addressId)),
  )

function plan(entry: ConsentEntry, addressId: Uint8Array | undefined, known: Known, now: number) {
  if (!addressId) return 'invalid_address'
  const topic = known.topics.find(({ name }) => name === entry.topic)
  if (!topic) return 'unknown_topic'
  const notice = known.notices.find(
    ({ name, version }) => name === entry.notice?.name && version === entry.notice.version,
  )
  if (entry.notice && !notice) return 'unknown_notice'
  const givenAt = Date.parse(entry.at)
  if (givenAt > now + SKEW_MS) return 'at_in_the_future'
  const term = expiryOf(entry.basis, givenAt)
  const until = entry.expiresAt === undefined ? term : Date.parse(entry.expiresAt)
  if (term !== null && until !== null && until > term) return 'longer_than_the_law'
  if (until !== null && until <= now) return 'already_expired'
  if (known.ended.has(subscriptionName(topic.number, addressId))) return 'ended_by_recipient'
  return {
    row: { topic: topic.number, addressId, at: now, until, basis: BASES[entry.basis], givenAt },
    data: {
      topics: entry.topic,
      basis: entry.basis,
      givenAt: new Date(givenAt).toISOString(),
      ...(until !== null && { expiresAt: new Date(until).toISOString() }),
      ...(notice && {
        notice: notice.name,
        noticeVersion: notice.version,
        noticeDigest: toHex(notice.digest),
      }),
      via: 'api',
    },
  } as const
}

const evidenceOf = ({ source, ip, userAgent, wording, proof }: ConsentEntry): object =>
  // `JSON.stringify` omits undefined fields.
  ({ source, ip, userAgent, wording, proof })

function packedIds(ids: readonly (Uint8Array | undefined)[]): Uint8Array {
  const unlike = [...new Map(ids.flatMap(id => (id ? [[toHex(id), id] as const] : []))).values()]
  return concatBytes(unlike)
}

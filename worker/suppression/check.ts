import { timestamp } from '../../core/clock.ts'
import { lackOf } from '../../core/codes/lack.ts'
import { isOfMarketing, reasonOf } from '../../core/codes/reason.ts'
import { scopeName, TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import type { Lack } from '../../core/consent-lack.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { packAddresses, packHex, packIds } from '../../core/pack.ts'
import type { Query } from '../../db/engine/query.ts'
import { type Hit, matching, matchingPlatform, PLATFORM } from '../../db/suppression.ts'
import { type MailedTopic, mailedTopic } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import type { CheckResult } from './check-api.ts'
import * as api from './check-api.ts'
import { decide, type Suppression } from './decision.ts'

const NOTHING: readonly Suppression[] = []

/**
 * Decides which of up to 10,000 recipients may be mailed now, in the given order with duplicates, in one database round trip.
 *
 * Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` for a transactional check of a marketing topic,
 * and `database.unavailable` where the answer is unknown: it is never guessed.
 */
export const check = verb(
  api.checkAddresses,
  async (
    ctx: CallContext<Needs<'hashMany' | 'indexes'>>,
    input,
  ): Promise<AnswerOf<typeof api.checkAddressesDoc>> => {
    const given = input.addresses ?? input.sha256 ?? []
    const { hashes, places } = input.addresses ? packAddresses(ctx.hashMany, given) : packHex(given)
    const tenantIds = packIds(ctx.indexes.tenant(ctx.tenant).ids(ctx.hashMany, hashes), places)
    const platformIds = packIds(ctx.indexes.platform.ids(ctx.hashMany, hashes), places)
    const now = ctx.clock()
    const scopes: [number, number] = [TENANT_SCOPE, workspaceScope(ctx.workspace)]
    const named = input.topic === undefined ? undefined : { workspace: ctx.workspace, name: input.topic }
    const questions: [Query<MailedTopic[]>, Query<Hit[]>, Query<Hit[]>] = [
      mailedTopic(ctx.workspace, input.topic ?? ''),
      matching(tenantIds.bytes, { scopes, topic: named, consent: input.purpose === 'marketing', now }),
      matchingPlatform(platformIds.bytes),
    ]
    const {
      asOf,
      answers: [[topic], hits, platformHits],
    } =
      input.freshness === 'nearby'
        ? await ctx.readNearby(questions)
        : { asOf: now, answers: await ctx.read(questions) }
    if (input.topic !== undefined && !topic) throw new Fault({ code: 'topic.not_found', topic: input.topic })
    // A transactional check would let marketing pass every unsubscribe.
    if (input.purpose === 'transactional' && topic?.kind === 'marketing')
      throw invalidField('purpose', 'is not transactional for a marketing topic')

    const found = new Map<number, Suppression[]>()
    const lacking = new Map<number, Lack>()
    const ownTopic = topic && topicScope(topic.number)
    collect(
      found,
      lacking,
      hits.filter(({ scope }) => scopeName(scope) !== 'topic' || scope === ownTopic),
      tenantIds.order,
    )
    collect(found, lacking, platformHits, platformIds.order)
    const valid = new Uint8Array(given.length)
    for (const place of places) valid[place] = 1
    const results = given.map((text, place): CheckResult => {
      const suppressions = valid[place] === 1 ? (found.get(place) ?? NOTHING) : undefined
      const decision = decide({ suppressions, lack: lacking.get(place), purpose: input.purpose, now })
      const result: CheckResult = input.addresses
        ? { address: text, decision: decision.decision }
        : { sha256: text, decision: decision.decision }
      if (decision.decision === 'allow') return result
      result.reason = decision.reason
      if (decision.reason === 'invalid_address') return result
      result.scope = decision.scope
      if (decision.since !== null) result.since = timestamp(decision.since)
      if (decision.until !== null) result.until = timestamp(decision.until)
      return result
    })
    return { asOf: timestamp(Math.min(asOf, now)), results }
  },
)

function collect(
  found: Map<number, Suppression[]>,
  lacking: Map<number, Lack>,
  hits: readonly Hit[],
  order: Uint16Array,
): void {
  for (const { index, scope, reason, at, until } of hits) {
    const place = order[index]!
    if (reason < 0) {
      lacking.set(place, { reason: lackOf(reason), since: at })
      continue
    }
    const suppression = {
      scope: scope === PLATFORM ? ('platform' as const) : scopeName(scope),
      reason: reasonOf(reason),
      at: at!,
      until,
      ofMarketing: isOfMarketing(reason),
    }
    const others = found.get(place)
    if (others) others.push(suppression)
    else found.set(place, [suppression])
  }
}

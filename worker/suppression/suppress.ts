import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { toHex } from '../../core/bytes.ts'
import { type ScopeCode, TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import { type SuppressionRecord, suppressMany } from '../../db/suppression-batch.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { stopRecords } from './statements.ts'

type Clusters = Needs<'hashMany' | 'indexes' | 'cluster' | 'clusters'>
type SuppressResult = AnswerOf<typeof api.addSuppressionsDoc>['results'][number]

/**
 * Adds up to 10,000 suppressions, each with its ledger event, in one transaction, and returns their outcomes in order. An
 * entry never weakens an existing suppression. One for the platform is written to every cluster. Throws `key.invalid`,
 * `key.forbidden`, `database.unavailable`, and `cluster.unavailable` where a cluster did not take it: a repeated call
 * completes it.
 */
export const suppressEntries = verb(
  api.addSuppressions,
  async (ctx: CallContext<Clusters>, input): Promise<AnswerOf<typeof api.addSuppressionsDoc>> => {
    const { tenant, workspace } = ctx
    const [topics] = await ctx.read([topicsOf(workspace)])
    if (input.entries.some(entry => entry.scope === 'platform')) ctx.demand('platform_suppressions:write')
    if (input.entries.some(entry => entry.reason === 'legal')) ctx.demand('legal_suppressions:write')

    const at = ctx.clock()
    const topicNumbers = new Map(topics.map(topic => [topic.name, topic.number]))
    const planned = input.entries.map(item => {
      const hash = item.address === undefined ? hashOfHex(item.sha256!) : hashOfAddress(item.address)
      const until = item.until === undefined ? null : Date.parse(item.until)
      const topic = item.topic === undefined ? undefined : topicNumbers.get(item.topic)
      const scope = scopeCode(item.scope, workspace, topic)
      if (hash === undefined) return 'invalid_address'
      if (scope === undefined) return 'unknown_topic'
      if (until !== null && until <= at) return 'until_in_the_past'
      const index = item.scope === 'platform' ? ctx.indexes.platform : ctx.indexes.tenant(tenant)
      const { reason } = item
      const addressId = index.id(hash)
      const stop = { at, tenant, workspace, addressId, scope, reason, until } as const
      return stopRecords(ctx, { ...stop, source: 'sender', via: 'api' })
    })

    const added = await commit(ctx, furthestReaching(planned.filter(plan => typeof plan !== 'string')))
    const results = planned.map((plan, i): SuppressResult => {
      const { address, sha256 } = input.entries[i]!
      const named = address === undefined ? { sha256: sha256! } : { address }
      if (typeof plan === 'string') return { ...named, outcome: 'refused', error: plan }
      return {
        ...named,
        outcome: added ? (added.has(toHex(plan.entry.id)) ? 'added' : 'unchanged') : 'accepted',
        id: plan.entry.subject,
      }
    })
    return { results }
  },
)

function scopeCode(
  scope: InputOf<typeof api.addSuppressions>['entries'][number]['scope'],
  workspace: number,
  topic: number | undefined,
): ScopeCode | undefined {
  if (scope === 'platform') return 0
  if (scope === 'tenant') return TENANT_SCOPE
  if (scope === 'workspace') return workspaceScope(workspace)
  return topic && topicScope(topic)
}

/** Returns the longest-lasting of equal entries, and of those the earliest, so that each has one event. */
export function furthestReaching(list: SuppressionRecord[]): SuppressionRecord[] {
  const kept = new Map<string, SuppressionRecord>()
  for (const records of list) {
    const other = kept.get(records.entry.subject)?.row
    const { at, until } = records.row
    const isLonger = other && other.until !== null && (until === null || until > other.until)
    if (!other || isLonger || (until === other.until && at < other.at))
      kept.set(records.entry.subject, records)
  }
  return [...kept.values()]
}

/**
 * Commits the records in one act, and returns the ids of the appended events in hex; undefined where the act lies in the
 * journal.
 */
async function commit(
  ctx: CallContext<Clusters>,
  list: SuppressionRecord[],
): Promise<Set<string> | undefined> {
  const platform = list.filter(({ row }) => row.scope === 0)
  const tenant = list.filter(({ row }) => row.scope !== 0)
  const how = { hashMany: ctx.hashMany, returning: 'RETURNING id' } as const
  const shared = platform.length > 0 ? suppressMany(platform, 'platform', how) : []
  const act = [...(tenant.length > 0 ? suppressMany(tenant, 'tenant', how) : []), ...shared]
  if (act.length === 0) return new Set()
  const results = await (shared.length > 0 ? commitEverywhere(ctx, act, shared) : ctx.commit(act))
  return results && new Set(results.flatMap(({ rows }) => rows.map(([id]) => toHex(id as Uint8Array))))
}

/**
 * Commits an act in its own cluster and its platform part in all others. Returns the results of its own. Throws
 * `cluster.unavailable`.
 */
async function commitEverywhere(ctx: CallContext<Clusters>, act: WriteBatch, shared: WriteBatch) {
  const others = ctx.clusters.filter(({ cluster }) => cluster !== ctx.cluster)
  const [own, ...theirs] = await Promise.allSettled([
    ctx.commit(act),
    ...others.map(({ db }) => db.commit(shared)),
  ])
  const failed = [own!, ...theirs].find(each => each.status === 'rejected')
  if (!failed) return (own as PromiseFulfilledResult<StatementResult[] | undefined>).value
  if (others.length === 0) throw failed.reason
  if (!(failed.reason instanceof Fault)) ctx.log('platform suppression', failed.reason)
  throw new Fault({ code: 'cluster.unavailable' }, { cause: failed.reason })
}

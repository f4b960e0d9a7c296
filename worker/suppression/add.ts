import type { Act } from '../../db/commit.ts'
import type { StatementResult } from '../../db/hrana.ts'
import { end, type Left, restore } from '../../db/subscription.ts'
import type { Records } from '../../db/suppression-batch.ts'
import { choose, takeBack } from '../../db/suppression-choice.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Ids } from '../core/id.ts'
import { REASONS, type Reason } from './reason.ts'
import { type ScopeCode, scopeOf, suppressionId } from './scope.ts'
import { SOURCES, type Source } from './source.ts'

/** What anybody's wish to stop mail comes down to, whichever door it came through. */
export interface Stop {
  id: Uint8Array
  at: number
  tenant: number
  workspace: number
  actor: string
  addressId: Uint8Array
  scope: ScopeCode
  reason: Reason
  source: Source
  until: number | null
  /** The door: `one-click`, `page`, `preferences`, `api`. */
  via: string
  messageRef?: string
}

/** Returns the row and the ledger event of a stop. */
export function stopRecords(stop: Stop): Records {
  const { addressId, scope, at, until } = stop
  const reason = REASONS[stop.reason]
  const reach = scope === 0 ? 'platform' : scopeOf(scope)
  return {
    row: { addressId, scope, reason, source: SOURCES[stop.source], at, until },
    entry: {
      id: stop.id,
      at,
      tenant: stop.tenant,
      workspace: stop.workspace,
      type: 'suppression.added',
      actor: stop.actor,
      addressId,
      subject: suppressionId(addressId, scope, reason),
      data: {
        scope: reach,
        reason: stop.reason,
        until,
        via: stop.via,
        ...(reach === 'topic' && { topic: Math.floor(scope / 4) }),
        ...(stop.messageRef && { messageRef: stop.messageRef }),
      },
    },
  }
}

/**
 * Returns the act of a recipient's stop: its suppression, renewed where it stood already, and its event. Whoever unsubscribes also
 * withdraws: what they are subscribed to there ends in the same act, with its own event. Its results are for `startedBy` and `withdrew`.
 */
export function stopAct(stop: Omit<Stop, 'id' | 'source'>, ids: Ids, id = ids(stop.at)): Act {
  const { row, entry } = stopRecords({ ...stop, id, source: 'recipient' })
  const { until: _, ...facts } = entry.data
  const repeated: LedgerEvent = {
    ...entry,
    id: ids(stop.at),
    type: 'suppression.repeated',
    data: { ...facts, count: 1 },
  }
  const act = choose(row, entry, repeated)
  if (stop.reason !== 'unsubscribed') return act
  const { scope, ...data } = entry.data
  const left = leftBy(stop)
  return [
    ...act,
    ...end(left, {
      ...entry,
      id: ids(stop.at),
      type: 'consent.withdrawn',
      addressId: stop.addressId,
      data: { scope: scope!, via: data['via']!, ...('topic' in left && { topic: left.topic }) },
    }),
  ]
}

const WITHDRAWAL = 2

/** Whether the results of a stop say that a subscription ended with it. */
export const withdrew = (results: readonly StatementResult[]): boolean =>
  (results[WITHDRAWAL]?.affected ?? 0) > 0

/** Returns the act that takes back a recipient's stop of exactly `doneAt`, with its events, while it was their last choice there: nothing older, nothing later, nobody else's word. */
export function undoAct(
  stop: Pick<Stop, 'at' | 'tenant' | 'workspace' | 'addressId' | 'scope' | 'reason'> & { doneAt: number },
  ids: Ids,
): Act {
  const { addressId, scope, doneAt } = stop
  const reach = scopeOf(scope)
  const reason = REASONS[stop.reason]
  const common = {
    at: stop.at,
    tenant: stop.tenant,
    workspace: stop.workspace,
    actor: 'recipient',
    addressId,
    subject: suppressionId(addressId, scope, reason),
  }
  const data = { scope: reach, via: 'undo', ...(reach === 'topic' && { topic: Math.floor(scope / 4) }) }
  const lifted = takeBack(
    { addressId, scope, reason, doneAt },
    { ...common, id: ids(stop.at), type: 'suppression.lifted', data: { ...data, reason: stop.reason } },
  )
  if (stop.reason !== 'unsubscribed') return lifted
  return [
    ...lifted,
    ...restore(leftBy(stop), doneAt, { ...common, id: ids(stop.at), type: 'consent.restored', data }),
  ]
}

/** Returns what a recipient who stops leaves: they can stop no more than one workspace's mail. */
export const leftBy = ({ scope, workspace }: Pick<Stop, 'scope' | 'workspace'>): Left =>
  scopeOf(scope) === 'topic' ? { topic: Math.floor(scope / 4) } : { workspace }

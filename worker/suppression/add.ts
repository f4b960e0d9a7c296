import type { Act } from '../../db/commit.ts'
import { end, type Left, restore } from '../../db/subscription.ts'
import { lift, suppress } from '../../db/suppression.ts'
import type { Records } from '../../db/suppression-batch.ts'
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
 * Returns the act of a single stop: its suppression and its event, once however often it is applied. Whoever unsubscribes also
 * withdraws: what they are subscribed to there ends in the same act, with its own event.
 */
export function stopAct(stop: Omit<Stop, 'id'>, ids: Ids): Act {
  const { row, entry } = stopRecords({ ...stop, id: ids(stop.at) })
  const act = suppress(row, entry)
  if (stop.reason !== 'unsubscribed' || stop.source !== 'recipient') return act
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

/** How long whoever stopped mail may take that back, in milliseconds: half an hour. */
export const UNDO_MS = 30 * 60 * 1000

/** Returns the act that takes back a recipient's own stop of exactly `doneAt`, with its events: nothing older, nothing later, nobody else's word. */
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
  const lifted = lift(
    { addressId, scope, reason, source: SOURCES.recipient, at: doneAt },
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

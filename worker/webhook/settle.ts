import { ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import type { Statement } from '../../core/write/statement.ts'
import { arrived, giveUp, wait } from '../../db/webhook-delivery.ts'
import { advance, allDue, disableEndpoint, type WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import type { ActorContext } from '../call/context.ts'
import type { Batch, Item } from './batch.ts'
import { endpointName } from './endpoint.ts'
import type { Attempt } from './post.ts'
import { isDown, nextAttemptAt, standingAfter } from './schedule.ts'

/** An event of a batch and its attempt, if there was one. */
export interface Tried {
  item: Item
  eventId: string
  attempt: Attempt | undefined
}

/** A batch after its attempts. */
export interface Settlement {
  endpoint: WebhookEndpoint
  /** Sequence number up to which the ledger was read. */
  last: number
  /** Events that waited before the batch. */
  waiting: number
  batch: Batch
  tried: readonly Tried[]
  leaseMs: number
}

/** The state of an endpoint after a batch, and whether its run is over. */
export interface Settled {
  standing: Pick<WebhookEndpoint, 'cursor' | 'dueAt' | 'failures' | 'failingSince'>
  over: boolean
}

/**
 * Records the outcome of a batch in one act: deliveries, waiting events, given-up events, the cursor and the endpoint's
 * state. Throws `ActRefused` where the lease was lost, `database.unavailable`.
 */
export async function settle(ctx: ActorContext, settlement: Settlement): Promise<Settled> {
  const { endpoint, last, batch, tried, leaseMs } = settlement
  const { id } = endpoint
  const now = ctx.clock()
  const attempts = tried.flatMap(({ attempt }) => attempt ?? [])
  const verdict = standingAfter(endpoint, attempts, now, Math.random())
  const over = verdict.disabled !== undefined || verdict.pausedUntil !== undefined

  const delivered: number[] = []
  const act: Statement[] = batch.held.map(item => wait(id, { ...untried(item), dueAt: now }, null))
  let left = settlement.waiting + batch.held.length
  for (const { item, eventId, attempt } of tried) {
    if (attempt?.outcome === 'delivered') {
      if (item.waiting) delivered.push(item.seq)
      left -= item.waiting ? 1 : 0
      continue
    }
    left += item.waiting ? 0 : 1
    if (!attempt) {
      if (!item.waiting) act.push(wait(id, { ...untried(item), dueAt: now }, null))
      continue
    }
    const before = item.waiting ?? untried(item)
    const row = { ...before, firstAt: before.firstAt ?? now }
    if (isDown(endpoint.failures) && attempt.outcome === 'failed') {
      act.push(wait(id, { ...row, dueAt: now }, attempt.code))
      continue
    }
    const count = row.attempts + 1
    const dueAt = nextAttemptAt(count, now, Math.random())
    if (dueAt !== undefined) act.push(wait(id, { ...row, attempts: count, dueAt }, attempt.code))
    else {
      const entry = event(ctx, endpoint, now, 'webhook_delivery.given_up', eventId, { code: attempt.code })
      act.push(...giveUp(id, item.seq, count, attempt.code, entry))
      left--
    }
  }
  if (delivered.length > 0) act.push(arrived(id, delivered))
  if (isDown(endpoint.failures) && !isDown(verdict.failures)) act.push(allDue(id, now))
  if (verdict.disabled) {
    const reason = { reason: verdict.disabled }
    const entry = event(ctx, endpoint, now, 'webhook_endpoint.disabled', endpointName(id), reason)
    act.push(...disableEndpoint(id, ENDPOINT_STATES[verdict.disabled], entry))
  }

  const standing = {
    cursor: last,
    failures: verdict.failures,
    // Without waiting events nothing fails any more.
    failingSince: left === 0 ? null : verdict.failingSince,
    dueAt: over ? (verdict.pausedUntil ?? now) : now + leaseMs,
  }
  await ctx.db.commit([advance(endpoint, standing), ...act], 'results')
  return { standing, over }
}

const untried = ({ seq, addressId }: Item) => ({ seq, addressId, attempts: 0, firstAt: null })

const event = (
  ctx: ActorContext,
  { tenant, workspace, id, url }: WebhookEndpoint,
  at: number,
  type: EventType,
  subject: string,
  data: LedgerEvent['data'],
): LedgerEvent =>
  ctx.event(type, {
    at,
    tenant,
    workspace,
    subject,
    data: { ...data, endpoint: endpointName(id), host: new URL(url).host },
  })

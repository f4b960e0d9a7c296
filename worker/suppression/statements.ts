import { timestamp } from '../../core/clock.ts'
import { isOfMarketing, MARKETING_BOUNCE, REASONS, type Reason } from '../../core/codes/reason.ts'
import { numberOf, type ScopeCode, scopeName, suppressionId } from '../../core/codes/scope.ts'
import { SOURCES, type Source } from '../../core/codes/source.ts'
import type { LedgerEvent } from '../../core/event.ts'
import { Fault } from '../../core/fault.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { Statement, StatementResult } from '../../core/write/statement.ts'
import { countChange, mayChange, nextChangeAt } from '../../db/preference-allowance.ts'
import { type Left, restore } from '../../db/subscription.ts'
import type { SuppressionRecord } from '../../db/suppression-batch.ts'
import { stop, takeBack } from '../../db/suppression-choice.ts'
import type { Acting } from '../call/context.ts'
import type { Deps } from '../deps.ts'

/** A request to stop mail, from any channel. */
export interface Stop {
  /** Id of its event; a new one when left out. */
  id?: Uint8Array
  at: number
  /** Since when it stood elsewhere before it was recorded here. */
  since?: number | undefined
  tenant: number
  workspace: number
  addressId: Uint8Array
  scope: ScopeCode
  reason: Reason
  /** Whether it stops marketing only; set for bounces alone. */
  ofMarketing?: boolean
  source: Source
  until: number | null
  /** The channel, such as `one-click`, `page`, `preferences` or `api`. */
  via: string
  messageRef?: string
  /** Name of the import that brought it. */
  import?: string
}

/** Returns the row and the ledger event of a stop. */
export function stopRecords(by: Acting, stop: Stop): SuppressionRecord {
  const { addressId, scope, at, since, until } = stop
  const reason = stop.ofMarketing ? MARKETING_BOUNCE : REASONS[stop.reason]
  const reach = scope === 0 ? 'platform' : scopeName(scope)
  return {
    row: { addressId, scope, reason, source: SOURCES[stop.source], at: since ?? at, until },
    entry: by.event('suppression.added', {
      ...(stop.id && { id: stop.id }),
      at,
      tenant: stop.tenant,
      workspace: stop.workspace,
      addressId,
      subject: suppressionId(addressId, scope, reason),
      data: {
        scope: reach,
        reason: stop.reason,
        ...(isOfMarketing(reason) && { purpose: 'marketing' }),
        until,
        via: stop.via,
        ...(reach === 'topic' && { topic: numberOf(scope) }),
        ...(stop.messageRef && { messageRef: stop.messageRef }),
        ...(stop.import && { import: stop.import }),
        ...(since !== undefined && { since }),
      },
    }),
  }
}

/**
 * Returns the statement of a recipient's stop: its suppression, renewed where it exists, and its event. An unsubscribe also ends
 * the subscriptions it covers, with an event of their own. `stopOutcome` reads its result.
 */
export function stopAct(by: Acting & Pick<Deps, 'hashMany'>, given: Omit<Stop, 'source'>): Statement {
  const { row, entry: added } = stopRecords(by, { ...given, source: 'recipient' })
  const { at, tenant, workspace, addressId } = given
  const { until: _, ...facts } = added.data
  const about = { at, tenant, workspace, addressId, subject: added.subject }
  const repeated = by.event('suppression.repeated', { ...about, data: { ...facts, count: 1 } })
  if (given.reason !== 'unsubscribed') return stop({ row, added, repeated }, by.hashMany)
  const left = leftBy(given)
  const data = { scope: facts['scope']!, via: given.via, ...('topic' in left && { topic: left.topic }) }
  const entry = by.event('consent.withdrawn', { ...about, data })
  return stop({ row, added, repeated, withdrawn: { left, entry } }, by.hashMany)
}

/** The undo of what a recipient stopped at exactly `doneAt`: each scope, and why it was stopped. */
export type Undo = Pick<Stop, 'at' | 'tenant' | 'workspace' | 'addressId'> & {
  doneAt: number
  stops: readonly Pick<Stop, 'scope' | 'reason'>[]
}

/**
 * Returns the act that undoes a recipient's stop, with its events, if it is still their last choice; older or later rows, and
 * those of others, stay. It counts towards the daily limit of changes by links; the results are for `demandAllowed`.
 */
export function undoAct(by: Acting, { stops, ...undo }: Undo): WriteBatch {
  const { addressId, at, doneAt, tenant, workspace } = undo
  const allowed = mayChange(undo, at)
  const events: LedgerEvent[] = []
  const appended = <T extends LedgerEvent>(entry: T): T => {
    events.push(entry)
    return entry
  }
  const lifting = stops.flatMap(({ scope, reason }) => {
    const reach = scopeName(scope)
    const subject = suppressionId(addressId, scope, REASONS[reason])
    const about = { at, tenant, workspace, addressId, subject }
    const data = { scope: reach, via: 'undo', ...(reach === 'topic' && { topic: numberOf(scope) }) }
    const lifted = takeBack(
      { addressId, scope, reason: REASONS[reason], doneAt },
      appended(by.event('suppression.lifted', { ...about, data: { ...data, reason } })),
      allowed,
    )
    if (reason !== 'unsubscribed') return lifted
    const restored = appended(by.event('consent.restored', { ...about, data }))
    return [...lifted, ...restore(leftBy({ scope, workspace }), doneAt, restored, allowed)]
  })
  const counted = countChange(
    undo,
    at,
    events.map(({ id }) => id),
  )
  return [nextChangeAt(undo, at), ...lifting, counted]
}

/** Throws `preferences.limited` where an act that begins with `nextChangeAt` exceeded the limit, by its results. */
export function demandAllowed(results: readonly StatementResult[] | undefined, now: number): void {
  const next = results?.[0]?.rows[0]?.[0]
  if (typeof next === 'number') throw tooManyChanges(next, now)
}

/** Returns the fault of a change beyond the limit, which may be made again at `next`. */
export const tooManyChanges = (next: number, now: number): Fault =>
  new Fault({
    code: 'preferences.limited',
    againAt: timestamp(next),
    retryAfterSeconds: Math.max(1, Math.ceil((next - now) / 1000)),
  })

/** Returns the subscriptions that a recipient's stop ends: those of a topic, or of one workspace at most. */
export const leftBy = ({ scope, workspace }: Pick<Stop, 'scope' | 'workspace'>): Left =>
  scopeName(scope) === 'topic' ? { topic: numberOf(scope) } : { workspace }

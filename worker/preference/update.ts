import { toBase64Url } from '../../core/bytes.ts'
import { DAY_MS } from '../../core/clock.ts'
import type { Reason } from '../../core/codes/reason.ts'
import { type ScopeCode, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import type { Locale } from '../../core/locale.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { StatementResult } from '../../core/write/statement.ts'
import { countChange, mayChange, nextChangeAt } from '../../db/preference-allowance.ts'
import { chooseLanguage, optOutOfSale } from '../../db/recipient-choice.ts'
import { stopOutcome } from '../../db/suppression-choice.ts'
import type { ActorContext } from '../call/context.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { demandAllowed, stopAct, tooManyChanges, undoAct } from '../suppression/statements.ts'
import type { PreferenceCommand } from './command.ts'
import type { PreferenceDeps } from './deps.ts'
import type { LoadedPreferences } from './load.ts'
import { canBeUndone, type PreferenceOutcome, readOutcome } from './outcome.ts'
import { endedTopics, staleTopics } from './preference.ts'

/**
 * Performs a recipient's command in one act and returns its outcome. A browser that sends Sec-GPC opts out of sale and
 * sharing with any command (decision 0008). Throws `request.invalid` for a topic that cannot be chosen,
 * `undo.expired`, `preferences.limited` for too many changes that do not stop mail, `database.unavailable`.
 */
export async function updatePreferences(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  command: Exclude<PreferenceCommand, { act: 'ask' }>,
  globalPrivacyControl: boolean,
): Promise<PreferenceOutcome> {
  const at = ctx.clock()
  const outcome = nothingDone(command.act, at)
  const byChoice = command.act === 'opt_out_of_sale'
  const optOut =
    byChoice || globalPrivacyControl ? optOutOf(ctx, opened, at, byChoice ? 'preferences' : 'sec-gpc') : []
  const limited = command.act === 'language' || command.act === 'undo'
  // Checked before the write lane is asked; the act checks again.
  if (limited && opened.nextChangeAt !== null) throw tooManyChanges(opened.nextChangeAt, at)
  // A stop or undo also applies to the address that succeeded this one; other choices stay with this one.
  const { addressId } = opened.claim
  const own = (id: Uint8Array, act: WriteBatch) => (id === addressId ? [...act, ...optOut] : act)
  if (command.act === 'save') {
    outcome.stale = staleTopics(opened, known(opened, command)).map(({ number }) => number)
    const ended = endedTopics(opened, command)
    const stops = (id: Uint8Array) =>
      ended.map(topic => stop(ctx, opened, id, at, topicScope(topic.number), 'unsubscribed', null))
    const results = await commit(ctx, addressId, id => own(id, stops(id)))
    outcome.ended = ended.filter((_, i) => !results || stopped(results[i]!)).map(({ number }) => number)
    return { ...outcome, changed: outcome.ended.length > 0 }
  }
  const actFor = (id: Uint8Array) => own(id, actOf(ctx, opened, id, command, at))
  if (command.act === 'pause' || command.act === 'stop') {
    const results = await commit(ctx, addressId, actFor)
    return { ...outcome, changed: !results || stopped(results[0]!) }
  }
  const results = await commit(ctx, addressId, actFor, 'results')
  if (limited) demandAllowed(results, at)
  return { ...outcome, changed: results?.some(({ affected }) => affected > 0) ?? false }
}

/** Returns the outcome of a command that changed nothing yet. */
export const nothingDone = (act: PreferenceCommand['act'], at: number): PreferenceOutcome => ({
  act,
  at,
  changed: false,
  ended: [],
  stale: [],
})

/** Returns the statements that opt a recipient out of sale and sharing; none where they did before. */
export const optOutOf = (
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  at: number,
  via: 'preferences' | 'sec-gpc',
): WriteBatch =>
  opened.saleOptedOut
    ? []
    : optOutOfSale(person(opened), event(ctx, opened, at, 'recipient.sale_opted_out', { via }))

/** Whether a stop changed anything: the suppression began now, or a consent ended. */
function stopped(result: StatementResult): boolean {
  const { started, withdrew } = stopOutcome(result)
  return started || withdrew
}

async function commit(
  ctx: ActorContext<PreferenceDeps>,
  addressId: Uint8Array,
  actFor: (addressId: Uint8Array) => WriteBatch,
  needs?: 'results',
): Promise<StatementResult[] | undefined> {
  return actFor(addressId).length > 0 ? commitFollowing(ctx, addressId, actFor, needs) : []
}

function actOf(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  addressId: Uint8Array,
  command: Exclude<PreferenceCommand, { act: 'save' | 'ask' }>,
  at: number,
): WriteBatch {
  const everything = workspaceScope(opened.place.workspace)
  switch (command.act) {
    case 'pause':
      return [stop(ctx, opened, addressId, at, everything, 'paused', endOfDay(at + command.days * DAY_MS))]
    case 'stop':
      return [stop(ctx, opened, addressId, at, everything, 'unsubscribed', null)]
    case 'language':
      return addressId === opened.claim.addressId ? speak(ctx, opened, command.locale, at) : []
    case 'opt_out_of_sale':
      return []
    case 'undo':
      return takeBack(ctx, opened, addressId, command.undo, at)
  }
}

/** A pause ends at midnight UTC, so that a repetition on the same day changes nothing and adds no event. */
const endOfDay = (at: number): number => Math.ceil(at / DAY_MS) * DAY_MS

function speak(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  locale: Locale,
  at: number,
): WriteBatch {
  const changer = { ...person(opened), workspace: opened.place.workspace }
  const chosen = event(ctx, opened, at, 'recipient.language_chosen', { locale, via: 'preferences' })
  return [
    nextChangeAt(changer, at),
    ...chooseLanguage({ ...person(opened), locale }, chosen, mayChange(changer, at)),
    countChange(changer, at, [chosen.id]),
  ]
}

/** Undoes only rows of the very act, so that a mailed link alone can never turn a topic on. */
function takeBack(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  addressId: Uint8Array,
  text: string,
  at: number,
): WriteBatch {
  const done = readOutcome(ctx.keyring, opened.claim, text, at)
  if (!done || !canBeUndone(done)) throw new Fault({ code: 'undo.expired' })
  const { tenant, workspace } = opened.place
  const common = { at, doneAt: done.at, tenant, workspace, addressId }
  if (done.act !== 'save') {
    const reason = done.act === 'pause' ? 'paused' : 'unsubscribed'
    return undoAct(ctx, { ...common, scopes: [workspaceScope(workspace)], reason })
  }
  return undoAct(ctx, { ...common, scopes: done.ended.map(topicScope), reason: 'unsubscribed' })
}

/** Returns a save whose topics can all be chosen. Throws `request.invalid` where it names others. */
function known({ topics }: LoadedPreferences, command: Extract<PreferenceCommand, { act: 'save' }>) {
  const choosable = topics.filter(({ state }) => state !== 'required').map(({ name }) => name)
  for (const field of ['shown', 'topic'] as const)
    if (!command[field].every(name => choosable.includes(name)))
      throw invalidField(field, 'names a topic that cannot be chosen here')
  return command
}

const stop = (
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  addressId: Uint8Array,
  at: number,
  scope: ScopeCode,
  reason: Reason,
  until: number | null,
) =>
  stopAct(ctx, {
    at,
    tenant: opened.place.tenant,
    workspace: opened.place.workspace,
    addressId,
    scope,
    reason,
    until,
    via: 'preferences',
  })

const person = ({ claim, place }: LoadedPreferences) => ({ addressId: claim.addressId, tenant: place.tenant })

const event = (
  ctx: ActorContext<PreferenceDeps>,
  { claim, place }: LoadedPreferences,
  at: number,
  type: EventType,
  data: LedgerEvent['data'],
): LedgerEvent =>
  ctx.event(type, {
    at,
    tenant: place.tenant,
    workspace: place.workspace,
    addressId: claim.addressId,
    subject: `rcp_${toBase64Url(claim.addressId)}`,
    data,
  })

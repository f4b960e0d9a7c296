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
import { demandAllowed, stopAct, tooManyChanges, type Undo, undoAct } from '../suppression/statements.ts'
import type { PreferenceCommand } from './command.ts'
import type { PreferenceDeps } from './deps.ts'
import type { LoadedPreferences } from './load.ts'
import { canBeUndone, type PreferenceOutcome, readOutcome } from './outcome.ts'
import { endedTopics, staleTopics, type Ticked } from './preference.ts'

/**
 * Saves what a recipient unticked, performs their command and returns the outcome. A browser that sends Sec-GPC opts out of sale and
 * sharing with any command (decision 0008). `admit` throws where the network has asked too much, which keeps nothing that stops mail
 * from being saved. Throws `request.invalid` for a topic that cannot be chosen, `undo.expired`, `preferences.limited` for too many
 * changes that do not stop mail, `database.unavailable`; after something was saved the outcome says instead that it was refused.
 */
export async function updatePreferences(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  command: Exclude<PreferenceCommand, { act: 'ask' }>,
  globalPrivacyControl: boolean,
  admit: () => Promise<unknown>,
): Promise<PreferenceOutcome> {
  const at = ctx.clock()
  const byChoice = command.act === 'opt_out_of_sale'
  const optOut =
    byChoice || globalPrivacyControl ? optOutOf(ctx, opened, at, byChoice ? 'preferences' : 'sec-gpc') : []
  if (command.act === 'save') return saveTicks(ctx, opened, command, at, optOut)
  const saved = await saveTicks(ctx, opened, command, at)
  return afterSaving(saved, async () => {
    await admit()
    return perform(ctx, opened, command, at, optOut)
  })
}

/** Turns off the topics that the page showed as on and that were left unticked, with `more` in the same act. */
export async function saveTicks(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  command: PreferenceCommand,
  at: number,
  more: WriteBatch = [],
): Promise<PreferenceOutcome> {
  const outcome: PreferenceOutcome = {
    act: command.act,
    at,
    changed: false,
    ended: [],
    stale: [],
    refused: false,
  }
  const ticks = command.act === 'save' ? command : command.ticks
  if (!ticks) return outcome
  demandChoosable(opened, ticks, command.act)
  outcome.stale = staleTopics(opened, ticks).map(({ number }) => number)
  const ended = endedTopics(opened, ticks)
  const stops = (id: Uint8Array) =>
    ended.map(topic => stop(ctx, opened, id, at, topicScope(topic.number), 'unsubscribed', null))
  const results = await commit(ctx, opened, stops, more)
  outcome.ended = ended.filter((_, i) => !results || stopped(results[i]!)).map(({ number }) => number)
  return outcome
}

/** Performs an act once the ticks are saved: what was saved stands, whatever becomes of the act. */
export async function afterSaving(
  saved: PreferenceOutcome,
  act: () => Promise<boolean>,
): Promise<PreferenceOutcome> {
  try {
    return { ...saved, changed: await act() }
  } catch (error) {
    if (saved.ended.length === 0 || !(error instanceof Fault)) throw error
    return { ...saved, refused: true }
  }
}

/** Performs an act, and returns whether it changed anything. */
async function perform(
  ctx: ActorContext<PreferenceDeps>,
  opened: LoadedPreferences,
  command: Exclude<PreferenceCommand, { act: 'save' | 'ask' }>,
  at: number,
  optOut: WriteBatch,
): Promise<boolean> {
  const limited = command.act === 'language' || command.act === 'undo'
  // Checked before the write lane is asked; the act checks again.
  if (limited && opened.nextChangeAt !== null) throw tooManyChanges(opened.nextChangeAt, at)
  const stops = command.act === 'pause' || command.act === 'stop'
  const actFor = (id: Uint8Array) => actOf(ctx, opened, id, command, at)
  const results = await commit(ctx, opened, actFor, optOut, stops ? undefined : 'results')
  if (stops) return !results || stopped(results[0]!)
  if (limited) demandAllowed(results, at)
  // An opt-out that Sec-GPC brings along is no change of language, and nothing undone.
  const own = results?.slice(0, (limited && -optOut.length) || undefined)
  return own?.some(({ affected }) => affected > 0) ?? false
}

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

/**
 * Commits an act of a recipient's. A stop or undo also applies to the address that succeeded this one; `own` stays with this one.
 */
async function commit(
  ctx: ActorContext<PreferenceDeps>,
  { claim }: LoadedPreferences,
  actFor: (addressId: Uint8Array) => WriteBatch,
  own: WriteBatch,
  needs?: 'results',
): Promise<StatementResult[] | undefined> {
  const batchFor = (id: Uint8Array) => (id === claim.addressId ? [...actFor(id), ...own] : actFor(id))
  return batchFor(claim.addressId).length > 0 ? commitFollowing(ctx, claim.addressId, batchFor, needs) : []
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
  const stops: Undo['stops'][number][] = done.ended.map(number => ({
    scope: topicScope(number),
    reason: 'unsubscribed',
  }))
  const { tenant, workspace } = opened.place
  if (done.act === 'pause' || done.act === 'stop')
    stops.push({ scope: workspaceScope(workspace), reason: done.act === 'pause' ? 'paused' : 'unsubscribed' })
  return undoAct(ctx, { at, doneAt: done.at, tenant, workspace, addressId, stops })
}

/** Throws `request.invalid` where boxes are those of topics that cannot be chosen. */
function demandChoosable({ topics }: LoadedPreferences, ticks: Ticked, act: PreferenceCommand['act']): void {
  for (const field of ['shown', 'topic'] as const)
    for (const name of ticks[field])
      if (!topics.some(topic => topic.name === name && topic.state !== 'required'))
        throw invalidField(
          act === 'save' ? field : `ticks.${field}`,
          'names a topic that cannot be chosen here',
        )
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

import { addressHash, canonicalAddress } from '../../core/address.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { FORM_RETRY_SECONDS } from '../../core/limits.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { type SignUps, signUpsOfDay } from '../../db/signup-form.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import type { OwnTopic } from '../../db/topic.ts'
import type { ActorContext } from '../call/context.ts'
import { whileKeysAreMade } from '../consent/seal.ts'
import type { ClientEvidence } from '../http/request.ts'
import { ask, roomOfForms } from '../subscription/ask.ts'
import type { SubscriptionDeps } from '../subscription/deps.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import { formName } from './form-key.ts'
import type { LoadedForm } from './load.ts'

/** What somebody filled in. */
export interface FilledIn {
  /** What stands in the fields for the address. */
  addresses: string[]
  topics: string[]
  /** Content of the field that people do not see. */
  website: string
}

/** A sign-up that was asked for, whether or not a mail goes out. */
export interface SignedUp {
  /** Canonical address. */
  address: string
  topics: OwnTopic[]
}

/** Evidence of the machine that sent a form; `referrer` where an origin of the form sent it. */
export type FormEvidence = ClientEvidence & { referrer?: string }

/**
 * Asks for a recipient's confirmation by a form. Its answer tells neither whether the address is known nor whether its limit of
 * confirmations is reached. Throws `request.invalid`, `form.full` where the form or its workspace has had its sign-ups of the
 * day, `database.unavailable`.
 */
export async function signUp(
  ctx: ActorContext<SubscriptionDeps>,
  form: LoadedForm,
  given: FilledIn,
  evidence: FormEvidence,
): Promise<SignedUp> {
  // Refused, not dropped: a browser may have filled it in for a person, who can send the form again.
  if (given.website !== '') throw invalidField('website', 'must stay empty')
  const address = addressOf(given.addresses)
  const topics = chosenOf(form.topics, given.topics)
  await whileKeysAreMade(() => attempt(ctx, form, { address, topics }, evidence))
  return { address, topics }
}

/** Returns the one address that was filled in, once or twice alike. Throws `request.invalid`. */
function addressOf(texts: readonly string[]): string {
  // U+FFFD stands for a letter of another charset than UTF-8: the address is not known any more.
  const [address, ...others] = new Set(
    texts.map(text => (text.includes('\ufffd') ? undefined : canonicalAddress(text))),
  )
  if (address === undefined) throw invalidField('address', 'is not an address')
  if (others.length > 0) throw invalidField('address', 'is more than one address')
  return address
}

/** Returns the topics that were chosen; the only one of a form need not be. Throws `request.invalid`. */
function chosenOf(topics: readonly OwnTopic[], names: readonly string[]): OwnTopic[] {
  if (names.length === 0 && topics.length === 1) return [...topics]
  if (names.length === 0) throw invalidField('topics', 'must name one of the form at least')
  if (!names.every(name => topics.some(topic => topic.name === name)))
    throw invalidField('topics', 'names what the form does not offer')
  return topics.filter(({ name }) => names.includes(name))
}

/** Throws `form.full` where form, forms or workspace have had their sign-ups of the day: none is dropped without an answer. */
function demandRoom({ row }: LoadedForm, { ofForm, ofForms, ofWorkspace }: SignUps): void {
  const { settings, confirmationsPerDay } = row
  if (
    ofForm >= settings.perDay ||
    ofForms >= roomOfForms(confirmationsPerDay) ||
    ofWorkspace >= confirmationsPerDay
  )
    throw new Fault({ code: 'form.full', retryAfterSeconds: FORM_RETRY_SECONDS })
}

async function attempt(
  ctx: ActorContext<SubscriptionDeps>,
  form: LoadedForm,
  { address, topics }: SignedUp,
  { referrer, ...client }: FormEvidence,
): Promise<void> {
  const { row } = form
  const { settings } = row
  const at = ctx.clock()
  const hash = addressHash(address)
  const addressId = ctx.indexes.tenant(row.tenant).id(hash)
  const [today, [key], rows, platform] = await ctx.db.read('fresh', [
    signUpsOfDay(row.ref, row.workspace, at),
    recipientKeyOf(addressId),
    suppressionsOf(addressId),
    matchingPlatform(ctx.indexes.platform.id(hash)),
  ])
  demandRoom(form, today)
  const scope = { workspace: row.workspace, topics: topics.map(({ number }) => number) }
  const kept = await ask(ctx, {
    ref: newRef(),
    at,
    tenant: row.tenant,
    workspace: { number: row.workspace, confirmationsPerDay: row.confirmationsPerDay },
    address,
    addressId,
    topics,
    basis: 'express',
    notice: { ...settings.notice, digest: row.noticeDigest },
    sourceHost: new URL(settings.pageUrl).host,
    locale: settings.locale,
    via: 'form',
    returnUrl: settings.returnUrl,
    form: { ref: row.ref, id: formName(row.ref), perDay: settings.perDay },
    against: [...suppressionsWithin(rows, scope), ...platform.map(platformSuppression)],
    evidence: {
      source: { url: settings.pageUrl, form: settings.name },
      ...client,
      ...(referrer !== undefined && { referrer }),
      wording: settings.wording,
    },
    key,
  })
  if (kept) return
  // Others may have taken the last places of the day in between.
  const [now] = await ctx.db.read('fresh', [signUpsOfDay(row.ref, row.workspace, at)])
  demandRoom(form, now)
}

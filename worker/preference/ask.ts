import { addressHash } from '../../core/address.ts'
import { invalidField } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import type { ActorContext } from '../call/context.ts'
import { whileKeysAreMade } from '../consent/seal.ts'
import { readable } from '../encryption/read-address.ts'
import type { ClientEvidence } from '../http/request.ts'
import { ask } from '../subscription/ask.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import type { AskDeps } from './deps.ts'
import type { LoadedPreferences } from './load.ts'
import { optOutOf } from './update.ts'

/** The client evidence of asking, and whether the browser sent Sec-GPC. */
export interface Manner {
  evidence: ClientEvidence
  globalPrivacyControl: boolean
}

/**
 * Mails a confirmation for a topic that is off, since a link in a mail cannot turn a topic on. It has the limits of every
 * sign-up, and its answer never tells whether a mail was sent. Throws `request.invalid` for an unknown or transactional
 * topic, `database.unavailable`, `encryption.unavailable`.
 */
export async function askForTopic(
  ctx: ActorContext<AskDeps>,
  opened: LoadedPreferences,
  name: string,
  { evidence, globalPrivacyControl }: Manner,
): Promise<void> {
  const optOut = globalPrivacyControl ? optOutOf(ctx, opened, ctx.clock(), 'sec-gpc') : []
  if (optOut.length > 0) await ctx.db.commit(optOut, 'results')
  await whileKeysAreMade(() => attempt(ctx, opened, name, evidence))
}

async function attempt(
  ctx: ActorContext<AskDeps>,
  opened: LoadedPreferences,
  name: string,
  evidence: ClientEvidence,
): Promise<void> {
  const topic = opened.topics.find(known => known.name === name)
  if (!topic || topic.kind === 'transactional') throw invalidField('topic', 'is not one to ask for')
  const { notice, claim, place } = opened
  if (topic.state === 'on' || !topic.returnable || !opened.askable || !notice) return
  const address = readable(opened.address)
  if (address === undefined) return
  const { tenant, workspace } = place
  const [[settings], [key], rows, platform] = await ctx.db.read('fresh', [
    workspaceByNumber(workspace),
    recipientKeyOf(claim.addressId),
    suppressionsOf(claim.addressId),
    matchingPlatform(ctx.indexes.platform.id(addressHash(address))),
  ])
  await ask(ctx, {
    ref: newRef(),
    at: ctx.clock(),
    tenant,
    workspace: settings!,
    address,
    addressId: claim.addressId,
    topics: [topic],
    basis: 'express',
    notice,
    sourceHost: new URL(ctx.baseUrl).host,
    locale: opened.languages[0] ?? 'und',
    via: 'link',
    returnUrl: null,
    form: null,
    against: [
      ...suppressionsWithin(rows, { workspace, topics: [topic.number] }),
      ...platform.map(platformSuppression),
    ],
    evidence,
    key,
  })
}

import { actorText } from '../../core/actor.ts'
import { addressHash, canonicalAddress } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { newRef, refOfCall } from '../../core/id.ts'
import { CONFIRMABLE_MS } from '../../core/limits.ts'
import { originOf } from '../../core/origin.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { noticeOf } from '../../db/notice.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { openRequestOf } from '../../db/subscription-request.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { topicsOf } from '../../db/topic.ts'
import { whileKeysAreMade } from '../consent/seal.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import * as api from './api.ts'
import { ask } from './ask.ts'
import { confirmLinks, requestId } from './link.ts'

/**
 * Requests a recipient's confirmation of a subscription (double opt-in). A request lifts no suppression and ends no
 * confirmation, and its answer tells neither whether the address is known nor whether its limit of confirmations is reached.
 * A repeated call with the same `Idempotency-Key` is one sign-up and one mail. Throws `key.invalid`, `key.forbidden`,
 * `request.invalid`, `topic.not_found`, `notice.not_found`, `database.unavailable`.
 */
export function requestSubscription(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.requestSubscription>,
  idempotencyKey: string | undefined,
): Promise<AnswerOf<typeof api.requestSubscriptionDoc>> {
  // The reference is derived from the whole call, so that a repetition is the same sign-up and another call under its key is
  // not. Whether Floe mails is part of it: a sender that begins to mail links itself must not get the link of a mailed
  // sign-up.
  const ref =
    idempotencyKey === undefined
      ? newRef()
      : refOfCall(
          deps.indexes.tenant(claim.tenant),
          `${deps.mailer ? '' : 'given '}${claim.workspace} ${idempotencyKey} ${JSON.stringify(input)}`,
        )
  return whileKeysAreMade(() => attempt(deps, claim, input, ref))
}

async function attempt(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.requestSubscription>,
  ref: Uint8Array,
): Promise<AnswerOf<typeof api.requestSubscriptionDoc>> {
  const address = canonicalAddress(input.address)
  if (address === undefined) throw invalidField('address', 'is not an address')
  const hash = addressHash(address)
  const addressId = deps.indexes.tenant(claim.tenant).id(hash)
  const at = deps.clock()
  const [[key], [workspace], topics, [notice], [recipientKey], rows, platform, open] = await deps.db.read(
    'fresh',
    [
      apiKeyById(claim.keyId),
      workspaceByNumber(claim.workspace),
      topicsOf(claim.workspace),
      noticeOf(claim.workspace, input.notice.name, input.notice.version),
      recipientKeyOf(addressId),
      suppressionsOf(addressId),
      matchingPlatform(deps.indexes.platform.id(hash)),
      openRequestOf(claim.workspace, addressId, at, ref),
    ],
  )
  const principal = authorize(claim, key, api.requestSubscription.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const asked = [...new Set(input.topics)].map(name => {
    const topic = topics.find(known => known.name === name)
    if (!topic) throw new Fault({ code: 'topic.not_found', topic: name })
    return topic
  })
  if (!notice)
    throw new Fault({ code: 'notice.not_found', notice: input.notice.name, version: input.notice.version })

  const scope = { workspace: claim.workspace, topics: asked.map(topic => topic.number) }
  const kept = await ask(deps, {
    ref,
    at,
    tenant: claim.tenant,
    workspace: workspace!,
    address,
    addressId,
    topics: asked,
    basis: input.basis,
    notice,
    sourceHost: new URL(input.source.url).host,
    // Undetermined: the page then follows the recipient's browser.
    locale: input.locale ?? 'und',
    actor: actorText({ kind: 'sender', keyId: principal.keyId }),
    via: 'api',
    against: [...suppressionsWithin(rows, scope), ...platform.map(platformSuppression)],
    evidence: {
      source: input.source,
      ...(input.ip && { ip: input.ip }),
      ...(input.userAgent && { userAgent: input.userAgent }),
      ...(input.wording && { wording: input.wording }),
    },
    key: recipientKey,
  })
  const answer: AnswerOf<typeof api.requestSubscriptionDoc> = { id: requestId(ref), status: 'pending' }
  if (deps.mailer) return answer
  // Where no sign-up was stored, the link of the open one is returned, with its expiry.
  const { ref: named, requestedAt } = (!kept && open) || { ref, requestedAt: at }
  const links = confirmLinks(deps.keyring, originOf(workspace!.linkHost, deps.baseUrl), claim.tenant, named)
  return { ...answer, confirmation: { ...links, expiresAt: timestamp(requestedAt + CONFIRMABLE_MS) } }
}

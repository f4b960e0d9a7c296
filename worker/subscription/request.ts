import { addressHash, canonicalAddress } from '../../core/address.ts'
import { timestamp } from '../../core/clock.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { newRef, refOfCall } from '../../core/id.ts'
import { CONFIRMABLE_MS } from '../../core/limits.ts'
import { originOf } from '../../core/origin.ts'
import { noticeOf } from '../../db/notice.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { openRequestOf } from '../../db/subscription-request.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import { whileKeysAreMade } from '../consent/seal.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import * as api from './api.ts'
import { ask } from './ask.ts'
import type { SubscriptionDeps } from './deps.ts'
import { confirmLinks, requestId } from './link.ts'
import { demandReturn } from './return-url.ts'
import { namedTopics } from './topics.ts'

/**
 * Requests a recipient's confirmation of a subscription (double opt-in). A request lifts no suppression and ends no
 * confirmation, and its answer tells neither whether the address is known nor whether its limit of confirmations is reached.
 * A repeated call with the same `Idempotency-Key` is one sign-up and one mail. Throws `key.invalid`, `key.forbidden`,
 * `request.invalid`, `topic.not_found`, `notice.not_found`, `return_url.not_allowed`, `database.unavailable`.
 */
export const requestSubscription = verb(
  api.requestSubscription,
  (ctx: CallContext<SubscriptionDeps>, input) => {
    // The reference is derived from the whole call, so that a repetition is the same sign-up and another call under its key is
    // not. Whether Floe mails is part of it: a sender that begins to mail links itself must not get the link of a mailed
    // sign-up.
    const ref =
      ctx.idempotencyKey === undefined
        ? newRef()
        : refOfCall(
            ctx.indexes.tenant(ctx.tenant),
            `${ctx.mailer ? '' : 'given '}${ctx.workspace} ${ctx.idempotencyKey} ${JSON.stringify(input)}`,
          )
    return whileKeysAreMade(() => attempt(ctx, input, ref))
  },
)

async function attempt(
  ctx: CallContext<SubscriptionDeps>,
  input: InputOf<typeof api.requestSubscription>,
  ref: Uint8Array,
): Promise<AnswerOf<typeof api.requestSubscriptionDoc>> {
  const address = canonicalAddress(input.address)
  if (address === undefined) throw invalidField('address', 'is not an address')
  const hash = addressHash(address)
  const addressId = ctx.indexes.tenant(ctx.tenant).id(hash)
  const at = ctx.clock()
  const [[workspace], topics, [notice], [key], rows, platform, open] = await ctx.read([
    workspaceByNumber(ctx.workspace),
    topicsOf(ctx.workspace),
    noticeOf(ctx.workspace, input.notice.name, input.notice.version),
    recipientKeyOf(addressId),
    suppressionsOf(addressId),
    matchingPlatform(ctx.indexes.platform.id(hash)),
    openRequestOf(ctx.workspace, addressId, at, ref),
  ])
  const asked = namedTopics(topics, input.topics)
  if (!notice)
    throw new Fault({ code: 'notice.not_found', notice: input.notice.name, version: input.notice.version })
  const { returnUrl = null } = input
  if (returnUrl !== null) demandReturn(workspace!, returnUrl, 'returnUrl')

  const scope = { workspace: ctx.workspace, topics: asked.map(topic => topic.number) }
  const kept = await ask(ctx, {
    ref,
    at,
    tenant: ctx.tenant,
    workspace: workspace!,
    address,
    addressId,
    topics: asked,
    basis: input.basis,
    notice,
    sourceHost: new URL(input.source.url).host,
    // Undetermined: the page then follows the recipient's browser.
    locale: input.locale ?? 'und',
    via: 'api',
    returnUrl,
    form: null,
    against: [...suppressionsWithin(rows, scope), ...platform.map(platformSuppression)],
    evidence: {
      source: input.source,
      ...(input.ip && { ip: input.ip }),
      ...(input.userAgent && { userAgent: input.userAgent }),
      ...(input.wording && { wording: input.wording }),
    },
    key,
  })
  const answer: AnswerOf<typeof api.requestSubscriptionDoc> = { id: requestId(ref), status: 'pending' }
  if (ctx.mailer) return answer
  // Where no sign-up was stored, the link of the open one is returned, with its expiry.
  const { ref: named, requestedAt } = (!kept && open) || { ref, requestedAt: at }
  const links = confirmLinks(ctx.keyring, originOf(workspace!.linkHost, ctx.baseUrl), ctx.tenant, named)
  return { ...answer, confirmation: { ...links, expiresAt: timestamp(requestedAt + CONFIRMABLE_MS) } }
}

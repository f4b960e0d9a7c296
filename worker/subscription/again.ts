import { basisOf } from '../../core/codes/basis.ts'
import { Fault } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import type { ActorContext } from '../call/context.ts'
import { whileKeysAreMade } from '../consent/seal.ts'
import { readable } from '../encryption/read-address.ts'
import type { ClientEvidence } from '../http/request.ts'
import { suppressionsWithin } from '../suppression/standing.ts'
import { ask } from './ask.ts'
import type { SubscriptionDeps } from './deps.ts'
import { isRefused, openRequest, platformsWord } from './load.ts'

/**
 * Mails a new confirmation where the old link has expired, for the same topics and address. It has the limits of a sender's
 * call, and does nothing after "this was not me"; its answer tells the holder of the old link nothing. Throws
 * `token.invalid`, `confirmation.gone` where the address is erased or no mails are sent, `database.unavailable`,
 * `encryption.unavailable`.
 */
export const askAgain = (
  ctx: ActorContext<SubscriptionDeps>,
  token: string,
  press: ClientEvidence,
): Promise<void> => whileKeysAreMade(() => attempt(ctx, token, press))

async function attempt(
  ctx: ActorContext<SubscriptionDeps>,
  token: string,
  press: ClientEvidence,
): Promise<void> {
  const opened = await openRequest(ctx, token)
  const { row, standing, topics, suppressions, key } = opened
  if (standing === 'open' || standing === 'confirmed' || isRefused(opened, ctx.clock())) return
  const address = readable(opened.address)
  if (address === undefined || !ctx.mailer) throw new Fault({ code: 'confirmation.gone' })
  const [[workspace]] = await ctx.db.read('fresh', [workspaceByNumber(row.workspace)])
  await ask(ctx, {
    ref: newRef(),
    at: ctx.clock(),
    tenant: row.tenant,
    workspace: workspace!,
    address,
    addressId: row.addressId,
    topics,
    basis: basisOf(row.basis),
    notice: { name: row.notice, version: row.noticeVersion, digest: row.noticeDigest },
    sourceHost: row.sourceHost,
    locale: row.locale,
    via: 'link',
    returnUrl: row.returnUrl,
    form: null,
    against: [
      ...suppressionsWithin(suppressions, {
        workspace: row.workspace,
        topics: topics.map(topic => topic.number),
      }),
      ...(await platformsWord(ctx, opened)),
    ],
    evidence: press,
    key,
  })
}

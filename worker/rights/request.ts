import type { Right } from '../../core/codes/rights.ts'
import { invalidField } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { linkByRef, whileOpen } from '../../db/rights-link.ts'
import { keepRequest, mayAskMore, OPEN_REQUESTS_MAX, openRequestsOf } from '../../db/rights-request.ts'
import type { ActorContext } from '../call/context.ts'
import { sealer, whileKeysAreMade } from '../consent/seal.ts'
import type { RightsDeps } from './deps.ts'
import { linkContext } from './link.ts'
import { rightsEvent, toBeAnswered } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/** Characters of a recipient's message to their sender. */
export const MESSAGE_MAX = 2000

/** Rights that only the sender can fulfil, over data that Floe does not hold. */
export const ASKABLE = ['access', 'rectification', 'erasure'] as const satisfies Right[]

/** A right that is requested from the sender. */
export type Askable = (typeof ASKABLE)[number]

/**
 * Records a recipient's request for their sender, with its legal deadline. The message is sealed under the recipient's own
 * key; the address is stored for the sender until the request is closed. Throws `rights_session.over`, `request.invalid`,
 * `database.unavailable`.
 */
export const requestOfSender = (
  ctx: ActorContext<RightsDeps>,
  session: string,
  right: Askable,
  message: string,
): Promise<void> => whileKeysAreMade(() => attempt(ctx, session, right, message))

async function attempt(
  ctx: ActorContext<RightsDeps>,
  session: string,
  right: Askable,
  message: string,
): Promise<void> {
  const claim = await readSession(ctx, session)
  const [[link], [key], requests] = await ctx.db.read('fresh', [
    linkByRef(claim.ref),
    recipientKeyOf(claim.addressId),
    openRequestsOf(claim.addressId),
  ])
  const open = await stillOpen(ctx, claim, link)
  const text = message.trim()
  if (text === '') throw invalidField('message', 'is empty')
  if (text.length > MESSAGE_MAX) throw invalidField('message', `has more than ${MESSAGE_MAX} characters`)
  const oneTooMany = () =>
    invalidField('message', `would be one more than ${OPEN_REQUESTS_MAX} that wait for an answer`)
  if (requests.length >= OPEN_REQUESTS_MAX) throw oneTooMany()
  const at = ctx.clock()
  const ref = newRef()
  const { entry, keep } = await sealer(ctx, key ? [key] : [])(
    rightsEvent(ctx, claim, 'rights.requested', ref, at, { right }),
    { message: text },
  )
  const subject = JSON.stringify({ address: open.address })
  const [asked] = await ctx.db.commit(
    [
      ...whileOpen(claim.ref, entry, mayAskMore(claim.addressId)),
      ...keep,
      keepRequest(
        toBeAnswered(
          claim,
          right,
          ref,
          entry,
          open.regimes,
          await ctx.cipher.encrypt(claim.tenant, linkContext(ref), subject),
        ),
      ),
    ],
    'results',
  )
  // A concurrent request took the last place.
  if (asked!.affected === 0) throw oneTooMany()
}

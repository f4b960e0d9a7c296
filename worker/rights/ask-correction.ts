import { addressHash, canonicalAddress } from '../../core/address.ts'
import { equalBytes } from '../../core/bytes.ts'
import { LINK_KINDS, LINK_STATES } from '../../core/codes/rights.ts'
import { invalidField } from '../../core/fault.ts'
import { newRef, publicRef } from '../../core/id.ts'
import { keepLink, linkByRef } from '../../db/rights-link.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { type ActorContext, actingAs } from '../call/context.ts'
import { MAIL_LEASE_MS } from '../mail/outbox.ts'
import { platformSuppression, suppressionOf } from '../suppression/standing.ts'
import { unmailable } from '../suppression/unmailable.ts'
import type { RightsDeps } from './deps.ts'
import { CORRECTION_MS, linkContext } from './link.ts'
import { mailLink } from './mail.ts'
import { rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Mails a confirmation to a recipient's new address; nothing moves before it is confirmed. Neither the answer nor its work
 * tells whether that address is known, suppressed or over its limit of mails. Throws `rights_session.over`,
 * `request.invalid`, `database.unavailable`.
 */
export async function askForCorrection(
  ctx: ActorContext<RightsDeps>,
  session: string,
  typed: string,
  locale: string,
): Promise<void> {
  const claim = await readSession(ctx, session)
  const address = canonicalAddress(typed)
  const hash = addressHash(address ?? '')
  const successorId = ctx.indexes.tenant(claim.tenant).id(hash)
  const [[link], rows, platform] = await ctx.db.read('fresh', [
    linkByRef(claim.ref),
    suppressionsOf(successorId),
    matchingPlatform(ctx.indexes.platform.id(hash)),
  ])
  const open = await stillOpen(ctx, claim, link)
  if (address === undefined) throw invalidField('address', 'is not an address')
  if (equalBytes(successorId, claim.addressId)) throw invalidField('address', 'is the address we have')
  const at = ctx.clock()
  const against = [...rows.map(suppressionOf), ...platform.map(platformSuppression)]
  const ref = newRef()
  const mailable = unmailable(against, at) === undefined
  const addresses = JSON.stringify({ address, formerAddress: open.address })
  const sealed = await ctx.cipher.encrypt(claim.tenant, linkContext(ref), addresses)
  const [kept] = await ctx.db.commit(
    keepLink(
      {
        ref,
        kind: LINK_KINDS.correction,
        tenant: claim.tenant,
        workspace: claim.workspace,
        topic: claim.topic,
        addressId: claim.addressId,
        successorId,
        sealed: mailable ? sealed : null,
        locale,
        state: LINK_STATES.open,
        requestedAt: at,
        expiresAt: at + CORRECTION_MS,
        closedAt: null,
        mailDueAt: mailable ? at + MAIL_LEASE_MS : null,
        mailAttempts: 0,
      },
      // Stored and recorded even where no mail goes out, since the requester can see their own ledger entries.
      ctx.mailer !== undefined,
      rightsEvent(ctx, claim, 'rights.correction_requested', publicRef(ref), at, { locale }),
      claim.ref,
    ),
    'results',
  )
  if (kept!.affected > 0 && mailable) ctx.background(mailLink(actingAs(ctx, { kind: 'floe' }), ref))
}

import { addressHash, canonicalAddress } from '../../core/address.ts'
import { equalBytes } from '../../core/bytes.ts'
import { LINK_KINDS, LINK_STATES } from '../../core/codes/rights.ts'
import { invalidField } from '../../core/fault.ts'
import { newRef, publicRef } from '../../core/id.ts'
import { keepLink, linkByRef } from '../../db/rights-link.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { MAIL_LEASE_MS } from '../mail/outbox.ts'
import { platformSuppression, suppressionOf } from '../suppression/standing.ts'
import { unmailable } from '../suppression/unmailable.ts'
import type { RightsDeps } from './deps.ts'
import { CORRECTION_MS, linkContext } from './link.ts'
import { mailLink } from './mail.ts'
import { rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Asks a new address whether it is to take the place of the recipient's: nothing moves before it says yes. Whether anybody is known at
 * that address, wants no mail there or was asked too often shows neither in the answer nor in the work that is done for it.
 * Throws `rights_session.over`, `request.invalid`, `database.unavailable`.
 */
export async function askForCorrection(
  deps: RightsDeps,
  session: string,
  typed: string,
  locale: string,
): Promise<void> {
  const claim = await readSession(deps, session)
  const address = canonicalAddress(typed)
  const hash = addressHash(address ?? '')
  const successorId = deps.indexes.tenant(claim.tenant).id(hash)
  const [[link], rows, platform] = await deps.db.read('fresh', [
    linkByRef(claim.ref),
    suppressionsOf(successorId),
    matchingPlatform(deps.indexes.platform.id(hash)),
  ])
  const open = await stillOpen(deps, claim, link)
  if (address === undefined) throw invalidField('address', 'is not an address')
  if (equalBytes(successorId, claim.addressId)) throw invalidField('address', 'is the address we have')
  const at = deps.clock()
  const against = [...rows.map(suppressionOf), ...platform.map(platformSuppression)]
  const ref = newRef()
  const mailable = unmailable(against, at) === undefined
  const addresses = JSON.stringify({ address, formerAddress: open.address })
  const sealed = await deps.cipher.encrypt(claim.tenant, linkContext(ref), addresses)
  const [kept] = await deps.db.commit(
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
      // Kept and written down also where nothing is mailed: whoever asks sees the ledger's entries about themselves.
      deps.mailer !== undefined,
      rightsEvent(deps.ids, claim, 'rights.correction_requested', publicRef(ref), at, { locale }),
      claim.ref,
    ),
    'results',
  )
  if (kept!.affected > 0 && mailable) deps.background(mailLink(deps, ref))
}

import { equalBytes } from '../../core/bytes.ts'
import { LINK_KINDS, LINK_STATES } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { ACCESS_MS } from '../../core/limits.ts'
import type { LinkAndPlace } from '../../db/rights-link.ts'
import type { RightsDeps } from './deps.ts'
import { addressOf, type LinkAddress } from './mail.ts'
import type { AccessClaim } from './session.ts'

/** Returns the claim of a session, whose link still has to be checked. Throws `rights_session.over`. */
export async function readSession(deps: RightsDeps, session: string): Promise<AccessClaim> {
  const claim = await deps.sessions.read(session, deps.clock())
  if (!claim) throw new Fault({ code: 'rights_session.over' })
  return claim
}

/**
 * Checks that the session's link was used less than 15 minutes ago and that nothing closed it since, such as an erasure.
 * Returns the link with the address it was mailed to. Throws `rights_session.over`.
 */
export async function stillOpen(
  deps: RightsDeps,
  claim: AccessClaim,
  row: LinkAndPlace | undefined,
): Promise<LinkAndPlace & LinkAddress> {
  const open =
    row !== undefined &&
    row.kind === LINK_KINDS.access &&
    row.state === LINK_STATES.used &&
    row.tenant === claim.tenant &&
    equalBytes(row.addressId, claim.addressId) &&
    row.closedAt! + ACCESS_MS > deps.clock()
  const to = open ? await addressOf(deps, row) : undefined
  if (!row || !to) throw new Fault({ code: 'rights_session.over' })
  return { ...row, ...to }
}

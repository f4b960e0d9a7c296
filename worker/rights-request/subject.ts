import type { RightsRequestRow } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import { linkContext } from '../rights/link.ts'

/** The recipient of an open rights request, for the sender who acts on it. */
export interface RequestSubject {
  address: string
  /** The address that this one replaced. */
  formerAddress?: string
}

/** Returns the recipient of a rights request as a part of its view; nothing once it is closed. */
export async function subjectOf(
  deps: Pick<Deps, 'cipher'>,
  { tenant, ref, sealed }: RightsRequestRow,
): Promise<{ recipient?: RequestSubject }> {
  if (!sealed) return {}
  return {
    recipient: JSON.parse(await deps.cipher.decrypt(tenant, linkContext(ref), sealed)) as RequestSubject,
  }
}

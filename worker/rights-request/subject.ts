import type { RightsRequestRow } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import { linkContext } from '../rights/link.ts'

/** Whom a request is about, for the sender who is to act on it: there only as long as it is open. */
export interface RequestSubject {
  address: string
  /** The address that this one took the place of. */
  formerAddress?: string
}

/** Returns whom a request is about, as a part of what its sender is told. */
export async function subjectOf(
  deps: Pick<Deps, 'cipher'>,
  { tenant, ref, sealed }: RightsRequestRow,
): Promise<{ recipient?: RequestSubject }> {
  if (!sealed) return {}
  return {
    recipient: JSON.parse(await deps.cipher.decrypt(tenant, linkContext(ref), sealed)) as RequestSubject,
  }
}

import { CASE_OUTCOMES, CASE_STATES, RIGHTS, type Right } from '../../core/codes/rights.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import type { RightsRequestRow } from '../../db/rights-request.ts'
import type { Acting } from '../call/context.ts'
import { requestIdOf } from './link.ts'
import { deadlineOf, regimesOf } from './regime.ts'
import type { AccessClaim } from './session.ts'

/** The recipient who exercises a right, and the sender. */
export type Claimant = Pick<AccessClaim, 'tenant' | 'workspace' | 'addressId'>

/** Returns the ledger event of a recipient's exercise of a right. */
export const rightsEvent = (
  by: Acting,
  { tenant, workspace, addressId }: Claimant,
  type: EventType,
  request: Uint8Array,
  at: number,
  data: LedgerEvent['data'] = {},
): LedgerEvent & { addressId: Uint8Array } =>
  by.event(type, { at, tenant, workspace, addressId, subject: requestIdOf(request), data })

/** Returns the request of an act that is fulfilled at once. */
export const doneAtOnce = (
  { tenant, workspace, addressId }: Claimant,
  right: Right,
  ref: Uint8Array,
  { id, at }: Pick<LedgerEvent, 'id' | 'at'>,
): Omit<RightsRequestRow, 'seq'> => ({
  ref,
  tenant,
  workspace,
  addressId,
  right: RIGHTS[right],
  state: CASE_STATES.closed,
  outcome: CASE_OUTCOMES.fulfilled,
  openedAt: at,
  dueAt: null,
  regime: null,
  extendedAt: null,
  missedAt: null,
  closedAt: at,
  event: id,
  sealed: null,
})

/** Returns an open request for the sender, with the deadline of the strictest applicable law. */
export function toBeAnswered(
  claimant: Claimant,
  right: Right,
  ref: Uint8Array,
  entry: Pick<LedgerEvent, 'id' | 'at'>,
  regimes: string,
  sealed: Uint8Array,
): Omit<RightsRequestRow, 'seq'> {
  const { dueAt, regime } = deadlineOf(regimesOf(regimes), entry.at, false)
  return {
    ...doneAtOnce(claimant, right, ref, entry),
    state: CASE_STATES.open,
    outcome: null,
    closedAt: null,
    dueAt,
    regime,
    sealed,
  }
}

import { type Clock, systemClock } from '../core/clock.ts'
import type { SuppressionView } from '../worker/suppression/api.ts'
import { get } from '../worker/suppression/find.ts'
import { liftSuppression } from '../worker/suppression/lift.ts'
import { callerOf, isFault, placeOf, servicesOf } from './caller.ts'
import { demandTicket, type Operator } from './operator.ts'

/** A suppression made by mistake, its workspace and its case. */
export interface Mistake {
  /** `tenant/workspace`, whose ledger records it. */
  path: string
  /** The public id, `sup_…`. */
  id: string
  /** Name of the case in the operator's own system; no free text, so that no address enters the ledger. */
  ticket: string
}

/**
 * Lifts a suppression made by mistake, even a complaint or legal order, with its event, and returns it as it was. No operator
 * lifts a recipient's own choice. Throws an error whose message is for the operator.
 */
export async function liftMistake(
  operator: Operator,
  { path, id, ticket }: Mistake,
  clock: Clock = systemClock,
): Promise<SuppressionView> {
  demandTicket(ticket)
  const caller = callerOf(operator, await placeOf(operator, path), ticket)
  const services = servicesOf(operator, clock)
  const before = await get(services, caller, { id }).catch(error => {
    if (isFault(error, 'suppression.not_found')) throw new Error(`there is no suppression ${id} in ${path}`)
    throw error
  })
  await liftSuppression(services, caller, { id }).catch(error => {
    if (isFault(error, 'suppression.recipient_made'))
      throw new Error(`${id} is the recipient's own choice (${before.reason}): only they take it back`)
    throw error
  })
  return before
}

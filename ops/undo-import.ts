import { type Clock, systemClock } from '../core/clock.ts'
import { callOf } from '../worker/call/context.ts'
import { type UndonePart, undoPart } from '../worker/suppression/undo-import.ts'
import { callerOf, isFault, placeOf, servicesOf } from './caller.ts'
import { demandTicket, type Operator } from './operator.ts'

/** An import that is undone, and the case for which. */
export interface MistakenImport {
  /** `tenant/workspace`, whose import it is. */
  path: string
  name: string
  /** Name of the case in the operator's own system. */
  ticket: string
}

/**
 * Undoes an import, however long ago, and whatever was imported since. Throws an error
 * whose message is for the operator; the same command goes on where it stands.
 */
export async function undoMistakenImport(
  operator: Operator,
  { path, name, ticket }: MistakenImport,
  clock: Clock = systemClock,
): Promise<{ lifted: number; kept: number }> {
  demandTicket(ticket)
  const caller = callerOf(operator, await placeOf(operator, path), ticket)
  const ctx = callOf(servicesOf(operator, clock), caller, 'imports:undo')
  const total = { lifted: 0, kept: 0 }
  for (let from: number | undefined = 0; from !== undefined; ) {
    const part: UndonePart = await undoPart(ctx, name, from).catch(error => {
      if (isFault(error, 'import.not_found')) throw new Error(`there is no import ${name} in ${path}`)
      if (isFault(error, 'import.undo_expired'))
        throw new Error(`${name} is from before imports were named in the ledger: what it made is not known`)
      throw error
    })
    total.lifted += part.lifted
    total.kept += part.kept
    from = part.next
  }
  return total
}

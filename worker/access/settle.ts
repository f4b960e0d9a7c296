import { keyName } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import type { Statement, StatementResult } from '../../core/write/statement.ts'
import { append } from '../../db/event.ts'
import type { LineAct } from '../../db/key-line.ts'
import type { CallContext } from '../call/context.ts'

/** Attempts before the call fails, while other writers change the same keys. */
const TRIES = 5

/**
 * Repeats read, decision and commit until no other writer came in between: an act on keys applies only to the state that was
 * read. `attempt` returns undefined when its act changed nothing.
 */
export async function settle<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = TRIES; tries > 0; tries--) {
    const settled = await attempt()
    if (settled !== undefined) return settled
  }
  throw new Fault({ code: 'database.unavailable' }, { cause: new Error('keys changed again and again') })
}

/**
 * Appends the events of descendants that joined after they were read; the act's last statement returned their ids. Until then
 * the event of the act itself records them. Returns the public names of all descendants.
 */
export async function tellLine(
  ctx: CallContext,
  results: StatementResult[],
  { known, entryOf }: LineAct,
): Promise<string[]> {
  const late = results.at(-1)!.rows.map(([id]) => id as Uint8Array)
  const told: Statement[] = late.map(id => append(entryOf(id)))
  if (told.length > 0) await ctx.commit(told)
  return [...known.map(({ id }) => id), ...late].map(keyName)
}

import { keyName } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import type { Statement, StatementResult } from '../../core/write/statement.ts'
import { append } from '../../db/event.ts'
import type { LineAct } from '../../db/key-line.ts'
import type { Deps } from '../deps.ts'

/** Others may come in between so often before it is given up. */
const TRIES = 5

/**
 * Looks, decides and commits until nothing came in between: an act on keys holds only where they are as they were seen, and what
 * they are by then says why not. `attempt` returns undefined when its act changed nothing.
 */
export async function settle<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = TRIES; tries > 0; tries--) {
    const settled = await attempt()
    if (settled !== undefined) return settled
  }
  throw new Fault({ code: 'database.unavailable' }, { cause: new Error('keys changed again and again') })
}

/**
 * Writes down what became of keys that joined a line after it was looked at: the act's last statement returned them. The event that
 * the act hung on stands for them until theirs are there. Returns the public names of the whole line.
 */
export async function tellLine(
  deps: Deps,
  results: StatementResult[],
  { known, entryOf }: LineAct,
): Promise<string[]> {
  const late = results.at(-1)!.rows.map(([id]) => id as Uint8Array)
  const told: Statement[] = late.map(id => append(entryOf(id)))
  if (told.length > 0) await deps.db.commit(told)
  return [...known.map(({ id }) => id), ...late].map(keyName)
}

import { actorText } from '../worker/core/actor.ts'
import type { LedgerEvent } from '../worker/core/event.ts'
import { uuid7 } from '../worker/core/id.ts'
import type { Query } from './client.ts'
import type { Act } from './commit.ts'
import { DatabaseUnreachable, type Endpoint, run, transact, wired } from './hrana.ts'

/**
 * What operators' commands share. Each is one transaction on the primary and does not pass the write lane:
 * beside the lane's own writer, a rare short second one is what the engine bears.
 */

const DEADLINE_MS = 10_000

/** Runs queries on the primary, by default within ten seconds. */
export async function readAsOperator<T extends readonly unknown[]>(
  endpoint: Endpoint,
  queries: { [K in keyof T]: Query<T[K]> },
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const list = queries as readonly Query<unknown>[]
  const results = await run(endpoint, [...list], deadlineMs)
  return list.map((query, i) => query.decode(results[i]!.rows)) as unknown as T
}

/** Applies an act, whole or not at all. */
export const commitAsOperator = (endpoint: Endpoint, act: Act) =>
  transact(endpoint, act.map(wired), DEADLINE_MS)

const TRIAL_MS = 4000

/**
 * Whether a primary takes writes: it lets one begin, and changes nothing. A wedged one never answers; one that another holds just
 * now says so, and that is an answer.
 */
export async function takesWrites(endpoint: Endpoint): Promise<boolean> {
  const begin = ['BEGIN IMMEDIATE', 'ROLLBACK'].map(sql => ({ sql, args: [] }))
  return run(endpoint, begin, TRIAL_MS).then(
    () => true,
    error => !(error instanceof DatabaseUnreachable),
  )
}

/** Returns the ledger event of something an operator did. */
export const operatorEvent = (
  entry: Pick<LedgerEvent, 'at' | 'tenant' | 'workspace' | 'type' | 'subject' | 'data'>,
): LedgerEvent => ({
  ...entry,
  id: uuid7(entry.at),
  actor: actorText({ kind: 'operator' }),
  addressId: null,
})

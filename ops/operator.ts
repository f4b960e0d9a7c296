import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { actorText, OPERATOR_NAME } from '../core/actor.ts'
import type { LedgerEvent } from '../core/event.ts'
import { uuid7 } from '../core/id.ts'
import type { WriteBatch } from '../core/write/request.ts'
import type { StatementResult } from '../core/write/statement.ts'
import { builder, ordinary } from '../db/engine/builder.ts'
import { DatabaseBusy, DatabaseUnreachable, type Endpoint, run, transact, wired } from '../db/engine/hrana.ts'
import type { Query } from '../db/engine/query.ts'
import { tenant, workspace } from '../db/tenant.ts'

/**
 * Parts that operators' commands share. Each command is one transaction on the primary and bypasses the write lane: beside the
 * lane, the engine tolerates a rare, short second writer.
 */

const OPERATOR_DEADLINE_MS = 10_000
const BUSY_TRIES = 60
const BUSY_PAUSE_MS = 500

/** A command's database, and the operator for whom it writes there. */
export interface Operator extends Endpoint {
  /** Name that the ledger gets, as `operator:cli:…`. */
  as: string
}

/** Returns the operator of a command. Throws where `--as` names nobody, or an address. */
export function operatorOf(endpoint: Endpoint, as: string | undefined): Operator {
  if (as === undefined || !OPERATOR_NAME.test(as))
    throw new Error(
      '--as must name who does this: small letters, digits and . _ -, at most 63, and no address, since the ledger keeps it',
    )
  return { ...endpoint, as }
}

const TICKET = /^[A-Za-z0-9][A-Za-z0-9._#/-]{0,63}$/

/** Throws for what is no name of a case in the operator's own system: free text could bring an address into the ledger. */
export function demandTicket(ticket: string): void {
  if (!TICKET.test(ticket))
    throw new Error('--ticket must be the name of a case: letters, digits and . _ # / -, at most 64')
}

/** Runs queries on the primary, by default within ten seconds. */
export async function readAsOperator<T extends readonly unknown[]>(
  endpoint: Endpoint,
  queries: { [K in keyof T]: Query<T[K]> },
  deadlineMs = OPERATOR_DEADLINE_MS,
): Promise<T> {
  const list = queries as readonly Query<unknown>[]
  const results = await run(endpoint, [...list], deadlineMs)
  return list.map((query, i) => query.decode(results[i]!.rows)) as unknown as T
}

/**
 * Applies a batch, whole or not at all. While the write lane or a checkpoint holds the database, nothing has begun, so it is
 * tried again for half a minute.
 */
export async function commitAsOperator(
  endpoint: Endpoint,
  act: WriteBatch,
  tries = BUSY_TRIES,
): Promise<StatementResult[]> {
  try {
    return await transact(endpoint, act.map(wired), OPERATOR_DEADLINE_MS)
  } catch (error) {
    if (!(error instanceof DatabaseBusy) || tries === 1) throw error
    await sleep(BUSY_PAUSE_MS)
    return commitAsOperator(endpoint, act, tries - 1)
  }
}

const TRIAL_MS = 4000

/**
 * Whether a primary takes writes. It begins one and changes nothing. A wedged primary never answers; one that another writer
 * holds says so, and that counts as an answer.
 */
export async function takesWrites(endpoint: Endpoint): Promise<boolean> {
  const begin = ['BEGIN IMMEDIATE', 'ROLLBACK'].map(sql => ({ sql, args: [] }))
  return run(endpoint, begin, TRIAL_MS).then(
    () => true,
    error => !(error instanceof DatabaseUnreachable),
  )
}

/** Returns the ledger event of an operator's action. */
export const operatorEvent = (
  { as }: Operator,
  entry: Pick<LedgerEvent, 'at' | 'tenant' | 'workspace' | 'type' | 'subject' | 'data'>,
): LedgerEvent => ({
  ...entry,
  id: uuid7(entry.at),
  actor: actorText({ kind: 'command', as }),
  addressId: null,
})

/** Asks for every tenant. */
export const allTenants = ordinary(builder.select().from(tenant))

/** Asks for the numbers of a workspace and its tenant. */
export const workspaceByName = (tenantName: string, workspaceName: string) =>
  ordinary(
    builder
      .select({ tenant: tenant.number, workspace: workspace.number })
      .from(workspace)
      .innerJoin(tenant, eq(tenant.number, workspace.tenant))
      .where(and(eq(tenant.name, tenantName), eq(workspace.name, workspaceName))),
  )

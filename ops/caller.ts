import { type Clock, systemClock } from '../core/clock.ts'
import { Fault, type FaultDetail } from '../core/fault.ts'
import { uuid7 } from '../core/id.ts'
import type { Caller, Place } from '../worker/call/caller.ts'
import type { Services } from '../worker/call/services.ts'
import { commitAsOperator, type Operator, readAsOperator, workspaceByName } from './operator.ts'

/** Returns what a verb needs, for an operator's command: the primary alone, past the write lane. */
export const servicesOf = (operator: Operator, clock: Clock = systemClock): Services => ({
  db: {
    read: (_, queries) => readAsOperator(operator, queries),
    readNearby: async queries => ({ asOf: clock(), answers: await readAsOperator(operator, queries) }),
    commit: (act: Parameters<Services['db']['commit']>[0]) => commitAsOperator(operator, act),
  },
  clock,
  ids: uuid7,
  background: work => void work.catch(() => undefined),
  log: (event, error) => console.error(event, error),
})

/** Returns an operator as the caller of a verb. Who holds the database's own credential may call any. */
export const callerOf = ({ as }: Operator, { tenant, workspace }: Place, ticket?: string): Caller => ({
  tenant,
  workspace,
  actor: { kind: 'command', as },
  ...(ticket !== undefined && { ticket }),
  authenticate: () => ({ demand: () => undefined }),
})

/** Returns the workspace `tenant/workspace`. Throws where there is none. */
export async function placeOf(operator: Operator, path: string): Promise<Place> {
  const [tenant = '', workspace = '', ...rest] = path.split('/')
  const [places] = await readAsOperator<[Place[]]>(operator, [workspaceByName(tenant, workspace)])
  const [place] = places
  if (!place || rest.length > 0) throw new Error(`there is no workspace ${path}`)
  return place
}

/** Whether an error is a fault with a code, which a command explains in its own words. */
export const isFault = (error: unknown, code: FaultDetail['code']): boolean =>
  error instanceof Fault && error.detail.code === code

import type { Clock } from '../../core/clock.ts'
import type { Ids } from '../../core/id.ts'
import type { Database } from '../../db/engine/client.ts'

/** What every verb needs from outside. */
export interface Services {
  db: Pick<Database, 'read' | 'readNearby' | 'commit'>
  clock: Clock
  ids: Ids
  /** Keeps the invocation alive until the work is done, after the answer is out. */
  background(work: Promise<unknown>): void
  /** Logs a failure, with its request's id where it has one. */
  log(event: string, error: unknown, request?: string): void
}

import type { Clock } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import type { Database } from './client.ts'
import type { Freshness } from './query.ts'

/** Outcome of a read or a write: `unavailable` when the database did not answer, `refused` when it refused. */
export type CallOutcome = 'ok' | 'unavailable' | 'refused'

/** Receives each read and write once it is over, with its milliseconds. */
export type NoteCall = (call: Freshness | 'nearby' | 'write', outcome: CallOutcome, ms: number) => void

/** Returns the same database, which reports how long each read and write took. */
export function timed(db: Database, clock: Clock, note: NoteCall): Database {
  async function measured<T>(call: Parameters<NoteCall>[0], work: Promise<T>): Promise<T> {
    const start = clock()
    try {
      const result = await work
      note(call, 'ok', clock() - start)
      return result
    } catch (error) {
      const away = error instanceof Fault && error.detail.code === 'database.unavailable'
      note(call, away ? 'unavailable' : 'refused', clock() - start)
      throw error
    }
  }
  return {
    ...db,
    forTenant: tenant => timed(db.forTenant(tenant), clock, note),
    read: (freshness, queries) => measured(freshness, db.read(freshness, queries)),
    readNearby: queries => measured('nearby', db.readNearby(queries)),
    commit: ((...call: Parameters<Database['commit']>) =>
      measured('write', db.commit(...call))) as Database['commit'],
  }
}

import type { Clock } from '../../core/clock.ts'
import type { GroupStore } from './in-flight-batch.ts'
import type { Journal } from './journal-entry.ts'

/** A lane's connections to the outside. */
export interface LanePorts {
  store: GroupStore
  journal: Journal
  clock: Clock
  log(event: string, detail: Record<string, string | number>): void
  /** Ends this life of the lane after its journal could not be written: nothing it promised would hold. */
  abort(why: string): void
}

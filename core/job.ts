/** Lets in as many at a time as there is room for, and the others in the order in which they came. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/**
 * The connections to servers of others that the jobs of one cluster may have open at a time. Each kind has its own, so that a server
 * that is slow to answer costs its own kind alone.
 */
export interface Gates {
  mail: Gate
  webhook: Gate
}

/**
 * Something that is done once a minute in every cluster, beside all others. It may meet itself: one that is late, or cut off in the
 * middle, is begun again by the next minute. So whatever it does is guarded by a lease, or by the state that it was decided on.
 */
export interface Job<Deps> {
  /** Its name in the log, after `cron`. */
  name: string
  /** Milliseconds after which the log says that it is late, and nobody waits for it any more. */
  deadlineMs: number
  run(deps: Deps, gates: Gates): Promise<void>
}

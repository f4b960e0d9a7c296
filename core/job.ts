/** Runs a limited number of tasks at a time; the others wait in the order they came. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Limits on the outgoing connections of one cluster's jobs. Each kind has its own, so that a slow server delays only its own
 * kind.
 */
export interface Gates {
  mail: Gate
  webhook: Gate
}

/**
 * A task that runs once a minute in every cluster, beside all others. Runs may overlap: the next minute restarts a task that is
 * late or was cut off. So a lease, or the state it was decided on, guards everything it does.
 */
export interface Job<Deps> {
  /** Its name in the log, after `cron`. */
  name: string
  /** Milliseconds after which the log reports it as late and nothing waits for it any more. */
  deadlineMs: number
  run(deps: Deps, gates: Gates): Promise<void>
}

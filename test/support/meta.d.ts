import 'vitest'

declare module 'vitest' {
  /** Results of a test beyond pass or fail, for the runner's report. */
  interface TaskMeta {
    /** Number of cases sent. */
    cases?: number
    /** Ratio of two durations. */
    ratio?: number
  }
}

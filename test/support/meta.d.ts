import 'vitest'

declare module 'vitest' {
  /** What a test says beside whether it passed, for whoever reads the runner's report. */
  interface TaskMeta {
    /** How many cases it put together and sent. */
    cases?: number
    /** How much longer one way took than the other. */
    ratio?: number
  }
}

import { killChildren } from './child.ts'

const IMPATIENCE_MS = 1000

/**
 * Calls `stop` once when this process is told to end: by a signal, or by the end of the npm that runs it. A later signal kills what was
 * started here, calls `release`, and exits with 1.
 */
export function onStop(stop: () => void, release: () => void): void {
  let stoppedAt: number | undefined
  const begin = () => {
    stoppedAt = performance.now()
    stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stoppedAt === undefined) return begin()
      // One Ctrl-C arrives twice, from the terminal and from npm; a later one is meant.
      if (performance.now() - stoppedAt < IMPATIENCE_MS) return
      killChildren()
      release()
      process.exit(1)
    })
  }
  // npm does not always pass on the signal that ends it. Without npm, the parent may end while Floe goes on.
  const { npm_lifecycle_event: byNpm } = process.env
  if (!byNpm) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent && stoppedAt === undefined) begin()
  }, 500)
}

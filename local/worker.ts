import { type Child, startChild, untilAnswering } from './child.ts'
import { ROOT } from './folder.ts'
import type { ServeOptions } from './serve-worker.ts'

/** Starts the Worker in a process of its own, and resolves when it answers. */
export async function startWorker(options: ServeOptions, log: string): Promise<Child> {
  const child = startChild({
    command: process.execPath,
    args: ['--import', 'tsx', `${ROOT}/local/serve-worker.ts`],
    cwd: ROOT,
    log,
    messages: true,
  })
  // Secrets travel in a message, since other users can read arguments and environments.
  child.process.send(options)
  await untilAnswering(child, `http://127.0.0.1:${options.port}/healthz`, 'The Worker', log)
  return child
}

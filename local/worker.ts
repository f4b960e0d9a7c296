import { HOLDINGS } from '../core/holdings.ts'
import { type Child, startChild, untilAnswering } from './child.ts'
import { ROOT } from './folder.ts'
import type { ServeOptions } from './serve-worker.ts'

/** Secrets travel in a message: what need not have them in its environment has none there. */
const WITHOUT_SETTINGS = Object.fromEntries(
  [...Object.keys(HOLDINGS), 'PROXY_SECRET'].map(name => [name, undefined]),
)

/** Starts the Worker in a process of its own, and resolves when it answers. Its output goes to a file, or without one where ours goes. */
export async function startWorker(options: ServeOptions, log?: string): Promise<Child> {
  const child = startChild({
    command: process.execPath,
    args: ['--import', 'tsx', `${ROOT}/local/serve-worker.ts`],
    cwd: ROOT,
    // Wrangler keeps a log of its own, by default in a home folder, which a service has none of.
    env: { ...WITHOUT_SETTINGS, WRANGLER_LOG_PATH: options.persist && `${options.persist}-wrangler.log` },
    log,
    messages: true,
  })
  child.process.send(options)
  await untilAnswering(child, `http://127.0.0.1:${options.port}/healthz`, 'The Worker', log)
  return child
}

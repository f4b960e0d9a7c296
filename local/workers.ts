import type { WorkerName } from '../core/holdings.ts'
import { CONFIGS } from '../ops/worker-vars.ts'
import { ROOT } from './folder.ts'

/** A Worker as it is built and deployed. */
export interface WorkerSource {
  name: WorkerName
  /** Its configuration, beside `wrangler.toml`. */
  config: string
  /** Module that it begins with, from the root. */
  entry: string
}

/** The Workers, in the order of their deployment. */
export const WORKERS: readonly WorkerSource[] = [
  { name: 'floe-lane', config: CONFIGS['floe-lane'], entry: 'worker/lane/script.ts' },
  { name: 'floe-app', config: CONFIGS['floe-app'], entry: 'worker/app.ts' },
  { name: 'floe-console', config: CONFIGS['floe-console'], entry: 'worker/console.ts' },
  { name: 'floe', config: CONFIGS.floe, entry: 'worker/edge.ts' },
]

/** Module of the Worker that stands before `floe` on an operator's own machine, and is never deployed. */
export const GATE_ENTRY = 'local/gate.ts'

/** Folder of the bundles, one folder a Worker. */
export const BUNDLES = `${ROOT}/dist/worker`
/** Folder of the gate's bundle. */
export const GATE_BUNDLE = `${BUNDLES}/gate`

/**
 * Path at which Miniflare takes mail, with `from` and `to` in the query. It is not beside the server: whoever loads wrangler ends at once at
 * Ctrl-C, and `npm start` has to stop in order.
 */
export const MAIL_PATH = '/cdn-cgi/handler/email'

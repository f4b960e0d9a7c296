import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'smol-toml'
import { shareOf, type WorkerName } from '../core/holdings.ts'

/** The configuration of each Worker, by its name in the repository's folder. */
export const CONFIGS = {
  'floe-lane': 'wrangler.lane.toml',
  'floe-app': 'wrangler.app.toml',
  'floe-console': 'wrangler.console.toml',
  floe: 'wrangler.toml',
} as const satisfies Record<WorkerName, string>

/** The vars that the configuration of each Worker sets. */
export type WrittenVars = Record<WorkerName, Readonly<Record<string, unknown>>>

/** Reads the vars of every configuration. Throws with the file's name where it is no TOML. */
export const writtenVars = (): WrittenVars =>
  Object.fromEntries(Object.entries(CONFIGS).map(([name, config]) => [name, varsIn(config)])) as WrittenVars

function varsIn(config: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(fileURLToPath(new URL(`../${config}`, import.meta.url)), 'utf8')
  try {
    return (parse(text)['vars'] ?? {}) as Record<string, unknown>
  } catch (error) {
    // The rest of the message quotes the file.
    const [why] = error instanceof Error ? error.message.split('\n') : []
    throw new Error(`${config} cannot be read: ${why}`, { cause: error })
  }
}

/** Returns the vars of a Worker: its share of those of all, which stand with `floe`, and its own. */
export function varsOf(worker: WorkerName, commit: string, written = writtenVars()): Record<string, string> {
  return shareOf(worker, { ...written.floe, ...written[worker], COMMIT: commit } as Record<string, string>)
}

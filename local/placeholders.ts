import { unstable_readConfig } from 'wrangler'
import { isEntry, runCommand } from '../ops/cli.ts'
import { ROOT } from './folder.ts'

/** The names that are kept for examples (RFC 2606 §3): no link and no mail to them reaches anybody. */
const EXAMPLE = /(?:^|[^a-z0-9-])example\.(?:com|net|org)(?![a-z0-9.-])/i

/** Returns the settings whose value names a host that is nobody's, in their order. */
export const placeholdersIn = (settings: Record<string, unknown>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => (EXAMPLE.test(String(value)) ? [name] : []))

/** Demands that no setting of a `wrangler.toml` still names an example. Throws with the names of those that do. */
export function demandOwnNames(config: string): void {
  const left = placeholdersIn(unstable_readConfig({ config }).vars)
  if (left.length > 0)
    throw new Error(
      `wrangler.toml still has an example in ${left.join(', ')}: set your own, then deploy again.`,
    )
}

if (isEntry(import.meta.url)) await runCommand(async () => demandOwnNames(`${ROOT}/wrangler.toml`))

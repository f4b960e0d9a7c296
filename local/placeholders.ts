import { unstable_readConfig } from 'wrangler'
import { isEntry, runCommand } from '../ops/cli.ts'
import { ROOT } from './folder.ts'

/** Names reserved for examples (RFC 2606 §3): no link or mail to them reaches anybody. */
const EXAMPLE = /(?:^|[^a-z0-9-])example\.(?:com|net|org)(?![a-z0-9.-])/i

/** Returns the settings whose value names an example host, in their order. */
export const placeholdersIn = (settings: Record<string, unknown>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => (EXAMPLE.test(String(value)) ? [name] : []))

/** Throws when settings of a `wrangler.toml` still name an example, with their names. */
export function demandOwnNames(config: string): void {
  const left = placeholdersIn(unstable_readConfig({ config }).vars)
  if (left.length > 0)
    throw new Error(
      `wrangler.toml still has an example in ${left.join(', ')}: set your own, then deploy again.`,
    )
}

if (isEntry(import.meta.url)) await runCommand(async () => demandOwnNames(`${ROOT}/wrangler.toml`))

/** Names reserved for examples (RFC 2606 §3): no link or mail to them reaches anybody. */
const EXAMPLE = /(?:^|[^a-z0-9-])example\.(?:com|net|org)(?![a-z0-9.-])/i

/** Returns the settings whose value names an example host, in their order. */
export const placeholdersIn = (settings: Record<string, unknown>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => (EXAMPLE.test(String(value)) ? [name] : []))

/** Throws when vars of Workers still name an example, with their names. */
export function demandOwnNames(vars: Record<string, unknown>): void {
  const left = placeholdersIn(vars)
  if (left.length > 0)
    throw new Error(
      `${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} still an example: set your own in the wrangler files, then deploy again.`,
    )
}

import { FILES, importsOf } from '../../local/source.ts'

export * from '../../local/source.ts'

/** Returns a module and everything it imports at run time. */
export function reachableFrom(...entries: string[]): string[] {
  const seen = new Set(entries)
  for (const path of seen)
    for (const { to, typeOnly } of importsOf(path)) if (!typeOnly && FILES.includes(to)) seen.add(to)
  return [...seen].sort()
}

/** Returns the package of a specifier, without the path inside it. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

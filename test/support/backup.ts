import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

/** Returns the parsed lines of a backup. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into lines of every shape.
export const linesOf = (path: string): any[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

/** Writes changed lines as a backup under another name with a matching hash, as a forger would. */
export function forge(path: string, lines: unknown[]): string {
  const texts = lines.map(line => JSON.stringify(line))
  const seal = { ...(lines.at(-1) as object) }
  const hash = createHash('sha256')
  for (const text of texts.slice(0, -1)) hash.update(`${text}\n`)
  const forged = `${path}.forged`
  const end = JSON.stringify({ ...seal, rows: lines.length - 2, sha256: hash.digest('hex') })
  writeFileSync(forged, gzipSync(`${[...texts.slice(0, -1), end].join('\n')}\n`))
  return forged
}

/** Writes changed bytes of a file under another name. */
export function mangle(path: string, change: (bytes: Buffer) => Buffer): string {
  writeFileSync(`${path}.mangled`, change(readFileSync(path)))
  return `${path}.mangled`
}

/** Returns the packed form of bytes in a row. */
export const packed = (bytes: Uint8Array) => ({ b: Buffer.from(bytes).toString('base64') })

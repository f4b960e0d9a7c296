import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  decrypt,
  generationOf,
  importKey,
  RecipientCipher,
  recipientKeyContext,
  SEAL_MARK,
} from '../../core/cipher.ts'
import { keySecrets } from '../../ops/operator-keys.ts'

/** Whose copies are looked for, and how long what is sealed about them is. */
export interface Wanted {
  tenant: number
  addressId: Uint8Array
  lengths: number[]
}

/** Every file under some folders, unpacked where it is packed. */
export const filesIn = (...folders: string[]): { path: string; bytes: Buffer }[] =>
  folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => {
        const path = `${entry.parentPath}/${entry.name}`
        const bytes = readFileSync(path)
        return { path, bytes: bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes }
      }),
  )

/** Which of the files hold these bytes, as they are or as JSON has them. */
export const holding = (files: { path: string; bytes: Buffer }[], bytes: Uint8Array): string[] => {
  const base64 = Buffer.from(bytes).toString('base64').replace(/=+$/, '')
  return files
    .filter(file => file.bytes.includes(Buffer.from(bytes)) || file.bytes.includes(base64))
    .map(({ path }) => path)
}

const MARK = Buffer.from(SEAL_MARK)
const MARK_BASE64 = MARK.toString('base64').slice(0, 9)

/** Everything in a file that may have been sealed under a data key. */
function* sealedIn({ bytes }: { bytes: Buffer }, lengths: number[]): Generator<Buffer> {
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1))
    for (const length of lengths) yield bytes.subarray(at, at + length)
  for (let at = bytes.indexOf(MARK_BASE64); at >= 0; at = bytes.indexOf(MARK_BASE64, at + 1))
    yield Buffer.from(/^[\w+/]+/.exec(bytes.toString('latin1', at, at + 8000))![0], 'base64')
}

/** Everything in a file that may be a data key, wrapped by a keyring or by Vault. */
const wrappedIn = ({ bytes }: { bytes: Buffer }): string[] =>
  bytes.toString('latin1').match(/keyring:\d+:[\w-]{95}|vault:v\d+:[\w+/]{95}=/g) ?? []

/**
 * What a thief reads of one recipient who has these files and these secrets: whatever any wrapped data key in any of them opens, be it
 * still in the database or in its log alone.
 */
export async function readable(
  files: { path: string; bytes: Buffer }[],
  { tenant, addressId, lengths }: Wanted,
  secrets: Record<string, string | undefined>[],
): Promise<{ texts: string[]; copies: number; dataKeys: number }> {
  const sealed = new Map<string, Buffer>()
  const wrapped = new Set<string>()
  for (const file of files) {
    for (const text of sealedIn(file, lengths)) sealed.set(text.toString('latin1'), text)
    for (const text of wrappedIn(file)) wrapped.add(text)
  }
  const keys = new Map<number, CryptoKey[]>()
  let dataKeys = 0
  for (const { vault } of secrets.map(keySecrets))
    for (const text of wrapped)
      for (const generation of Array.from({ length: 10 }, (_, i) => i + 1)) {
        const raw = await vault?.unwrap({ tenant, generation }, text).catch(() => undefined)
        if (!raw) continue
        dataKeys++
        keys.set(generation, [...(keys.get(generation) ?? []), await importKey(raw)])
      }
  const texts = new Set<string>()
  for (const text of sealed.values())
    for (const key of keys.get(generationOf(text)) ?? [])
      for (const context of [addressId, recipientKeyContext(addressId)]) {
        const plain = await decrypt(key, context, text.subarray(SEAL_MARK.length + 1)).catch(() => undefined)
        if (plain !== undefined) texts.add(plain)
      }
  return { texts: [...texts].sort(), copies: sealed.size, dataKeys }
}

/** Returns what evidence a recipient's keys open. */
export async function evidenceOf(
  texts: string[],
  events: [id: Uint8Array, sealed: Uint8Array][],
): Promise<string> {
  const opened: string[] = []
  for (const text of texts.filter(each => /^[\w-]{43}$/.test(each)))
    for (const [id, sealed] of events) {
      const evidence = await RecipientCipher.from(text)
        .unseal(id, sealed)
        .catch(() => undefined)
      if (evidence) opened.push(JSON.stringify(evidence))
    }
  return opened.join()
}

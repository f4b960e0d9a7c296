import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { LOCAL } from './folder.ts'

/** The secrets of a local Floe, in the form the Worker's bindings have them, and the demo's API keys once there are any. */
export interface LocalSecrets {
  tokenKeys: string
  accessKeys: string
  indexKey: string
  keyEncryptionKeys: string
  /** Only where an older Floe made them: rows it sealed are under it. */
  dataKey?: string
  receiptKeys: string
  apiKey?: string
  otherApiKey?: string
}

const FILE = `${LOCAL}/secrets.json`

/** Makes new secrets. */
export function newSecrets(): LocalSecrets {
  const key = () => randomBytes(32).toString('base64url')
  return {
    tokenKeys: `1:${key()}`,
    accessKeys: `1:${key()}`,
    indexKey: key(),
    keyEncryptionKeys: `1:${key()}`,
    receiptKeys: `1:${key()}`,
  }
}

/** Returns the secrets of the last start, or new ones at the first: links and keys given out keep working. */
export function readSecrets(): LocalSecrets {
  try {
    // What an older Floe did not have yet is made now.
    return { ...newSecrets(), ...(JSON.parse(readFileSync(FILE, 'utf8')) as LocalSecrets) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return newSecrets()
    throw new Error(`.local/secrets.json cannot be read; npm run reset starts anew`, { cause: error })
  }
}

/** Keeps the secrets, readable by their owner alone. */
export function keepSecrets(secrets: LocalSecrets): void {
  writeFileSync(`${FILE}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${FILE}.new`, FILE)
}

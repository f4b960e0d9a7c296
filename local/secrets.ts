import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { LOCAL } from './folder.ts'

/** Secrets of a local Floe, in the form of the Worker's bindings, and the demo's API keys once there are any. */
export interface LocalSecrets {
  tokenKeys: string
  accessKeys: string
  indexKey: string
  keyEncryptionKeys: string
  /** Only in folders of an older Floe, whose rows are sealed under it. */
  dataKey?: string
  receiptKeys: string
  metricsToken: string
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
    metricsToken: key(),
  }
}

/** Returns the secrets of the last start, or new ones at the first, so that links and keys keep working. */
export function readSecrets(): LocalSecrets {
  try {
    // Secrets that an older Floe did not have are made now.
    return { ...newSecrets(), ...(JSON.parse(readFileSync(FILE, 'utf8')) as LocalSecrets) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return newSecrets()
    throw new Error(`.local/secrets.json cannot be read; npm run reset starts anew`, { cause: error })
  }
}

/** Stores the secrets, readable by their owner alone. */
export function keepSecrets(secrets: LocalSecrets): void {
  writeFileSync(`${FILE}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${FILE}.new`, FILE)
}

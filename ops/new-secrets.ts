import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { newLogin } from './login.ts'

/**
 * Writes the secrets of a new Floe, each into a file with the name of its setting, readable by its owner alone, and returns the names.
 * SQLD_AUTH_JWT_KEY is what its databases are started with. Throws where the folder is there already: what was made once is never
 * replaced, since address ids derive from it.
 */
export async function writeNewSecrets(folder: string): Promise<string[]> {
  const { publicKey, token } = await newLogin()
  const secrets: Record<string, string> = {
    TOKEN_KEYS: `1:${newKey()}`,
    ACCESS_KEYS: `1:${newKey()}`,
    RECEIPT_KEYS: `1:${newKey()}`,
    KEY_ENCRYPTION_KEYS: `1:${newKey()}`,
    INDEX_KEY: newKey(),
    METRICS_TOKEN: newKey(),
    PROXY_SECRET: newKey(),
    DATABASE_AUTH_TOKEN: token,
    SQLD_AUTH_JWT_KEY: publicKey,
  }
  mkdirSync(folder, { mode: 0o700 })
  for (const [name, secret] of Object.entries(secrets))
    writeFileSync(`${folder}/${name}`, secret, { mode: 0o600, flag: 'wx' })
  return Object.keys(secrets)
}

const newKey = (): string => randomBytes(32).toString('base64url')

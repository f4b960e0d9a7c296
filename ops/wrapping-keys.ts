import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { parseKeyring } from '../core/keys.ts'
import { KEYRING_PREFIX } from '../worker/encryption/keyring-vault.ts'
import { TRANSIT_PREFIX, type TransitSetting } from '../worker/encryption/transit-vault.ts'

/**
 * Keys that wrap data keys, for replacing and destroying them. A data key destroyed in the database still exists, wrapped, in its
 * log and backups; only destroying its wrapping key makes that copy useless.
 */
export interface WrappingKeys {
  /** Returns the Worker's keyring; undefined where Vault wraps. */
  keyring(): Promise<string | undefined>
  /** Returns the prefix of everything that the key in use wraps. */
  inUse(): Promise<string>
  /** Whether there are keys besides the one in use. */
  hasOthers(): Promise<boolean>
  /** Brings a new key into use, everywhere. */
  replace(): Promise<void>
  /** Destroys all other keys, and returns their names. */
  destroyOthers(): Promise<string[]>
}

/** Sends the Worker its keyring; resolves once it has it. */
export type Publish = (keyring: string) => Promise<void>

/** Milliseconds after publishing until no isolate with the older keyring answers. */
const KNOWN_AFTER_MS = 60_000
const RING_IDS = 32

/** Returns the keys of a keyring in a file, which `publish` sends to the Worker. */
export function keyringFile(
  path: string,
  publish: Publish,
  wait: (ms: number) => Promise<unknown>,
): WrappingKeys {
  const read = async (): Promise<[first: string, ...others: string[]]> => {
    const text = (await readFile(path, 'utf8')).trim()
    if (!parseKeyring(text))
      throw new Error(`${path} must hold the keyring KEY_ENCRYPTION_KEYS that the Worker has`)
    return text.split(',').map(part => part.trim()) as [string, ...string[]]
  }
  const idOf = (part: string) => Number(part.split(':')[0])
  const told = async (parts: string[]) => {
    // The file is written first, so that it always holds every key the Worker has.
    await writeWhole(path, `${parts.join()}\n`)
    await publish(parts.join())
    await wait(KNOWN_AFTER_MS)
  }
  return {
    keyring: async () => (await read()).join(),
    inUse: async () => `${KEYRING_PREFIX}${idOf((await read())[0])}:`,
    hasOthers: async () => (await read()).length > 1,
    async replace() {
      const parts = await read()
      const taken = new Set(parts.map(idOf))
      const free = Array.from({ length: RING_IDS }, (_, i) => (idOf(parts[0]) + 1 + i) % RING_IDS)
      const id = free.find(each => !taken.has(each))
      if (id === undefined) throw new Error(`${path} has all ${RING_IDS} keys that a keyring can have`)
      const added = `${id}:${randomBytes(32).toString('base64url')}`
      // Every isolate must know a key before any uses it.
      await told([...parts, added])
      await told([added, ...parts])
    },
    async destroyOthers() {
      const [first, ...others] = await read()
      // The order is reversed here: a key is removed from the file only once the Worker no longer has it.
      await publish(first)
      await writeWhole(path, `${first}\n`)
      return others.map(part => `${KEYRING_PREFIX}${idOf(part)}`)
    },
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}

/**
 * Returns a function that writes the keyring to a command's standard input, such as `npm run deploy -- secret
 * KEY_ENCRYPTION_KEYS`.
 */
export const publishBy =
  ([command, ...args]: readonly string[]): Publish =>
  keyring =>
    new Promise((resolve, reject) => {
      const child = spawn(command!, args, { stdio: ['pipe', 2, 'inherit'] })
      // A command that ends without reading reports its failure by its exit code.
      child.stdin!.on('error', () => undefined)
      child.stdin!.end(`${keyring}\n`)
      child.once('error', error => reject(new Error(`${command} cannot be run: ${error.message}`)))
      child.once('close', code =>
        code === 0
          ? resolve()
          : reject(new Error(`${command} ended with ${code}: the Worker was not told its new keyring`)),
      )
    })

/** Returns the versions of a key in Vault's Transit engine. The token must be allowed to manage that key. */
export function transitKey({ url, token, mount, key, namespace }: TransitSetting): WrappingKeys {
  const ask = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/v1/${mount}/keys/${key}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        'x-vault-token': token,
        ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    }).catch(cause => {
      throw new Error('Vault cannot be reached', { cause })
    })
    if (!response.ok)
      throw new Error(
        `Vault answered ${response.status} to ${mount}/keys/${key}${path}: may its token do that?`,
      )
    const text = await response.text()
    return text === '' ? {} : ((JSON.parse(text) as { data?: Record<string, unknown> }).data ?? {})
  }
  const versions = async () => {
    const { latest_version: latest, min_available_version: least } = await ask('')
    if (typeof latest !== 'number') throw new Error('what Vault answered is no answer to what it was asked')
    return { latest, least: typeof least === 'number' && least > 0 ? least : 1 }
  }
  return {
    keyring: async () => undefined,
    inUse: async () => `${TRANSIT_PREFIX}${(await versions()).latest}:`,
    async hasOthers() {
      const { latest, least } = await versions()
      return least < latest
    },
    async replace() {
      await ask('/rotate', {})
    },
    async destroyOthers() {
      const { latest, least } = await versions()
      await ask('/config', { min_decryption_version: latest, min_encryption_version: latest })
      await ask('/trim', { min_available_version: latest })
      return Array.from({ length: latest - least }, (_, i) => `${TRANSIT_PREFIX}${least + i}`)
    },
  }
}

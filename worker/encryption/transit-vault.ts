import { fromBase64, toBase64 } from '../../core/bytes.ts'
import { type KeyPlace, type KeyVault, placeText, VaultFailure } from './key-vault.ts'

/** Prefix of a ciphertext of Vault's Transit engine; the version of its key follows. */
export const TRANSIT_PREFIX = 'vault:v'

/** Connection and key of Vault's Transit engine. */
export interface TransitSetting {
  /** Origin of the Vault server. */
  url: string
  token: string
  /** Mount path of the engine, such as `transit`. */
  mount: string
  /** Name of the key; its type must support associated data, as `aes256-gcm96` does. */
  key: string
  namespace: string | undefined
}

const VAULT_DEADLINE_MS = 2000
const KEY_BYTES = 32

/**
 * Returns the vault of a key in HashiCorp Vault's Transit engine (HTTP API v1). The wrapping key never leaves Vault: it wraps
 * each data key, and unwraps it once in an isolate's life.
 */
export function transitVault(setting: TransitSetting): KeyVault {
  return {
    async wrap(place, key) {
      const ciphertext = await ask(setting, 'encrypt', place, { plaintext: toBase64(key) }, 'ciphertext')
      if (!ciphertext.startsWith(TRANSIT_PREFIX)) throw malformed()
      return ciphertext
    },
    async unwrap(place, wrapped) {
      const plaintext = await ask(setting, 'decrypt', place, { ciphertext: wrapped }, 'plaintext')
      let key: Uint8Array
      try {
        key = fromBase64(plaintext)
      } catch {
        throw malformed()
      }
      if (key.length !== KEY_BYTES) throw malformed()
      return key
    },
    // Only Vault knows the newest version of its key.
    isCurrent: () => false,
  }
}

async function ask(
  { url, token, mount, key, namespace }: TransitSetting,
  act: 'encrypt' | 'decrypt',
  place: KeyPlace,
  body: object,
  field: string,
): Promise<string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-vault-token': token }
  if (namespace !== undefined) headers['x-vault-namespace'] = namespace
  const associated = toBase64(new TextEncoder().encode(placeText(place)))
  let status: number
  let answer: { data?: Record<string, unknown>; errors?: unknown[] }
  try {
    const response = await fetch(`${url}/v1/${mount}/${act}/${key}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...body, associated_data: associated }),
      // Following a redirect would hand token and key to another server.
      redirect: 'manual',
      signal: AbortSignal.timeout(VAULT_DEADLINE_MS),
    })
    status = response.status
    const text = await response.text()
    answer = status === 200 ? JSON.parse(text) : {}
    if (status !== 200) throw refusal(status, text)
  } catch (cause) {
    if (cause instanceof VaultFailure) throw cause
    if (cause instanceof SyntaxError) throw malformed()
    throw new VaultFailure('away', 'Vault cannot be reached', { cause })
  }
  const value = answer?.data?.[field]
  if (typeof value !== 'string') throw malformed()
  return value
}

/** Vault's messages quote neither token nor key; they are read only to tell a missing key from a changed ciphertext. */
function refusal(status: number, text: string): VaultFailure {
  const said = `Vault answered ${status}`
  if (status === 403)
    return new VaultFailure('forbidden', `${said}: its token may not use the key, or has run out`)
  if (status === 404) return new VaultFailure('unknown_key', `${said}: there is no such engine or key`)
  if (status === 400 && /encryption key not found|version is disallowed/.test(text))
    return new VaultFailure('unknown_key', `${said}: there is no such key, or no longer that version of it`)
  if (status === 400)
    return new VaultFailure('not_ours', `${said}: the wrapped key is not what it wrapped for this place`)
  if (status === 503) return new VaultFailure('away', `${said}: it is sealed or in maintenance`)
  return new VaultFailure('away', said)
}

const malformed = () => new VaultFailure('malformed', 'what Vault answered is no answer to what it was asked')

import { type KeyringEntry, parseKeyring } from '../../core/keys.ts'
import { type KeyVault, VaultFailure } from './key-vault.ts'
import { KEYRING_PREFIX, keyringVault } from './keyring-vault.ts'
import { TRANSIT_PREFIX, type TransitSetting, transitVault } from './transit-vault.ts'

/** The parsed settings of a vault. */
export interface VaultSetting {
  keyring: KeyringEntry[] | undefined
  transit: TransitSetting | undefined
}

/** The settings and secrets of a vault. */
export const VAULT_FIELDS = [
  'KEY_ENCRYPTION_KEYS',
  'VAULT_URL',
  'VAULT_TOKEN',
  'VAULT_KEY',
  'VAULT_NAMESPACE',
] as const

/** The texts of these settings; an empty one counts as missing. */
export type VaultTexts = Partial<Record<(typeof VAULT_FIELDS)[number], string | undefined>>

const PATH = /^(?:[\w.-]+\/)+[\w.-]+$/

/**
 * Parses the settings of a vault, or returns the field at fault with a message. The message never quotes a value, which may
 * be a secret.
 */
export function parseVault(texts: VaultTexts): VaultSetting | { field: keyof VaultTexts; message: string } {
  const { KEY_ENCRYPTION_KEYS, VAULT_URL, VAULT_TOKEN, VAULT_KEY = 'transit/floe', VAULT_NAMESPACE } = texts
  const keyring = KEY_ENCRYPTION_KEYS ? parseKeyring(KEY_ENCRYPTION_KEYS) : undefined
  if (KEY_ENCRYPTION_KEYS && !keyring)
    return {
      field: 'KEY_ENCRYPTION_KEYS',
      message: 'must be "id:key[,id:key…]", ids 0 to 31, keys 32 bytes in base64url',
    }
  if (!VAULT_URL) return { keyring, transit: undefined }
  const local = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(VAULT_URL)
  if (
    !URL.canParse(VAULT_URL) ||
    new URL(VAULT_URL).origin !== VAULT_URL ||
    !(local || VAULT_URL.startsWith('https:'))
  )
    return { field: 'VAULT_URL', message: 'must be the https origin of a Vault server' }
  if (!VAULT_TOKEN || !/^[\x21-\x7e]+$/.test(VAULT_TOKEN))
    return { field: 'VAULT_TOKEN', message: 'must be a token for VAULT_URL' }
  if (!PATH.test(VAULT_KEY))
    return { field: 'VAULT_KEY', message: 'must be mount and name of a Transit key, such as transit/floe' }
  const cut = VAULT_KEY.lastIndexOf('/')
  return {
    keyring,
    transit: {
      url: VAULT_URL,
      token: VAULT_TOKEN,
      mount: VAULT_KEY.slice(0, cut),
      key: VAULT_KEY.slice(cut + 1),
      namespace: VAULT_NAMESPACE || undefined,
    },
  }
}

/**
 * Returns the vault of a setting, or undefined for none. Vault wraps where it is set, the keyring otherwise; each unwraps its
 * own keys, so that one can replace the other.
 */
export function openVault({ keyring, transit }: VaultSetting): KeyVault | undefined {
  const ours = keyring && keyringVault(keyring)
  const theirs = transit && transitVault(transit)
  const wrapper = theirs ?? ours
  if (!wrapper) return undefined
  return {
    wrap: (place, key) => wrapper.wrap(place, key),
    async unwrap(place, wrapped) {
      if (wrapped.startsWith(TRANSIT_PREFIX)) {
        if (!theirs)
          throw new VaultFailure('unknown_key', 'a data key was wrapped by Vault, and VAULT_URL is not set')
        return theirs.unwrap(place, wrapped)
      }
      if (!wrapped.startsWith(KEYRING_PREFIX))
        throw new VaultFailure('malformed', 'a wrapped data key is neither the keyring’s nor Vault’s')
      if (!ours)
        throw new VaultFailure(
          'unknown_key',
          'a data key was wrapped by KEY_ENCRYPTION_KEYS, which is not set',
        )
      return ours.unwrap(place, wrapped)
    },
    isCurrent: wrapped => wrapper.isCurrent(wrapped),
  }
}

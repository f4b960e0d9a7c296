import { CHOSEN_RULE, isChosen, KEYRING_RULE } from '../../core/key-setting.ts'
import { type KeyringEntry, parseKeyring } from '../../core/keys.ts'
import { combined, optional, type Setting, setting, text } from '../../core/setting.ts'
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
  const { KEY_ENCRYPTION_KEYS, VAULT_URL, VAULT_TOKEN, VAULT_NAMESPACE } = texts
  const path = texts.VAULT_KEY || 'transit/floe'
  const keyring = KEY_ENCRYPTION_KEYS ? parseKeyring(KEY_ENCRYPTION_KEYS) : undefined
  if (KEY_ENCRYPTION_KEYS && !keyring) return { field: 'KEY_ENCRYPTION_KEYS', message: KEYRING_RULE }
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
  if (!PATH.test(path))
    return { field: 'VAULT_KEY', message: 'must be mount and name of a Transit key, such as transit/floe' }
  const cut = path.lastIndexOf('/')
  return {
    keyring,
    transit: {
      url: VAULT_URL,
      token: VAULT_TOKEN,
      mount: path.slice(0, cut),
      key: path.slice(cut + 1),
      namespace: VAULT_NAMESPACE || undefined,
    },
  }
}

/** Setting of the vault. There may be none only where there still is a `DATA_KEY`, so that nothing is kept without encryption. */
export const vaultSetting: Setting<VaultSetting> = combined(
  {
    KEY_ENCRYPTION_KEYS: setting('KEY_ENCRYPTION_KEYS', optional(text())),
    VAULT_URL: setting('VAULT_URL', optional(text())),
    VAULT_TOKEN: setting('VAULT_TOKEN', optional(text())),
    VAULT_KEY: setting('VAULT_KEY', optional(text())),
    VAULT_NAMESPACE: setting('VAULT_NAMESPACE', optional(text())),
    hasDataKey: setting('DATA_KEY', given => Boolean(given)),
  } satisfies Record<keyof VaultTexts | 'hasDataKey', Setting<unknown>>,
  ({ hasDataKey, ...texts }, refuse) => {
    const vault = parseVault(texts)
    if ('field' in vault) {
      refuse(vault.field, vault.message)
      return undefined
    }
    if (vault.keyring?.some(({ key }) => !isChosen(key))) refuse('KEY_ENCRYPTION_KEYS', CHOSEN_RULE)
    if (!hasDataKey && !vault.keyring && !vault.transit)
      refuse('KEY_ENCRYPTION_KEYS or VAULT_URL', 'must be set: nothing is kept without encryption')
    return vault
  },
)

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

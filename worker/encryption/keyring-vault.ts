import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { decrypt, encrypt, importKey } from '../../core/cipher.ts'
import { deriveKey, type KeyringEntry } from '../../core/keys.ts'
import { type KeyVault, placeText, VaultFailure } from './key-vault.ts'

/** Prefix of a key wrapped by the keyring; the id of the wrapping key and the ciphertext follow. */
export const KEYRING_PREFIX = 'keyring:'

/** Returns the vault of the secret `KEY_ENCRYPTION_KEYS`: its first key wraps, all unwrap. AES-256-GCM. */
export function keyringVault(entries: readonly KeyringEntry[]): KeyVault {
  const [first] = entries
  const prefixOf = (id: number | string) => `${KEYRING_PREFIX}${id}:`
  const keyOf = ({ key }: KeyringEntry) => importKey(deriveKey(key, 'wrap/data-key'))
  const bound = (text: string) => new TextEncoder().encode(text)
  return {
    async wrap(place, key) {
      const text = await encrypt(await keyOf(first!), bound(placeText(place)), toBase64Url(key))
      return `${prefixOf(first!.id)}${toBase64Url(text)}`
    },
    async unwrap(place, wrapped) {
      const [, id = '', text = ''] = /^keyring:(\d{1,2}):([\w-]+)$/.exec(wrapped) ?? []
      const sealed = fromBase64Url(text)
      if (!sealed?.length) throw new VaultFailure('malformed', 'a wrapped data key is no text of the keyring')
      const entry = entries.find(each => String(each.id) === id)
      if (!entry) throw new VaultFailure('unknown_key', `KEY_ENCRYPTION_KEYS has no key ${id}`)
      try {
        return fromBase64Url(await decrypt(await keyOf(entry), bound(placeText(place)), sealed))!
      } catch (cause) {
        throw new VaultFailure(
          'not_ours',
          `key ${id} of KEY_ENCRYPTION_KEYS did not wrap ${placeText(place)}`,
          {
            cause,
          },
        )
      }
    },
    isCurrent: wrapped => wrapped.startsWith(prefixOf(first!.id)),
  }
}

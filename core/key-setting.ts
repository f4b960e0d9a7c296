import { type KeyringEntry, parseKey, parseKeyring } from './keys.ts'
import { parsed, type Read } from './setting.ts'

/** The rule that a malformed keyring breaks. */
export const KEYRING_RULE = 'must be "id:key[,id:key…]", ids 0 to 31, keys 32 bytes in base64url'

/** The rule that a keyring with a placeholder breaks. */
export const CHOSEN_RULE = 'must have no key of zeros'

/** Whether a key was chosen. Zeros are a placeholder that nobody replaced. */
export const isChosen = (key: Uint8Array): boolean => key.some(byte => byte !== 0)

/** Reads a secret of one key. */
export const key: Read<Uint8Array> = (given, refuse) => {
  const bytes = parsed('must be 32 bytes in base64url', parseKey)(given, refuse)
  if (bytes && !isChosen(bytes)) refuse('must not be zeros')
  return bytes
}

/** Reads a secret of signing keys. */
export const keyring: Read<KeyringEntry[]> = (given, refuse) => {
  const entries = parsed(KEYRING_RULE, parseKeyring)(given, refuse)
  if (entries?.some(entry => !isChosen(entry.key))) refuse(CHOSEN_RULE)
  return entries
}

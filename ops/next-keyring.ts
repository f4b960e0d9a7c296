import { randomBytes } from 'node:crypto'
import { parseKeyring } from '../core/keys.ts'

/** A keyring's next state, and what it lets happen. */
export interface NextKeyring {
  text: string
  /** `added`: a new key stands behind, where it is only known. `promoted`: it has come to the front. */
  step: 'added' | 'promoted'
  id: number
}

const LAST_ID = 31

/**
 * Returns a keyring as it comes next, one of two steps in turn: for some seconds old and new isolates answer side by side, so a new key
 * must be known everywhere before it is used anywhere. A key that stands last and has the highest number was added and is not in use yet.
 * Throws where the text is no keyring or its numbers are used up.
 */
export function nextKeyring(
  text: string,
  newKey: () => string = () => randomBytes(32).toString('base64url'),
): NextKeyring {
  const entries = parseKeyring(text)
  if (!entries) throw new Error('it is not "id:key[,id:key…]", ids 0 to 31, keys 32 bytes in base64url')
  const parts = text.split(',').map(part => part.trim())
  const highest = Math.max(...entries.map(({ id }) => id))
  const last = entries.at(-1)!
  if (entries.length > 1 && last.id === highest)
    return { text: [parts.at(-1)!, ...parts.slice(0, -1)].join(), step: 'promoted', id: last.id }
  if (highest === LAST_ID) throw new Error(`it has had its last number, ${LAST_ID}`)
  return { text: [...parts, `${highest + 1}:${newKey()}`].join(), step: 'added', id: highest + 1 }
}

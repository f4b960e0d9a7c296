import { randomBytes } from 'node:crypto'
import { parseKeyring } from '../core/keys.ts'

/** A keyring's next state, and the step that leads to it. */
export interface NextKeyring {
  text: string
  /** `added`: a new key is last, and only verifies. `promoted`: it is first, and signs. */
  step: 'added' | 'promoted'
  id: number
}

const LAST_ID = 31

/**
 * Returns a keyring after its next step, one of two in turn: for some seconds old and new isolates run side by side, so every
 * isolate must know a new key before any uses it. A last key with the highest number was added and is not yet in use. Throws when
 * the text is no keyring or its numbers are used up.
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

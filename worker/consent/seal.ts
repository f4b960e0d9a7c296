import { toHex } from '../../core/bytes.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import type { LedgerEvent } from '../../core/event.ts'
import type { Statement } from '../../core/write/statement.ts'
import { ActRefused } from '../../db/engine/client.ts'
import { demandKey, keepKey, type RecipientKeyRow } from '../../db/recipient-key.ts'
import type { Deps } from '../deps.ts'

/** An event about a recipient, whose evidence is to be sealed. */
export type Evident = LedgerEvent & { addressId: Uint8Array }

/** An event with its evidence sealed, and what has to follow it in its act, so that the key it is sealed with is there. */
export interface Sealed {
  entry: Evident
  keep: Statement[]
}

/** Returns a function that seals events' evidence under their recipients' keys: those that are known, and new ones for the others. */
export function sealer(deps: Deps, known: readonly RecipientKeyRow[]) {
  const rows = new Map(known.map(row => [toHex(row.addressId), row]))
  const keys = new Map<string, { key: RecipientCipher; row: RecipientKeyRow; made: boolean }>()

  async function keyOf({ tenant, addressId, at }: Evident) {
    const name = toHex(addressId)
    let found = keys.get(name)
    if (!found) {
      const kept = rows.get(name)
      const key = kept
        ? await RecipientCipher.open(deps.cipher, tenant, addressId, kept.wrapped)
        : RecipientCipher.make()
      const wrapped = kept?.wrapped ?? (await key.wrap(deps.cipher, tenant, addressId))
      found = { key, row: kept ?? { addressId, tenant, wrapped, createdAt: at }, made: !kept }
      keys.set(name, found)
    }
    return found
  }

  return async (entry: Evident, evidence: object): Promise<Sealed> => {
    const { key, row, made } = await keyOf(entry)
    return {
      entry: { ...entry, sealed: await key.seal(entry.id, evidence) },
      keep: [made ? keepKey(row, entry.id) : demandKey(row, entry.id)],
    }
  }
}

/** Performs an attempt, and once more where its act was refused: the recipient was given their first key in between, or lost it. */
export async function whileKeysAreMade<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error
    return attempt()
  }
}

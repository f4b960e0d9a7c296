import { toHex } from '../../core/bytes.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import type { LedgerEvent } from '../../core/event.ts'
import type { Statement } from '../../core/write/statement.ts'
import { ActRefused } from '../../db/engine/client.ts'
import { demandKey, keepKey, type RecipientKeyRow } from '../../db/recipient-key.ts'
import type { Deps } from '../deps.ts'

/** An event about a recipient, before its evidence is sealed. */
export type Evident = LedgerEvent & { addressId: Uint8Array }

/** An event with sealed evidence, and the statements that must follow it in its act so that its key exists. */
export interface Sealed {
  entry: Evident
  keep: Statement[]
}

/** Returns a function that seals the evidence of events under their recipients' keys, the known ones or new ones. */
export function sealer(deps: Pick<Deps, 'cipher'>, known: readonly RecipientKeyRow[]) {
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

/** Runs an attempt, and once more where its act was refused because the recipient's key was created or erased in between. */
export async function whileKeysAreMade<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error
    return attempt()
  }
}

import { fromBase64Url, toHex } from '../../core/bytes.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import type { RecipientEventRow } from '../../db/event-list.ts'
import type { RecipientKeyRow } from '../../db/recipient-key.ts'
import type { Deps } from '../deps.ts'
import { type HistoryEntry, historyEntry } from './entry.ts'

/**
 * Part of the evidence of a corrected address that is shown to nobody: the former address id, and the key of the evidence
 * under it.
 */
export interface Former {
  formerId?: string
  formerKey?: string
}

/** The keys of a recipient's evidence, by address id in hex. */
export type EvidenceKeys = ReadonlyMap<string, RecipientCipher>

/**
 * Opens the keys of a recipient's evidence. The key of a former address lies sealed in the event of the correction
 * (`arrivals`, newest first), so erasing the present key makes that one unreadable too.
 */
export async function evidenceKeys(
  deps: Deps,
  tenant: number,
  key: RecipientKeyRow | undefined,
  arrivals: readonly RecipientEventRow[],
): Promise<EvidenceKeys> {
  const keys = new Map<string, RecipientCipher>()
  if (!key) return keys
  const { addressId, wrapped } = key
  keys.set(toHex(addressId), await RecipientCipher.open(deps.cipher, tenant, addressId, wrapped))
  for (const row of arrivals) {
    const { formerId, formerKey } = ((await evidenceOf(keys, row)) ?? {}) as Former
    if (formerId && formerKey) keys.set(toHex(fromBase64Url(formerId)!), RecipientCipher.from(formerKey))
  }
  return keys
}

/** Opens the evidence of events. Evidence without its key is unreadable to everybody, for ever. */
export const openHistory = (
  keys: EvidenceKeys,
  rows: readonly RecipientEventRow[],
): Promise<HistoryEntry[]> =>
  Promise.all(
    rows.map(async row => {
      const evidence = await evidenceOf(keys, row)
      if (!evidence) return historyEntry(row, null)
      const { formerId: _, formerKey: __, ...shown } = evidence as Former & Record<string, unknown>
      return historyEntry(row, shown)
    }),
  )

// A recipient who comes back after an erasure has a new key, which does not open older evidence; the failure means null.
const evidenceOf = async (keys: EvidenceKeys, { id, addressId, sealed }: RecipientEventRow) =>
  (sealed &&
    (await keys
      .get(toHex(addressId))
      ?.unseal(id, sealed)
      .catch(() => null))) ??
  null

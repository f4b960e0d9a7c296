import { fromBase64Url, toHex } from '../../core/bytes.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import type { RecipientEventRow } from '../../db/event-list.ts'
import type { RecipientKeyRow } from '../../db/recipient-key.ts'
import type { Deps } from '../deps.ts'
import { type HistoryEntry, historyEntry } from './entry.ts'

/** What the evidence of a corrected address holds besides: whose key opens what happened under the old one. Nobody is shown it. */
export interface Former {
  formerId?: string
  formerKey?: string
}

/** The keys to a recipient's evidence, by the address ids they had, in hex. */
export type EvidenceKeys = ReadonlyMap<string, RecipientCipher>

/**
 * Opens the keys to a recipient's evidence. One of theirs under an earlier address lies sealed in the event by which they came from
 * there (`arrivals`, newest first), so that it is gone with their present one.
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

/** Opens the evidence of what happened to a recipient. Without a key it is unreadable for ever, by everybody. */
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

// What came before an erasure lies under a key that is gone, also where its recipient has come back and has another.
const evidenceOf = async (keys: EvidenceKeys, { id, addressId, sealed }: RecipientEventRow) =>
  (sealed &&
    (await keys
      .get(toHex(addressId))
      ?.unseal(id, sealed)
      .catch(() => null))) ??
  null

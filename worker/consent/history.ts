import type { RecipientEventRow } from '../../db/event-list.ts'
import type { RecipientKeyRow } from '../../db/recipient-key.ts'
import { fromBase64Url, toHex } from '../core/bytes.ts'
import { RecipientCipher } from '../core/cipher.ts'
import type { Deps } from '../deps.ts'
import { type HistoryEntry, historyEntry } from './entry.ts'

/** What the evidence of a corrected address holds besides: whose key opens what happened under the old one. Nobody is shown it. */
export interface Former {
  formerId?: string
  formerKey?: string
}

/**
 * Opens the evidence of what happened to a recipient, in order. Without a key it is unreadable for ever, by everybody. A key of
 * theirs under an earlier address lies sealed in the event by which they left it, so that it is gone with their present one.
 */
export async function openHistory(
  deps: Deps,
  tenant: number,
  key: RecipientKeyRow | undefined,
  rows: readonly RecipientEventRow[],
): Promise<HistoryEntry[]> {
  const keys = new Map<string, RecipientCipher>()
  if (key)
    keys.set(
      toHex(key.addressId),
      await RecipientCipher.open(deps.cipher, tenant, key.addressId, key.wrapped),
    )
  const opened: HistoryEntry[] = []
  // From the newest on: a former key is found before what it opens.
  for (const row of [...rows].reverse()) {
    const cipher = keys.get(toHex(row.addressId))
    // What came before an erasure lies under a key that is gone, also where its recipient has come back and has another.
    const evidence = row.sealed && cipher ? await cipher.unseal(row.id, row.sealed).catch(() => null) : null
    const { formerId, formerKey, ...shown } = (evidence ?? {}) as Former & Record<string, unknown>
    if (formerId && formerKey) keys.set(toHex(fromBase64Url(formerId)!), RecipientCipher.from(formerKey))
    opened.push(historyEntry(row, evidence && shown))
  }
  return opened.reverse()
}

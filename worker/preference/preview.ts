import { ADDRESS_ID_BYTES } from '../../core/address.ts'
import { Fault } from '../../core/fault.ts'
import { brandByDigest } from '../../db/brand.ts'
import { topicsOf } from '../../db/topic.ts'
import { readPreview } from '../brand/preview-link.ts'
import type { PreferenceDeps } from './deps.ts'
import { type LoadedPreferences, openFor } from './load.ts'

/**
 * Loads the preference center as an unknown recipient would see it, in an unpublished brand. Throws `token.invalid` for a
 * link that does not verify or expired, `topic.gone` where the workspace has no topics, `database.unavailable`.
 */
export async function openPreview(deps: PreferenceDeps, token: string): Promise<LoadedPreferences> {
  const preview = readPreview(deps.keyring, token)
  if (!preview || preview.expiresAt <= deps.clock()) throw new Fault({ code: 'token.invalid' })
  const [[brand], [topic]] = await deps.db.read('fresh', [
    brandByDigest(preview.workspace, preview.digest),
    topicsOf(preview.workspace),
  ])
  if (!brand || !topic) throw new Fault({ code: 'topic.gone' })
  // The zero id belongs to no address.
  const addressId = new Uint8Array(ADDRESS_ID_BYTES)
  return { ...(await openFor(deps, { topic: topic.number, addressId, ref: new Uint8Array() })), brand }
}

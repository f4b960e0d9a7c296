import * as z from 'zod/mini'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { importByName } from '../../db/import.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { type Progress, progressOf } from './progress.ts'

/** Input of `GET /v1/suppressions/import/{name}`. */
export const ImportNameInput = z.strictObject({ name: z.string() })

/** Returns how far a workspace's import has come. Throws `import.not_found`. */
export async function importProgress(
  deps: Deps,
  claim: ApiKeyClaims,
  { name }: { name: string },
): Promise<Progress & { done: boolean }> {
  const [[key], [row]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    importByName(claim.workspace, name),
  ])
  touchLastUsed(deps, authorize(claim, key, 'suppressions:write').keyId, key!.lastUsedAt)
  if (!row) throw new Fault({ code: 'import.not_found' })
  return { ...progressOf(row), done: row.doneAt !== null }
}

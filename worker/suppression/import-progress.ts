import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { importByName } from '../../db/import.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './import-api.ts'
import { progressOf } from './progress.ts'

/**
 * Returns the progress of a workspace's import. Throws `import.not_found`, `key.invalid`, `key.forbidden`,
 * `database.unavailable`.
 */
export async function importProgress(
  deps: Deps,
  claim: ApiKeyClaims,
  { name }: InputOf<typeof api.getImport>,
): Promise<AnswerOf<typeof api.getImportDoc>> {
  const [[key], [row]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    importByName(claim.workspace, name),
  ])
  touchLastUsed(deps, authorize(claim, key, api.getImport.permission).keyId, key!.lastUsedAt)
  if (!row) throw new Fault({ code: 'import.not_found' })
  return { ...progressOf(row), done: row.doneAt !== null }
}

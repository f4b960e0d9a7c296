import { Fault } from '../../core/fault.ts'
import { importByName } from '../../db/import.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './import-api.ts'
import { progressOf } from './progress.ts'

/**
 * Returns the progress of a workspace's import. Throws `import.not_found`, `key.invalid`, `key.forbidden`,
 * `database.unavailable`.
 */
export const importProgress = verb(
  api.getImport,
  async (ctx: CallContext, { name }): Promise<AnswerOf<typeof api.getImportDoc>> => {
    const [[row]] = await ctx.read([importByName(ctx.workspace, name)])
    if (!row) throw new Fault({ code: 'import.not_found' })
    return { ...progressOf(row), done: row.doneAt !== null }
  },
)

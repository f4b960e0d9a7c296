import { timestamp } from '../../core/clock.ts'
import type { Reason } from '../../core/codes/reason.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { IMPORT_UNDO_MS } from '../../core/limits.ts'
import { type ImportRow, importsOf } from '../../db/import.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './imports-api.ts'
import { progressOf } from './progress.ts'
import { type Sight, sightOf } from './view.ts'

/**
 * Lists the imports of the workspace, newest first. Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's
 * cursor, `database.unavailable`.
 */
export const listImports = verb(
  api.listImports,
  async (
    ctx: CallContext<Needs<'ring'>>,
    { cursor, limit },
  ): Promise<AnswerOf<typeof api.listImportsDoc>> => {
    const { tenant, workspace } = ctx
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : await openCursor(ctx.ring, tenant, cursor)
    if (before === undefined) throw invalidField('cursor', 'is not a cursor of this list')
    const [topics, rows] = await ctx.read([topicsOf(workspace), importsOf(workspace, before, limit + 1)])
    const sight = sightOf(workspace, topics)
    const shown = rows.slice(0, limit)
    return {
      imports: shown.map(row => importView(row, sight, ctx.clock())),
      ...(rows.length > limit && { next: await sealCursor(ctx.ring, tenant, shown.at(-1)!.startedAt) }),
    }
  },
)

function importView(row: ImportRow, sight: Sight, now: number): api.ImportView {
  const { name, startedAt, doneAt, undoneAt, firstSeq, parameters } = row
  const undoableUntil = startedAt + IMPORT_UNDO_MS
  return {
    name,
    ...sight.get(parameters.scope),
    reason: parameters.reason as Reason,
    startedAt: timestamp(startedAt),
    ...(doneAt !== null && { doneAt: timestamp(doneAt) }),
    ...progressOf(row),
    ...(firstSeq !== null &&
      undoneAt === null &&
      undoableUntil > now && { undoableUntil: timestamp(undoableUntil) }),
    ...(undoneAt !== null && { undoneAt: timestamp(undoneAt) }),
  }
}

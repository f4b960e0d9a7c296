import { isOperator } from '../../core/actor.ts'
import { REASONS, reasonOf } from '../../core/codes/reason.ts'
import { numberOf, scopeName } from '../../core/codes/scope.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { IMPORT_UNDO_MS } from '../../core/limits.ts'
import { type ImportRow, importByName } from '../../db/import.ts'
import {
  beginUndo,
  endUndo,
  extentOf,
  type ImportedRow,
  type ImportSlice,
  importedIn,
  importsAfter,
  type UndoneImport,
} from '../../db/import-undo.ts'
import { type LiftedRecord, liftImported } from '../../db/suppression-batch.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './imports-api.ts'
import { publicId } from './list.ts'

/** Events of a page, each of which is at most one suppression of a transaction. */
const EVENTS_PER_PAGE = 2000
const PAGES_PER_CALL = 10

/**
 * Lifts the suppressions that an import made and of whose recipients nothing was told since, each with its event, a part a call.
 * Throws `import.not_found`; `import.undo_expired` after 72 hours; `import.followed` where a later import stands; `key.invalid`,
 * `key.forbidden`, `request.invalid` for another tenant's cursor, `database.unavailable`, after which the same call goes on.
 */
export const undoImport = verb(
  api.undoImport,
  async (ctx: CallContext<Needs<'ring'>>, { name, cursor }): Promise<AnswerOf<typeof api.undoImportDoc>> => {
    const from = cursor === undefined ? 0 : await openCursor(ctx.ring, ctx.tenant, cursor)
    if (from === undefined) throw invalidField('cursor', 'is not a cursor of this undo')
    const { next, ...done } = await undoPart(ctx, name, from)
    return {
      name,
      ...done,
      ...(next !== undefined && { next: await sealCursor(ctx.ring, ctx.tenant, next) }),
    }
  },
)

/** What a part of an undo did, and after which event the next part begins; undefined at its end. */
export interface UndonePart {
  lifted: number
  kept: number
  next: number | undefined
}

/**
 * Undoes the part of an import that begins after the event `from`. An operator may do so at any time and in any order. Throws as
 * `undoImport` does.
 */
export async function undoPart(ctx: CallContext, name: string, from: number): Promise<UndonePart> {
  const { tenant, workspace } = ctx
  const [[row]] = await ctx.read([importByName(workspace, name)])
  if (!row) throw new Fault({ code: 'import.not_found' })
  const { scope, isMixed = false } = row.parameters
  const one = { tenant, workspace, name, scope, isMixed, firstSeq: row.firstSeq ?? 0 }
  // Another undo's cursor would pass over what this one is to lift.
  const isOwn = row.undoneAt !== null && from >= one.firstSeq && from <= (row.lastSeq ?? 0)
  if (from > 0 && !isOwn) throw invalidField('cursor', 'is not a cursor of this undo')
  if (row.undoneAt === null) await begin(ctx, row, one)
  // Imports bind what they find while this runs and no longer: once it has ended, no key lifts anything more.
  if (row.undoEndedAt !== null && !isOperator(ctx.actor)) return { lifted: 0, kept: 0, next: undefined }
  // Only now nothing is added to it any more.
  const [[begun]] = await ctx.read([importByName(workspace, name)])
  const slice = { workspace, name, last: begun!.lastSeq ?? 0, events: EVENTS_PER_PAGE }
  let seq = Math.max(from, one.firstSeq)
  const done = { lifted: 0, kept: 0 }
  for (let page = 0; page < PAGES_PER_CALL && seq < slice.last; page++) {
    const { lifted, kept, next } = await undoPage(ctx, { ...slice, seq })
    done.lifted += lifted
    done.kept += kept
    seq = next
  }
  if (seq < slice.last) return { ...done, next: seq }
  await ctx.commit([endUndo(one, ctx.clock())], 'results')
  return { ...done, next: undefined }
}

async function begin(ctx: CallContext, row: ImportRow, one: UndoneImport): Promise<void> {
  const byOperator = isOperator(ctx.actor)
  if (row.firstSeq === null || (!byOperator && ctx.clock() > row.startedAt + IMPORT_UNDO_MS))
    throw new Fault({ code: 'import.undo_expired' })
  const { ticket } = ctx
  const undone = ctx.event('import.undone', {
    subject: one.name,
    data: { via: byOperator ? 'operator' : 'api', ...(ticket && { ticket }) },
  })
  const [begun] = await ctx.commit(beginUndo(one, undone, !byOperator), 'results')
  if (begun!.affected > 0) return
  const [again, later] = await ctx.read([importByName(one.workspace, one.name), importsAfter(one, 1)])
  // Another call may have begun it meanwhile.
  if (again[0]?.undoneAt != null) return
  // A backup was restored since, and imports after it are not known.
  if (later.length === 0) throw new Fault({ code: 'import.undo_expired' })
  const laterImport = later.find(({ workspace }) => workspace === one.workspace)?.name
  throw new Fault({ code: 'import.followed', laterImport })
}

/** Lifts what is free of a page of the ledger, and returns where the next one begins. */
async function undoPage(ctx: CallContext, slice: ImportSlice) {
  const [rows, { events, last, asOf }] = await ctx.read([importedIn(slice, publicId), extentOf(slice)])
  const at = ctx.clock()
  // What the law demands is an operator's to lift, whoever brought it.
  const isTheirs = ({ reason }: ImportedRow) => isOperator(ctx.actor) || reason !== REASONS.legal
  const list = rows
    .filter(row => row.free && isTheirs(row))
    .map((row): LiftedRecord => {
      const scope = scopeName(row.scope)
      const data = {
        scope,
        reason: reasonOf(row.reason),
        source: 'import',
        via: isOperator(ctx.actor) ? 'operator' : 'import_undo',
        import: slice.name,
        ...(scope === 'topic' && { topic: numberOf(row.scope) }),
      }
      const { addressId, subject } = row
      return { row, entry: ctx.event('suppression.lifted', { at, addressId, subject, data }) }
    })
  const [lifted] = list.length > 0 ? await ctx.commit(liftImported(list, asOf), 'results') : []
  const count = lifted?.affected ?? 0
  const met = new Set(rows.map(({ subject }) => subject)).size
  return { lifted: count, kept: met - count, next: events < slice.events ? slice.last : last }
}

import { pause } from '../../core/clock.ts'
import type { Reason } from '../../core/codes/reason.ts'
import type { ScopeCode } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { advanceImport, importByName } from '../../db/import.ts'
import { type SuppressionRecord, suppressMany } from '../../db/suppression-batch.ts'
import type { CallContext } from '../call/context.ts'
import type { Needs } from '../deps.ts'
import type { RawRecord } from './cutter.ts'
import type { LineFault, Progress } from './import-api.ts'
import { progressOf } from './progress.ts'
import { stopRecords } from './statements.ts'
import { furthestReaching } from './suppress.ts'
import type { UploadLine } from './upload.ts'

/** Lines that become one transaction: as they came, as they were read, and the suppressions they ask for. */
export interface ImportBatch {
  records: RawRecord[]
  lines: UploadLine[]
  list: SuppressionRecord[]
  last: boolean
}

/** What became of a batch. */
export interface CommittedBatch {
  refused: { line: number; fault: LineFault }[]
  progress: Progress
  last: boolean
}

/** Returns the suppressions that a batch's good lines ask for, each address and reason once. */
export function suppressionsOf(
  ctx: CallContext<Needs<'indexes'>>,
  { name, scope, fallback }: { name: string; scope: ScopeCode; fallback: Reason },
  lines: UploadLine[],
): SuppressionRecord[] {
  const at = ctx.clock()
  const { tenant, workspace } = ctx
  const index = ctx.indexes.tenant(tenant)
  const list = lines.flatMap(line =>
    'fault' in line
      ? []
      : stopRecords(ctx, {
          at,
          tenant,
          workspace,
          addressId: line.addressId ?? index.id(line.hash),
          scope: line.scope ?? scope,
          reason: line.reason ?? fallback,
          ofMarketing: line.ofMarketing ?? false,
          source: 'import',
          until: line.until ?? null,
          via: 'import',
          import: name,
        }),
  )
  return furthestReaching(list)
}

/** Pauses between attempts while the database is unavailable, before the import fails. */
const PAUSES_MS = [500, 1500, 4000]

/** Commits a batch, and again where the outcome is unknown: records that were applied are not applied twice. */
export async function commitBatch(
  ctx: CallContext,
  name: string,
  before: Progress,
  batch: ImportBatch,
): Promise<CommittedBatch> {
  for (const [tries, ms] of PAUSES_MS.entries()) {
    try {
      return await tryBatch(ctx, name, before, batch, tries > 0)
    } catch (error) {
      if (!(error instanceof Fault) || error.detail.code !== 'database.unavailable') throw error
      await pause(ms)
    }
  }
  return tryBatch(ctx, name, before, batch, true)
}

/** Commits a batch with its progress, and returns the progress. Throws `import.conflict`, `import.undone`, `database.unavailable`. */
async function tryBatch(
  ctx: CallContext,
  name: string,
  before: Progress,
  { records, lines, list, last }: ImportBatch,
  again: boolean,
): Promise<CommittedBatch> {
  const end = records.at(-1)?.end
  const offset = end?.offset ?? before.offset
  const line = end ? end.line - 1 : before.line
  const refused = lines.filter(line => 'fault' in line)
  const valid = lines.length - refused.length
  const [events, ...suppressions] =
    list.length > 0 ? suppressMany(list, 'tenant', { of: { workspace: ctx.workspace, name } }) : []
  const advance = advanceImport(
    { workspace: ctx.workspace, name, from: before.offset },
    { offset, line, valid, refused: refused.length, doneAt: last ? ctx.clock() : null },
  )
  const results = await ctx.commit([...(events ? [events] : []), advance, ...suppressions], 'results')
  if (results[events ? 1 : 0]!.affected === 0) {
    // An earlier attempt was applied after all: the row has its progress, and knows how many were added.
    const [[row]] = await ctx.db.read('fresh', [importByName(ctx.workspace, name)])
    if (row?.undoneAt) throw new Fault({ code: 'import.undone' })
    if (!again || row?.offset !== offset) throw new Fault({ code: 'import.conflict' })
    return { refused, progress: progressOf(row), last }
  }
  const added = events ? results[0]!.affected : 0
  const progress = {
    line,
    offset,
    added: before.added + added,
    unchanged: before.unchanged + valid - added,
    refused: before.refused + refused.length,
  }
  return { refused, progress, last }
}

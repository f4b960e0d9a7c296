import { ADDRESS_ID_BYTES } from '../../core/address.ts'
import { concatBytes } from '../../core/bytes.ts'
import { pause } from '../../core/clock.ts'
import type { Reason } from '../../core/codes/reason.ts'
import type { ScopeCode } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import type { BulkWriter } from '../../db/engine/client.ts'
import { advanceImport, importByName } from '../../db/import.ts'
import { type SuppressionRecord, suppressMany } from '../../db/suppression-batch.ts'
import type { CallContext } from '../call/context.ts'
import type { Needs } from '../deps.ts'
import type { RawRecord } from './cutter.ts'
import type { ImportLine, Progress } from './import-api.ts'
import type { Format, Layout } from './layout.ts'
import type { Target } from './own-row.ts'
import { advanced, progressOf } from './progress.ts'
import { stopRecords } from './statements.ts'
import { furthestReaching } from './suppress.ts'
import { refuseUnknownIds } from './unknown-ids.ts'
import { linesOf, remarksOf, type UploadLine } from './upload.ts'

/** Lines that become one transaction: as they came, as they were read, and the suppressions they ask for. */
export interface ImportBatch {
  records: RawRecord[]
  lines: UploadLine[]
  list: SuppressionRecord[]
  last: boolean
}

/** What became of a batch. */
export interface CommittedBatch {
  /** What is to be said of its lines. */
  remarks: ImportLine[]
  progress: Progress
  last: boolean
}

/** What the lines of an import are for, but for the time at which one is read. */
export type Aim = Omit<Target, 'now'>

/** Reads the records of a batch. Lines that the tenant or the caller may not ask for are refused among the rest. */
export async function readBatch(
  ctx: CallContext<Needs<'indexes'>>,
  records: readonly RawRecord[],
  format: Format,
  layout: Layout,
  aim: Aim,
): Promise<UploadLine[]> {
  const index = ctx.indexes.tenant(ctx.tenant)
  const reading = { idOf: (hash: Uint8Array) => index.id(hash), target: { ...aim, now: ctx.clock() } }
  const lines = await refuseUnknownIds(ctx, linesOf(records, format, layout, reading))
  return mayOrder(ctx)
    ? lines
    : lines.map(line =>
        'fault' in line || line.reason !== 'legal'
          ? line
          : { line: line.line, who: line.who!, fault: 'legal' },
      )
}

/** Whether the caller may write down what the law demands. */
function mayOrder(ctx: CallContext): boolean {
  try {
    ctx.demand('legal_suppressions:write')
    return true
  } catch (error) {
    if (error instanceof Fault && error.detail.code === 'key.forbidden') return false
    throw error
  }
}

/** Returns the suppressions that a batch's good lines ask for, each address and reason once. */
export function suppressionsOf(
  ctx: CallContext<Needs<'hashMany' | 'indexes'>>,
  { name, scope, fallback }: { name?: string; scope: ScopeCode; fallback: Reason },
  lines: UploadLine[],
): SuppressionRecord[] {
  const at = ctx.clock()
  const { tenant, workspace } = ctx
  const hashes = lines.flatMap(line => ('hash' in line ? [line.hash] : []))
  const ids = ctx.indexes.tenant(tenant).ids(ctx.hashMany, concatBytes(hashes))
  let place = 0
  const nextId = () => ids.subarray(place * ADDRESS_ID_BYTES, ++place * ADDRESS_ID_BYTES)
  const list = lines.flatMap(line =>
    'fault' in line
      ? []
      : stopRecords(ctx, {
          at,
          since: line.since,
          tenant,
          workspace,
          addressId: line.addressId ?? nextId(),
          scope: line.scope ?? scope,
          reason: line.reason ?? fallback,
          ofMarketing: line.ofMarketing ?? false,
          source: 'import',
          until: line.until ?? null,
          via: 'import',
          ...(name !== undefined && { import: name }),
        }),
  )
  return furthestReaching(list)
}

/** Pauses between attempts while the database is unavailable, before the import fails: half a minute in all. */
const PAUSES_MS = [500, 1500, 4000, 8000, 16_000]

/** Commits a batch, and again where the outcome is unknown: records that were applied are not applied twice. */
export async function commitBatch(
  ctx: CallContext<Needs<'hashMany'>>,
  to: { name: string; size: BulkWriter },
  before: Progress,
  batch: ImportBatch,
): Promise<CommittedBatch> {
  for (const [tries, ms] of PAUSES_MS.entries()) {
    try {
      return await tryBatch(ctx, to, before, batch, tries > 0)
    } catch (error) {
      if (!(error instanceof Fault) || error.detail.code !== 'database.unavailable') throw error
      await pause(ms)
    }
  }
  return tryBatch(ctx, to, before, batch, true)
}

/** Commits a batch with its progress, and returns the progress. Throws `import.conflict`, `import.undone`, `database.unavailable`. */
async function tryBatch(
  ctx: CallContext<Needs<'hashMany'>>,
  { name, size }: { name: string; size: BulkWriter },
  before: Progress,
  { records, lines, list, last }: ImportBatch,
  again: boolean,
): Promise<CommittedBatch> {
  const end = records.at(-1)?.end
  const offset = end?.offset ?? before.offset
  const line = end ? end.line - 1 : before.line
  const remarks = remarksOf(lines)
  const refused = lines.filter(line => 'fault' in line).length
  const valid = lines.length - refused
  const [events, ...suppressions] =
    list.length > 0
      ? suppressMany(list, 'tenant', {
          hashMany: ctx.hashMany,
          of: { workspace: ctx.workspace, name, from: before.offset, to: offset },
        })
      : []
  const advance = advanceImport(
    { workspace: ctx.workspace, name, from: before.offset },
    { offset, line, valid, refused, doneAt: last ? ctx.clock() : null },
  )
  const act = [...(events ? [events] : []), advance, ...suppressions]
  const results = await ctx.commit(act, 'results', size)
  if (results[events ? 1 : 0]!.affected === 0) {
    // An earlier attempt was applied after all: the row has its progress, and knows how many were added.
    const [[row]] = await ctx.db.read('fresh', [importByName(ctx.workspace, name)])
    if (row?.undoneAt) throw new Fault({ code: 'import.undone' })
    if (!again || row?.offset !== offset) throw new Fault({ code: 'import.conflict' })
    return { remarks, progress: progressOf(row), last }
  }
  const added = events ? results[0]!.affected : 0
  return { remarks, progress: advanced(before, { records, lines }, added), last }
}

import { toBase64Url } from '../../core/bytes.ts'
import type { Reason } from '../../core/codes/reason.ts'
import type { ScopeCode } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { beginImport, type ImportRow, importByName } from '../../db/import.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { InputOf } from '../call/operation.ts'
import type { Needs } from '../deps.ts'
import { drainReader } from '../http/limits.ts'
import { BatchSize, batches } from './batches.ts'
import type { NamedColumns } from './columns.ts'
import type { RawRecord, RecordStart } from './cutter.ts'
import type * as api from './import-api.ts'
import type { ImportLine, Progress } from './import-api.ts'
import { type Aim, type CommittedBatch, commitBatch, readBatch, suppressionsOf } from './import-batch.ts'
import { columnsIn, type Format, type Layout, openUpload } from './layout.ts'
import { scopeText } from './own-row.ts'
import { newImport, progressOf } from './progress.ts'
import { arriving, recordsOf } from './records.ts'
import { sightOf } from './view.ts'

/** An upload: the bytes of an import from `offset` on. A name allows it to be resumed; Floe names it where the sender does not. */
export interface Upload {
  name: string | undefined
  offset: number
  format: Format
  /** The charset it was declared in. */
  charset: string | undefined
  reader: ReadableStreamDefaultReader<Uint8Array>
  /** Charges for each piece before it is read. Throws `rate.limited`, which stops the import with its progress kept. */
  weigh(bytes: number): Promise<void>
}

/** What an import needs. */
export type Importing = CallContext<Needs<'hashMany' | 'indexes'>>

/**
 * Imports suppressions from an upload of any length, in constant memory, and yields the lines of its answer meanwhile. Each
 * batch is one transaction with ledger events and progress. Existing suppressions are kept, and a repeated upload adds
 * nothing. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `import.offset`, `import.key_reused`, `import.undone`, `import.encoding`,
 * `import.no_address_column`, `import.nothing_read`, `import.subscribers`, `rate.limited`, `database.unavailable` before anything is written.
 */
export async function importSuppressions(
  ctx: Importing,
  input: InputOf<typeof api.importSuppressions>,
  upload: Upload,
): Promise<AsyncGenerator<ImportLine[]>> {
  const [topics, [known]] = await ctx.read([
    topicsOf(ctx.workspace),
    importByName(ctx.workspace, upload.name ?? ''),
  ])
  const { scope, target } = aimOf(input, ctx.workspace, topics)
  const named = namedIn(input)
  const everyScope = input.scope === undefined
  const fixed = { scope, everyScope, reason: input.reason, format: upload.format, ...named }
  if (known && !sameImport(known, fixed)) throw new Fault({ code: 'import.key_reused' })
  if (known?.undoneAt) throw new Fault({ code: 'import.undone' })
  const now = ctx.clock()
  const name = upload.name ?? `imp_${toBase64Url(ctx.ids(now))}`
  const start = known ?? newImport(ctx.workspace, name, now)
  if (known?.doneAt) return alreadyDone(known, upload)
  if (upload.offset !== start.offset) throw new Fault({ code: 'import.offset', offset: start.offset })

  const from = { offset: start.offset, line: start.line + 1 }
  const pieces = arriving(upload.reader, { clock: ctx.clock, weigh: upload.weigh })
  const { format, charset } = upload
  const { layout, rest } =
    known && start.offset > 0
      ? { layout: known.parameters, rest: recordsOf(pieces, cutting(known.parameters, format, from)) }
      : await openUpload(pieces, { format, charset, named })
  // Nothing of it was taken yet, and the file that comes now is another than the one that began.
  if (known && !sameLayout(known.parameters, layout)) throw new Fault({ code: 'import.key_reused' })
  if (!known) {
    const isMixed = everyScope && (format === 'ndjson' || columnsIn(layout).own !== undefined)
    const row = { ...newImport(ctx.workspace, name, now), parameters: { ...fixed, ...layout, isMixed } }
    // It waits as its batches do, and is none of the writes that they make room for.
    await ctx.commit([beginImport(row)], 'results', new BatchSize())
  }
  // An import that began before rows of other scopes were taken refuses them to its end.
  const isOfOne = known && !known.parameters.everyScope
  const to = {
    name,
    scope,
    fallback: input.reason,
    target: isOfOne ? { ...target, scope: input.scope ?? 'workspace' } : target,
  }
  return run(ctx, to, upload, layout, rest, progressOf(start))
}

/** Returns the columns that an input names. */
export const namedIn = ({
  addressColumn,
  reasonColumn,
  timeColumn,
  dateOrder,
}: InputOf<typeof api.importSuppressions>): NamedColumns => ({
  addressColumn,
  reasonColumn,
  timeColumn,
  dateOrder,
})

const cutting = ({ charset = 'utf-8' }: Layout, format: Format, from: RecordStart) => ({
  quotes: format === 'csv',
  from,
  charset,
})

const sameLayout = (a: Layout, b: Layout): boolean =>
  a.delimiter === b.delimiter &&
  `${a.header}` === `${b.header}` &&
  (a.charset ?? 'utf-8') === (b.charset ?? 'utf-8')

async function* alreadyDone(known: ImportRow, upload: Upload): AsyncGenerator<ImportLine[]> {
  await drainReader(upload.reader)
  yield [{ type: 'done', ...progressOf(known) }]
}

async function* run(
  ctx: Importing,
  to: { name: string; scope: ScopeCode; fallback: Reason; target: Aim },
  upload: Upload,
  layout: Layout,
  pieces: AsyncGenerator<RawRecord[]>,
  progress: Progress,
): AsyncGenerator<ImportLine[]> {
  const size = new BatchSize()
  try {
    // The next batch is read and hashed while the database commits one.
    let committing: Promise<CommittedBatch> | undefined
    for await (const { records, last } of batches(pieces, size)) {
      const lines = await readBatch(ctx, records, upload.format, layout, to.target)
      const list = suppressionsOf(ctx, to, lines)
      if (committing) {
        const committed = await committing
        yield linesAbout(committed)
        progress = committed.progress
      }
      committing = commitBatch(ctx, { name: to.name, size }, progress, { records, lines, list, last })
      // Its failure is handled where it is awaited; until then it must not count as unhandled.
      committing.catch(() => undefined)
    }
    yield linesAbout(await committing!)
  } catch (error) {
    yield [failedLine(ctx, error, progress)]
  } finally {
    await drainReader(upload.reader)
  }
}

/** Returns the last line of an answer that ends before its end. */
export function failedLine(ctx: Importing, error: unknown, progress: Progress): ImportLine {
  if (!(error instanceof Fault)) ctx.log('import', error)
  return { type: 'failed', code: error instanceof Fault ? error.detail.code : 'internal', ...progress }
}

/**
 * Returns the answer lines of a batch together, since sending thousands of lines one by one takes longer than reading them.
 */
const linesAbout = ({ remarks, progress, last }: CommittedBatch): ImportLine[] => [
  ...remarks,
  { type: last ? 'done' : 'progress', ...progress },
]

/** Returns the scope that an input names, and what its lines are for. Throws `topic.not_found`. */
export function aimOf(
  { scope: name, topic }: Pick<InputOf<typeof api.importSuppressions>, 'scope' | 'topic'>,
  workspace: number,
  topics: readonly { number: number; name: string }[],
): { scope: ScopeCode; target: Aim } {
  const scopes = new Map(
    [...sightOf(workspace, topics)].map(([code, { scope, topic }]) => [scopeText(scope, topic), code]),
  )
  const scope = scopes.get(scopeText(name ?? 'workspace', topic))
  if (scope === undefined) throw new Fault({ code: 'topic.not_found', topic: topic! })
  return { scope, target: { scope: name, topic, scopes } }
}

const sameImport = (
  { parameters }: ImportRow,
  fixed: { scope: number; everyScope: boolean; reason: Reason; format: Format } & NamedColumns,
): boolean =>
  parameters.scope === fixed.scope &&
  (parameters.everyScope ?? fixed.everyScope) === fixed.everyScope &&
  parameters.reason === fixed.reason &&
  parameters.format === fixed.format &&
  parameters.addressColumn === fixed.addressColumn &&
  parameters.reasonColumn === fixed.reasonColumn &&
  parameters.timeColumn === fixed.timeColumn &&
  parameters.dateOrder === fixed.dateOrder

import type { Reason } from '../../core/codes/reason.ts'
import type { ScopeCode } from '../../core/codes/scope.ts'
import { countNew } from '../../db/suppression-batch.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { InputOf } from '../call/operation.ts'
import type { Needs } from '../deps.ts'
import { drainReader } from '../http/limits.ts'
import { batches } from './batches.ts'
import type { RawRecord } from './cutter.ts'
import { columnsLine, countReasons, sampleLines } from './dry-run-lines.ts'
import { aimOf, failedLine, namedIn, type Upload } from './import.ts'
import type * as api from './import-api.ts'
import type { ImportLine } from './import-api.ts'
import { type Aim, readBatch, suppressionsOf } from './import-batch.ts'
import { type Layout, openUpload } from './layout.ts'
import { advanced, NO_PROGRESS } from './progress.ts'
import { arriving } from './records.ts'
import { remarksOf } from './upload.ts'

type Input = InputOf<typeof api.importSuppressions>
type Trying = CallContext<Needs<'hashMany' | 'indexes'>>

/**
 * Reads an upload as an import does, in constant memory, writes nothing, and yields what would become of it: what each column is
 * taken for, ten lines as they would be written, each line that would not be taken, and the counts. What is there already is asked
 * batch by batch. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `import.encoding`, `import.no_address_column`,
 * `import.nothing_read`, `import.subscribers`, `rate.limited`, `database.unavailable`.
 */
export async function dryRun(
  ctx: Trying,
  input: Input,
  upload: Upload,
): Promise<AsyncGenerator<ImportLine[]>> {
  const [topics] = await ctx.read([topicsOf(ctx.workspace)])
  const { scope, target } = aimOf(input, ctx.workspace, topics)
  const pieces = arriving(upload.reader, { clock: ctx.clock, weigh: upload.weigh })
  const { format, charset } = upload
  const { layout, rest } = await openUpload(pieces, { format, charset, named: namedIn(input) })
  return run(ctx, { scope, fallback: input.reason, target }, upload, layout, rest)
}

async function* run(
  ctx: Trying,
  to: { scope: ScopeCode; fallback: Reason; target: Aim },
  { format, reader }: Upload,
  layout: Layout,
  pieces: AsyncGenerator<RawRecord[]>,
): AsyncGenerator<ImportLine[]> {
  let progress = NO_PROGRESS
  let beginning = true
  const reasons: Partial<Record<Reason, number>> = {}
  try {
    for await (const { records, last } of batches(pieces)) {
      const lines = await readBatch(ctx, records, format, layout, to.target)
      const list = suppressionsOf(ctx, to, lines)
      const [added] = list.length > 0 ? await ctx.read([countNew(list)]) : [0]
      progress = advanced(progress, { records, lines }, added)
      countReasons(reasons, lines, to.fallback)
      yield [
        ...(beginning ? [columnsLine(format, layout, records), ...sampleLines(lines, to)] : []),
        ...remarksOf(lines),
        last ? { type: 'done', ...progress, reasons } : { type: 'progress', ...progress },
      ]
      beginning = false
    }
  } catch (error) {
    yield [failedLine(ctx, error, progress)]
  } finally {
    await drainReader(reader)
  }
}

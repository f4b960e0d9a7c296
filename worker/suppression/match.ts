import { concatBytes, toHex } from '../../core/bytes.ts'
import { REASONS } from '../../core/codes/reason.ts'
import { packIds } from '../../core/pack.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import { suppressionsOfMany } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { InputOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import type { Needs } from '../deps.ts'
import { drainReader } from '../http/limits.ts'
import { batches } from './batches.ts'
import type { RawRecord } from './cutter.ts'
import { untilFailure } from './export.ts'
import type { FailedLine } from './export-api.ts'
import type { Upload } from './import.ts'
import type { ReadingFault } from './import-api.ts'
import { type Layout, openUpload } from './layout.ts'
import type * as api from './match-api.ts'
import { arriving } from './records.ts'
import { linesOf, type UploadLine } from './upload.ts'
import { type Sight, sightOf, viewOf } from './view.ts'

/** A list to be matched, as it arrives. */
export type List = Pick<Upload, 'format' | 'charset' | 'reader' | 'weigh'>

/** What stands for a line. */
type Answered = Exclude<api.MatchLine, FailedLine>

/** What a match needs. */
export type Matching = CallContext<Needs<'hashMany' | 'indexes'>>

/**
 * Returns what stands for each line of a list of any length, in its order and in constant memory, and writes nothing but its trace.
 * Where it fails half-way, its last line says so. Throws `key.invalid`, `key.forbidden`, `import.encoding`, `import.no_address_column`,
 * `import.nothing_read`, `rate.limited`, `database.unavailable` before anything is answered.
 */
export async function matchSuppressions(
  ctx: Matching,
  { addressColumn }: InputOf<typeof api.matchSuppressions>,
  list: List,
): Promise<AsyncGenerator<api.MatchLine[]>> {
  // Nobody's list is read before its sender is known.
  await ctx.read([])
  const { format, charset, reader, weigh } = list
  const pieces = arriving(reader, { clock: ctx.clock, weigh })
  const named = { addressColumn }
  const { layout, rest } = await openUpload(pieces, { format, charset, named, isAnyList: true })
  await leaveTrace(ctx, 'match')
  return untilFailure(ctx, 'match', matched(ctx, list, layout, rest))
}

async function* matched(
  ctx: Matching,
  { format, reader }: List,
  layout: Layout,
  pieces: AsyncGenerator<RawRecord[]>,
): AsyncGenerator<Answered[]> {
  const index = ctx.indexes.tenant(ctx.tenant)
  const idOf = (hash: Uint8Array) => index.id(hash)
  try {
    // The next batch is read and hashed while the database is asked about one.
    let asking: Promise<Answered[]> | undefined
    for await (const { records } of batches(pieces)) {
      const lines = linesOf(records, format, layout, { idOf })
      if (asking) yield await asking
      asking = linesAbout(ctx, lines)
      // Its failure is handled where it is awaited; until then it must not count as unhandled.
      asking.catch(() => undefined)
    }
    yield await asking!
  } finally {
    await drainReader(reader)
  }
}

/** Asks the database about lines, in one round trip. */
async function linesAbout(ctx: Matching, lines: readonly UploadLine[]): Promise<Answered[]> {
  const places = lines.flatMap((line, place) => ('hash' in line ? place : []))
  const hashes = concatBytes(lines.flatMap(line => ('hash' in line ? [line.hash] : [])))
  const index = ctx.indexes.tenant(ctx.tenant)
  const { bytes, order } = packIds(index.ids(ctx.hashMany, hashes), Uint16Array.from(places))
  const [topics, found] = await ctx.read([topicsOf(ctx.workspace), suppressionsOfMany(bytes)])
  const rows = new Map([...found].map(([i, own]) => [order[i]!, own]))
  const sight = sightOf(ctx.workspace, topics)
  const now = ctx.clock()
  return lines.map((line, place) => matchLine(line, rows.get(place) ?? [], sight, now))
}

function matchLine(line: UploadLine, rows: SuppressionRow[], sight: Sight, now: number): Answered {
  // Nothing is asked of a line here but whom it names, and an address id is no address of the sender's list.
  if ('fault' in line) return { line: line.line, state: 'refused', error: line.fault as ReadingFault }
  if (line.addressId) return { line: line.line, state: 'refused', error: 'no_address' }
  const suppressions = rows
    .flatMap(row => viewOf(row, sight, now) ?? [])
    .map(({ id: _, ...view }) => view)
    .sort((a, b) => REASONS[a.reason] - REASONS[b.reason])
  return {
    line: line.line,
    ...(line.address ? { address: line.address.trim() } : { sha256: toHex(line.hash) }),
    state: suppressions.length > 0 ? 'suppressed' : 'not_suppressed',
    suppressions,
  }
}

import { toBase64Url } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { type LedgerSlice, type ListedRow, listed, reachOf } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import { leaveTrace } from '../call/read-trace.ts'
import type { Services } from '../call/services.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import type { SuppressionView } from './api.ts'
import * as api from './export-api.ts'
import { matching, narrowed, publicId } from './list.ts'
import { type Sight, sightOf } from './view.ts'

const EVENTS_PER_PAGE = 5000

/** An exported suppression; the address is absent where none is stored, since the id cannot be reversed. */
type ExportRow = Exclude<api.ExportLine, { type: 'failed' }>

/**
 * Exports the suppressions visible to the key, oldest first, page by page and in constant memory. Where it fails half-way, its
 * last line says so. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `database.unavailable`.
 */
export const exportSuppressions = verb(
  api.exportSuppressions,
  async (ctx: Exporting, { format: _, ...filter }): Promise<AsyncGenerator<api.ExportLine[]>> => {
    const [topics] = await ctx.read([topicsOf(ctx.workspace)])
    const rest = pages(ctx, narrowed(sightOf(ctx.workspace, topics), filter), filter)
    // A database that is away now is a refusal; once the answer has begun, its status can say so no more.
    const first = await rest.next()
    await leaveTrace(ctx, 'export')
    return untilFailure(ctx, 'export', again(first.done ? [] : first.value, rest))
  },
)

type Exporting = CallContext<Needs<'cipher'>>

async function* again(first: ExportRow[], rest: AsyncGenerator<ExportRow[]>): AsyncGenerator<ExportRow[]> {
  yield first
  yield* rest
}

/**
 * Yields the lines of an answer, and at last one that says so where it cannot be finished. An answer whose stream breaks may look
 * whole: behind a proxy or another Worker it ends like any other.
 */
export async function* untilFailure<Line>(
  { log }: Pick<Services, 'log'>,
  what: string,
  lines: AsyncGenerator<Line[]>,
): AsyncGenerator<(Line | api.FailedLine)[]> {
  try {
    yield* lines
  } catch (error) {
    if (!(error instanceof Fault)) log(what, error)
    yield [{ type: 'failed', code: error instanceof Fault ? error.detail.code : 'internal' }]
  }
}

async function* pages(
  ctx: Exporting,
  sight: Sight,
  filter: Parameters<typeof matching>[2],
): AsyncGenerator<ExportRow[]> {
  let ledger: LedgerSlice = { tenant: ctx.tenant, direction: 'newer', seq: 0, events: EVENTS_PER_PAGE }
  for (;;) {
    const [rows, reach] = await ctx.read([listed(ledger, publicId), reachOf(ledger)])
    const found = matching(rows, sight, filter, ctx.clock())
    yield await Promise.all(found.map(row => exported(ctx, row)))
    if (reach.events < EVENTS_PER_PAGE) return
    ledger = { ...ledger, seq: reach.last }
  }
}

async function exported(
  ctx: Exporting,
  { view, addressId, sealed }: ListedRow & { view: SuppressionView },
): Promise<ExportRow> {
  const address = sealed && (await ctx.cipher.decrypt(ctx.tenant, addressId, sealed))
  return { ...(address !== null && { address }), addressId: toBase64Url(addressId), ...view }
}

import { Fault } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { whileOpen } from '../../db/rights-link.ts'
import { keepRequest, rightsRequestsOf } from '../../db/rights-request.ts'
import type { ActorContext } from '../call/context.ts'
import { type CaseView, caseView } from './case.ts'
import { type DataExport, type HeldEvent, heldOf } from './data.ts'
import type { RightsDeps } from './deps.ts'
import { type FoundData, historyPage, look } from './load.ts'
import { doneAtOnce, rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/** Events and requests that are in memory at a time. */
const PAGE_MAX = 200

/** A recipient's data for download, with its unbounded parts page by page. */
export interface ExportedData {
  held: DataExport
  requests: AsyncGenerator<CaseView[]>
  history: AsyncGenerator<HeldEvent[]>
  languages: string[]
}

/**
 * Returns a recipient's data for download, as JSON oldest first, as a page newest first, and records the export once the data
 * is read. Throws `rights_session.over`, and `database.unavailable`, which may also end a stream half-way.
 */
export async function exportData(
  ctx: ActorContext<RightsDeps>,
  session: string,
  as: 'json' | 'page',
): Promise<ExportedData> {
  const claim = await readSession(ctx, session)
  const found = await look(ctx, claim)
  const open = await stillOpen(ctx, claim, found.link)
  const request = newRef()
  const entry = rightsEvent(ctx, claim, 'rights.data_exported', request, ctx.clock(), { as })
  const [noted] = await ctx.db.commit(
    [...whileOpen(claim.ref, entry), keepRequest(doneAtOnce(claim, 'portability', request, entry))],
    'results',
  )
  if (noted!.affected === 0) throw new Fault({ code: 'rights_session.over' })
  const { sender, company, address, locale } = open
  const from = as === 'json' ? 'oldest' : 'newest'
  return {
    held: heldOf({ now: ctx.clock(), sender, company, address, ...found }),
    requests: requestPages(ctx, claim.addressId, from),
    history: historyPages(ctx, found, from),
    languages: [...found.languages, locale],
  }
}

type From = 'oldest' | 'newest'

async function* requestPages(
  deps: RightsDeps,
  addressId: Uint8Array,
  from: From,
): AsyncGenerator<CaseView[]> {
  for (let seq: number | undefined; ; ) {
    const [rows] = await deps.db.read('fresh', [rightsRequestsOf(addressId, from, seq, PAGE_MAX)])
    const now = deps.clock()
    yield rows.map(row => caseView(row, now))
    if (rows.length < PAGE_MAX) return
    seq = rows.at(-1)!.seq
  }
}

async function* historyPages(deps: RightsDeps, found: FoundData, from: From): AsyncGenerator<HeldEvent[]> {
  for (let seq: number | undefined; ; ) {
    const beyond = from === 'oldest' ? { after: seq } : { before: seq }
    const { entries, last } = await historyPage(deps, found, { from, ...beyond, limit: PAGE_MAX })
    yield entries
    if (last === undefined) return
    seq = last
  }
}

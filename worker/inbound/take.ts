import { suppressFor, takeReport } from '../../db/inbound.ts'
import { hashOfAddress } from '../core/address.ts'
import type { EventType } from '../core/event.ts'
import { uuidText } from '../core/id.ts'
import type { Deps } from '../deps.ts'
import { stopRecords } from '../suppression/add.ts'
import type { Door } from './refusal.ts'
import { consequenceOf, KINDS, type Report, reportKey } from './report.ts'

/** Where proven reports belong and how they came. */
export interface Origin {
  tenant: number
  workspace: number
  door: Door
  /** Who the ledger says told it. */
  actor: string
  /** What the proof may be used for a single time. */
  once?: string | undefined
}

/** What became of reports. `repeated`: taken before. `unusable`: without an address or a name of their own. */
export interface Taken {
  taken: number
  suppressed: number
  repeated: number
  unusable: number
}

/** Reports that become one transaction. */
const PER_ACT = 50

const EVENTS: Record<Report['kind'], EventType> = {
  complaint: 'complaint.reported',
  permanent: 'bounce.reported',
  transient: 'bounce.reported',
}

/**
 * Takes proven reports, each once whatever is repeated: its event, and the suppression that follows, in one transaction.
 * Throws `database.unavailable`; what was taken until then is found repeated when the same is told again.
 */
export async function takeReports(deps: Deps, origin: Origin, reports: readonly Report[]): Promise<Taken> {
  const at = deps.clock()
  const sum: Taken = { taken: 0, suppressed: 0, repeated: 0, unusable: 0 }
  const acts = reports.map(report => actOf(deps, origin, report, at)).filter(act => act !== undefined)
  sum.unusable = reports.length - acts.length
  for (let from = 0; from < acts.length; from += PER_ACT) {
    const some = acts.slice(from, from + PER_ACT)
    const results = await deps.db.commit(some.flat(), 'results')
    for (let i = 0; i < results.length; i += 4) {
      if (results[i]!.affected > 0) sum.taken++
      else sum.repeated++
      if (results[i + 2]!.rows.length > 0) sum.suppressed++
    }
  }
  return sum
}

/** Returns the four statements of a report, or undefined when nobody can be told from it. */
function actOf(deps: Deps, { tenant, workspace, door, actor, once }: Origin, report: Report, at: number) {
  const addressId = addressIdOf(deps, tenant, report)
  if (!addressId || report.id === '') return undefined
  const id = deps.ids(at)
  const { scope, reason, until, atLeast, since } = consequenceOf(report.kind, workspace, at)
  const { row, entry } = stopRecords({
    id: deps.ids(at),
    at,
    tenant,
    workspace,
    actor,
    addressId,
    scope,
    reason,
    source: 'report',
    until,
    via: door,
  })
  return [
    ...takeReport(
      {
        id: reportKey(door, workspace, report.id, addressId),
        once: once === undefined ? null : reportKey(door, workspace, once),
        addressId,
        kind: KINDS[report.kind],
        at,
      },
      {
        id,
        at,
        tenant,
        workspace,
        type: EVENTS[report.kind],
        actor,
        addressId,
        subject: uuidText(id),
        data: { via: door, kind: report.kind, status: report.status ?? null },
      },
    ),
    ...suppressFor(row, entry, { because: id, atLeast, since }),
  ]
}

function addressIdOf(deps: Deps, tenant: number, { about }: Report): Uint8Array | undefined {
  if ('addressId' in about) return about.addressId
  const hash = hashOfAddress(about.address)
  return hash && deps.indexes.tenant(tenant).id(hash)
}

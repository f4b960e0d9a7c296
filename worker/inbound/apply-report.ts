import { hashOfAddress } from '../../core/address.ts'
import { REPORT_KINDS } from '../../core/codes/report.ts'
import { scopeName, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import type { EventType } from '../../core/event.ts'
import { uuidText } from '../../core/id.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import { type Precedent, suppressFor, takeReport, useSignature } from '../../db/inbound.ts'
import { end } from '../../db/subscription.ts'
import { suppress } from '../../db/suppression.ts'
import type { ActorContext } from '../call/context.ts'
import type { Needs } from '../deps.ts'
import { leftBy, stopRecords } from '../suppression/statements.ts'
import type { Idle, Taken } from './api.ts'
import type { Door } from './refusal.ts'
import { type Consequence, consequencesOf, type Report, type ReportProof, reportKey } from './report.ts'

/** Tenant, workspace and channel of proven reports. */
export interface Origin {
  tenant: number
  workspace: number
  door: Door
  /** The proof of each report. */
  proof: ReportProof
  /** Numbers of the topics that parts of the sender's mail are, by the provider's names for them. */
  parts?: ReadonlyMap<string, number>
  /** One-time value of the proof, so that a call cannot be replayed. */
  once?: string | undefined
}

/** What taking reports needs, and who reports. */
type Reporting = ActorContext<Needs<'indexes'>>

/** The outcome without any report. */
export const NOTHING_TAKEN: Taken = {
  taken: 0,
  suppressed: 0,
  repeated: 0,
  unusable: 0,
  unproven: 0,
  unknown: 0,
  reports: [],
}

/** Reports per transaction. */
const PER_ACT = 50

const EVENTS: Record<Report['kind'], EventType> = {
  complaint: 'complaint.reported',
  possible_complaint: 'complaint.reported',
  permanent: 'bounce.reported',
  transient: 'bounce.reported',
  unsubscribed: 'unsubscribe.reported',
}

/**
 * Takes proven reports, each once however often it is repeated: its event and its suppressions, in one transaction. A
 * one-time proof is used up even where no report is left to take. Throws `database.unavailable`; a repeated call then finds
 * the reports taken until then as `repeated`.
 */
export async function takeReports(
  ctx: Reporting,
  origin: Origin,
  reports: readonly Report[],
): Promise<Taken> {
  const at = ctx.clock()
  const { door, workspace, once } = origin
  const acts = reports.map(report => ({ report, act: actOf(ctx, origin, report, at) }))
  const usable = acts.filter((one): one is { report: Report; act: WriteBatch } => one.act !== undefined)
  const sum: Taken = { ...NOTHING_TAKEN, unusable: acts.length - usable.length }
  if (usable.length === 0 && once !== undefined)
    await ctx.db.commit([useSignature({ id: reportKey(door, workspace, once), workspace, at })], 'results')
  const idle = new Map<Report, Idle | undefined>()
  for (let from = 0; from < usable.length; from += PER_ACT) {
    const some = usable.slice(from, from + PER_ACT)
    const results = await ctx.db.commit(
      some.flatMap(({ act }) => act),
      'results',
    )
    for (const { report, act } of some) {
      const [taken, , ...follows] = results.splice(0, act.length)
      const isNew = taken!.affected > 0
      const suppressed = follows.some(({ rows }) => rows.length > 0)
      if (isNew) sum.taken++
      else sum.repeated++
      if (suppressed) sum.suppressed++
      idle.set(report, suppressed ? undefined : isNew ? (IDLE[report.kind] ?? 'standing') : 'repeated')
    }
  }
  sum.reports = acts.map(({ report, act }) => {
    const why = act ? idle.get(report) : 'unusable'
    return { verdict: report.kind, acted: why === undefined, ...(why && { why }) }
  })
  return sum
}

/** Why a new report of a kind keeps nothing away; of the others, what they ask for stands already. */
const IDLE: Partial<Record<Report['kind'], Idle>> = {
  transient: 'counted',
  possible_complaint: 'among_others',
}

/** Returns the statements of a report, its own two first, or undefined without an address or an id. */
function actOf(ctx: Reporting, origin: Origin, report: Report, at: number): WriteBatch | undefined {
  const { tenant, workspace, door, proof, once } = origin
  const addressId = addressIdOf(ctx, tenant, report)
  if (!addressId || report.id === '') return undefined
  const id = ctx.ids(at)
  const message = report.message === undefined ? null : reportKey('message', workspace, report.message)
  const follows = consequencesOf(report.kind, proof, workspace, at).flatMap(consequence => {
    const precedent = precedentOf(consequence, message)
    if (precedent === 'untold') return []
    const { row, entry } = stopRecords(ctx, {
      at,
      tenant,
      workspace,
      addressId,
      ...consequence,
      source: 'report',
      via: door,
    })
    return suppressFor(row, entry, id, precedent)
  })
  if (report.kind === 'unsubscribed') follows.push(...unsubscribed(ctx, origin, report, addressId, id, at))
  return [
    ...takeReport(
      {
        id: reportKey(door, workspace, report.id, addressId),
        once: once === undefined ? null : reportKey(door, workspace, once),
        addressId,
        kind: REPORT_KINDS[report.kind],
        at,
        signed: proof === 'signed',
        message,
      },
      ctx.event(EVENTS[report.kind], {
        id,
        at,
        tenant,
        workspace,
        addressId,
        subject: uuidText(id),
        data: {
          via: door,
          kind: report.kind,
          proof,
          status: report.status ?? null,
          ...(report.among !== undefined && { among: report.among }),
        },
      }),
    ),
    ...follows,
  ]
}

/** Returns the precedent of a consequence; `untold` where it needs another mail and the report does not identify its own. */
function precedentOf(
  { precedent }: Consequence,
  message: Uint8Array | null,
): Precedent | 'untold' | undefined {
  if (precedent?.what !== 'another') return precedent
  return message ? { ...precedent, message } : 'untold'
}

function addressIdOf(
  { indexes }: Pick<Reporting, 'indexes'>,
  tenant: number,
  { about }: Report,
): Uint8Array | undefined {
  if ('addressId' in about) return about.addressId
  const hash = hashOfAddress(about.address)
  return hash && indexes.tenant(tenant).id(hash)
}

/**
 * Returns the statements of an unsubscribe that its provider reports: the recipient's own choice, for the topic that they left there,
 * where the workspace said which one that is, and else for all of the workspace. They hold only where the report is new, since a provider repeats itself after the recipient chose otherwise.
 */
function unsubscribed(
  ctx: Reporting,
  { tenant, workspace, door, parts }: Origin,
  { part }: Report,
  addressId: Uint8Array,
  because: Uint8Array,
  at: number,
): WriteBatch {
  const topic = part === undefined ? undefined : parts?.get(part)
  const scope = topic === undefined ? workspaceScope(workspace) : topicScope(topic)
  const { row, entry } = stopRecords(ctx, {
    ...{ at, tenant, workspace, addressId, scope, until: null, via: door },
    reason: 'unsubscribed',
    source: 'recipient',
  })
  const { subject } = entry
  const data = { scope: scopeName(scope), via: door, ...(topic !== undefined && { topic }) }
  const withdrawn = ctx.event('consent.withdrawn', { at, tenant, workspace, addressId, subject, data })
  return [...suppress(row, entry, because), ...end(leftBy({ scope, workspace }), withdrawn, because)]
}

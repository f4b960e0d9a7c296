import { openCursor, sealCursor } from '../../core/cursor.ts'
import { sealedAddress } from '../../db/address.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { arrivalsOf, historyPart, type Span, spansOf } from '../../db/event-list.ts'
import { currentSchedule } from '../../db/key-schedule.ts'
import { chosenLanguage, saleOptOutOf } from '../../db/recipient-choice.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { type LinkAndPlace, linkByRef } from '../../db/rights-link.ts'
import { lastRequestsOf } from '../../db/rights-request.ts'
import { allSubscriptionsOf } from '../../db/subscription.ts'
import { isRefusing } from '../../db/subscription-refusal.ts'
import { confirmedRequestsOf } from '../../db/subscription-request.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { workspacesOf } from '../../db/tenant.ts'
import { allTopicsOf, type TenantTopic } from '../../db/topic.ts'
import { type EvidenceKeys, evidenceKeys, openHistory } from '../consent/history.ts'
import { unreadableBy } from '../encryption/schedule.ts'
import { complaintsWithin } from '../suppression/complaint.ts'
import { sightOf } from '../suppression/view.ts'
import { type CaseView, caseView } from './case.ts'
import { aboutOf, type DataExport, type HeldEvent, heldOf } from './data.ts'
import type { RightsDeps } from './deps.ts'
import type { LinkAddress } from './mail.ts'
import { deadlineOf, regimesOf } from './regime.ts'
import type { AccessClaim } from './session.ts'
import { readSession, stillOpen } from './session-guard.ts'

/** Events and requests on one page. */
const PAGE_MAX = 50

/** The data of a rights page beside the recipient's own. */
export interface Setting {
  sender: string
  company: string
  /** The recipient's languages, preferred first. */
  languages: string[]
  brand: BrandRow | undefined
  /** The deadline of a request made now. */
  dueAt: number
}

/** The data of the erasure page. */
export interface ErasureSetting extends Setting {
  /** When no copy of data erased now will be readable; undefined where no key rotation sees to that. */
  unreadableBy: number | undefined
}

/** The data of the data page. */
export interface LoadedData extends Setting {
  held: DataExport
  /** Whether they pressed "this was not me" so recently that the sender may not request a confirmation. */
  refusing: boolean
  /** Whether a complaint that they may withdraw suppresses the sender's mail. */
  complaining: boolean
  /** Their requests: open ones first, then newest first. */
  requests: CaseView[]
  /** Whether there are more requests. */
  moreRequests: boolean
  /** A page of their history, newest first; undefined where not requested. */
  history: HeldEvent[] | undefined
  /** Cursor of the next page; undefined on the last. */
  older: string | undefined
}

/** The page of the history to load: after a cursor, the newest where the cursor is invalid, or none. */
export type HistoryWanted = { before: string } | 'none'

/**
 * Returns a recipient's data at a tenant, with a page of their history. Throws `rights_session.over`, `database.unavailable`.
 */
export async function seeData(deps: RightsDeps, session: string, wanted: HistoryWanted): Promise<LoadedData> {
  const claim = await readSession(deps, session)
  const found = await look(deps, claim)
  return seen(deps, claim, found, await stillOpen(deps, claim, found.link), wanted)
}

/** Returns the data of the erasure page, without reading the recipient's data. Throws as `seeData` does. */
export async function seeSetting(deps: RightsDeps, session: string): Promise<ErasureSetting> {
  const claim = await readSession(deps, session)
  const [[link], languages, [brand], schedule] = await deps.db.read('fresh', [
    linkByRef(claim.ref),
    chosenLanguage(claim.addressId),
    brandOf(claim.workspace),
    currentSchedule,
  ])
  return {
    ...settingOf(deps, await stillOpen(deps, claim, link), languages, brand),
    unreadableBy: deps.hasFormerKey ? undefined : unreadableBy(schedule, deps.clock()),
  }
}

const settingOf = (
  deps: RightsDeps,
  { sender, company, locale, regimes }: LinkAndPlace,
  languages: string[],
  brand: BrandRow | undefined,
): Setting => {
  const { dueAt } = deadlineOf(regimesOf(regimes), deps.clock(), false)
  return { sender, company, languages: [...languages, locale], brand, dueAt }
}

/** The rows about a recipient. */
export type FoundData = Awaited<ReturnType<typeof look>>

/** Reads all bounded rows about a recipient in one round trip. */
export async function look(deps: RightsDeps, { ref, tenant, workspace, addressId, platformId }: AccessClaim) {
  const [
    [link],
    workspaces,
    topics,
    subscriptions,
    confirmed,
    suppressions,
    platform,
    [key],
    [kept],
    requests,
    languages,
    saleOptOutAt,
    [brand],
    refusing,
    spans,
    arrivals,
  ] = await deps.db.read('fresh', [
    linkByRef(ref),
    workspacesOf(tenant),
    allTopicsOf(tenant),
    allSubscriptionsOf(tenant, addressId),
    confirmedRequestsOf(addressId),
    suppressionsOf(addressId),
    matchingPlatform(platformId),
    recipientKeyOf(addressId),
    sealedAddress(addressId),
    lastRequestsOf(addressId, PAGE_MAX + 1),
    chosenLanguage(addressId),
    saleOptOutOf(addressId),
    brandOf(workspace),
    isRefusing(workspace, addressId, deps.clock()),
    spansOf(addressId),
    arrivalsOf(addressId),
  ])
  return {
    link,
    workspaces,
    topics,
    subscriptions,
    confirmed,
    suppressions,
    platform,
    addressKept: kept !== undefined,
    requests,
    languages,
    saleOptOutAt,
    brand,
    refusing,
    spans,
    keys: await evidenceKeys(deps, tenant, key, arrivals),
  }
}

/** Returns a recipient's data from its rows, with the requested page of their history. */
export async function seen(
  deps: RightsDeps,
  { tenant, workspace }: AccessClaim,
  found: FoundData,
  open: LinkAndPlace & LinkAddress,
  wanted: HistoryWanted,
): Promise<LoadedData> {
  const now = deps.clock()
  const before = wanted === 'none' ? undefined : await openCursor(deps.ring, tenant, wanted.before)
  const page =
    wanted === 'none'
      ? undefined
      : await historyPage(deps, found, { from: 'newest', before, limit: PAGE_MAX })
  const { sender, company, address } = open
  const own = found.topics.filter(topic => topic.workspace === workspace)
  return {
    ...settingOf(deps, open, found.languages, found.brand),
    held: heldOf({ now, sender, company, address, ...found }),
    refusing: found.refusing,
    complaining: complaintsWithin(found.suppressions, sightOf(workspace, own), now).length > 0,
    requests: found.requests.slice(0, PAGE_MAX).map(row => caseView(row, now)),
    moreRequests: found.requests.length > PAGE_MAX,
    history: page?.entries,
    older: page?.last === undefined ? undefined : await sealCursor(deps.ring, tenant, page.last),
  }
}

/**
 * Reads a page of a recipient's history, with the sequence number of its last event where there may be more. Throws
 * `database.unavailable`.
 */
export async function historyPage(
  deps: RightsDeps,
  { spans, keys, topics }: { spans: readonly Span[]; keys: EvidenceKeys; topics: TenantTopic[] },
  part: { from: 'oldest' | 'newest'; after?: number | undefined; before?: number | undefined; limit: number },
): Promise<{ entries: HeldEvent[]; last: number | undefined }> {
  const [rows] = await deps.db.read('fresh', [historyPart(spans, { ...part, ownMail: true })])
  const last = rows.length < part.limit ? undefined : rows.at(-1)!.seq
  const opened = await openHistory(keys, rows)
  const entries = opened.map((entry, i) => ({ ...entry, ...aboutOf(rows[i]!, topics) }))
  return { entries, last }
}

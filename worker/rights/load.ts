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

/** Entries of the history that one page shows, and requests. */
const PAGE_MAX = 50

/** What a page about a recipient's data says beside the data. */
export interface Setting {
  sender: string
  company: string
  /** In which languages they read, what counts most first. */
  languages: string[]
  /** How the sender's pages look. */
  brand: BrandRow | undefined
  /** When the sender would have to answer a request that is made now. */
  dueAt: number
}

/** What the page that asks for an erasure says. */
export interface ErasureSetting extends Setting {
  /** By when no copy of what is erased now can be read; undefined where nothing sees to that. */
  unreadableBy: number | undefined
}

/** What is held about a recipient, and what its page needs besides. */
export interface LoadedData extends Setting {
  held: DataExport
  /** Whether they said "this was not me" so lately that the sender may not ask them anew. */
  refusing: boolean
  /** Whether a complaint keeps the sender's mail away, which they may take back. */
  complaining: boolean
  /** What they demanded: what waits for an answer first, then the newest. */
  requests: CaseView[]
  /** Whether they demanded more. */
  moreRequests: boolean
  /** A page of their history, newest first; undefined where it was not asked for. */
  history: HeldEvent[] | undefined
  /** Where the page behind it begins; undefined where it is the last. */
  older: string | undefined
}

/** Which page of a history is wanted: the one behind a cursor, the newest where that is none, or none at all. */
export type HistoryWanted = { before: string } | 'none'

/**
 * Returns what is held about a recipient at a tenant, with a page of their history. Throws `rights_session.over`,
 * `database.unavailable`.
 */
export async function seeData(deps: RightsDeps, session: string, wanted: HistoryWanted): Promise<LoadedData> {
  const claim = await readSession(deps, session)
  const found = await look(deps, claim)
  return seen(deps, claim, found, await stillOpen(deps, claim, found.link), wanted)
}

/** Returns what a page says beside a recipient's data, which is not looked at. Throws as `seeData` does. */
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

/** What is found about a recipient, and where their history lies. */
export type FoundData = Awaited<ReturnType<typeof look>>

/** Looks for everything about a recipient that has an end, in one round trip. */
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

/** Says what was found about the recipient of a link, with the page of their history that is wanted. */
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

/** Reads a page of a recipient's history, and says where it ended if there may be more. Throws `database.unavailable`. */
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

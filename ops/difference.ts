import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import { fromHex, toHex } from '../core/bytes.ts'
import { clusterOf, numbersOf } from '../core/cluster.ts'
import type { EventType, LedgerEvent } from '../core/event.ts'
import { TOPICS_MAX } from '../core/limits.ts'
import { messageRefRoom, originOf } from '../core/origin.ts'
import { MESSAGE_REF_MAX_BYTES } from '../core/token.ts'
import type { Statement } from '../core/write/statement.ts'
import { brand } from '../db/brand.ts'
import { builder, statement } from '../db/engine/builder.ts'
import { append } from '../db/event.ts'
import { linkHost } from '../db/link-host.ts'
import { notice } from '../db/notice.ts'
import { tenant, workspace } from '../db/tenant.ts'
import { topic } from '../db/topic.ts'
import { brandFacts, brandRow } from './brand-plan.ts'
import { type Operator, operatorEvent } from './operator.ts'
import type { planSchema } from './plan.ts'

/** A row that was created or updated. */
export interface PlanChange {
  type: EventType
  /** `tenant`, `tenant/workspace` or `tenant/workspace/topic`. */
  path: string
  /** What the operator should know of it. */
  note?: string
}

/** A workspace would have more topics than its pages can read at once. */
export class TooManyTopics extends Error {
  override readonly name = 'TooManyTopics'
  constructor(path: string) {
    super(
      `${path} would have more than ${TOPICS_MAX} topics, which is the most of a workspace: each of its pages reads them all. A topic is never deleted; give the others to another workspace`,
    )
  }
}

/** Rows of a database that a plan can change. */
export interface State {
  tenants: (typeof tenant.$inferSelect)[]
  workspaces: (typeof workspace.$inferSelect)[]
  topics: (typeof topic.$inferSelect)[]
  notices: (typeof notice.$inferSelect)[]
  brands: { workspace: number; digest: Uint8Array }[]
  hosts: (typeof linkHost.$inferSelect)[]
  /** Cluster of this database; new numbers come from its range. */
  cluster: number
  /** Known hosts of workspaces in other clusters. */
  elsewhere: readonly string[]
}

/** Returns the statements that turn the current rows into those that a plan wants, and the changes they make. */
export function difference(
  plan: z.output<typeof planSchema>,
  { tenants, workspaces, topics, notices, brands, hosts, cluster, elsewhere }: State,
  now: number,
  operator: Operator,
): { act: Statement[]; changes: PlanChange[] } {
  const act: Statement[] = []
  const changes: PlanChange[] = []
  const next = {
    tenant: numbering(tenants, cluster),
    workspace: numbering(workspaces, cluster),
    topic: numbering(topics, cluster),
  }
  const topicCounts = new Map<number, number>()
  for (const row of topics) topicCounts.set(row.workspace, (topicCounts.get(row.workspace) ?? 0) + 1)
  const record = (
    write: Statement,
    path: string,
    entry: Pick<LedgerEvent, 'tenant' | 'workspace' | 'type' | 'data'>,
    note?: string,
  ) => {
    act.push(write, append(operatorEvent(operator, { ...entry, at: now, subject: path.split('/').at(-1)! })))
    changes.push({ type: entry.type, path, ...(note && { note }) })
  }

  for (const t of plan.tenants) {
    const oldTenant = tenants.find(row => row.name === t.name)
    const tenantNumber = oldTenant?.number ?? next.tenant()
    const texts = { displayName: t.displayName }
    const at = { tenant: tenantNumber, workspace: null }
    if (!oldTenant) {
      const row = { number: tenantNumber, name: t.name, ...texts, createdAt: now }
      record(statement(builder.insert(tenant).values(row)), t.name, {
        ...at,
        type: 'tenant.created',
        data: { number: tenantNumber, ...texts },
      })
    } else if (differs(oldTenant, texts)) {
      const write = builder.update(tenant).set(texts).where(eq(tenant.number, tenantNumber))
      record(statement(write), t.name, { ...at, type: 'tenant.updated', data: texts })
    }

    for (const w of t.workspaces) {
      const path = `${t.name}/${w.name}`
      const old = workspaces.find(row => row.tenant === tenantNumber && row.name === w.name)
      const number = old?.number ?? next.workspace()
      const look = w.brand && brandRow(w.brand)
      const texts = {
        displayName: w.displayName,
        unsubscribeMailbox: settled(w.unsubscribeMailbox, old?.unsubscribeMailbox, null),
        feedbackMailbox: settled(w.feedbackMailbox, old?.feedbackMailbox, null),
        legalName: settled(w.legalName, old?.legalName, null),
        postalAddress: settled(w.postalAddress, old?.postalAddress, null),
        consent: settled(w.consent, old?.consent, 'opt_out'),
        mailFrom: settled(w.mailFrom, old?.mailFrom, null),
        confirmationsPerDay: settled(w.confirmationsPerDay, old?.confirmationsPerDay, 10_000),
        regimes: settled(inOrder(w.regimes), old?.regimes, 'eu'),
        brand: settled(look === null ? null : look?.digest, old?.brand, null),
        linkHost: settled(w.linkHost, old?.linkHost, null),
        embeddedIn: settled(inOrder(w.embeddedIn), old?.embeddedIn, ''),
        returnOrigins: settled(inOrder(w.returnOrigins), old?.returnOrigins, ''),
      }
      const at = { tenant: tenantNumber, workspace: number }
      const note = texts.linkHost === (old?.linkHost ?? null) ? undefined : noteOnRoom(texts.linkHost)
      if (!old) {
        const row = { number, tenant: tenantNumber, name: w.name, ...texts, createdAt: now }
        const data = { number, ...facts(texts) }
        const made = statement(builder.insert(workspace).values(row))
        record(made, path, { ...at, type: 'workspace.created', data }, note)
      } else if (differs(old, texts)) {
        const write = builder.update(workspace).set(texts).where(eq(workspace.number, number))
        record(statement(write), path, { ...at, type: 'workspace.updated', data: facts(texts) }, note)
      }
      if (look) planBrand(path, at, look)
      if (w.linkHost) planHost(path, at, w.linkHost)
      for (const wantedTopic of w.topics) planTopic(path, at, wantedTopic)
      for (const wantedNotice of w.notices) planNotice(path, at, wantedNotice)
    }
  }
  return { act, changes }

  function planTopic(
    parent: string,
    at: { tenant: number; workspace: number },
    { name, kind, displayName, description, consent, frequency }: Wanted['topics'][number],
  ) {
    const path = `${parent}/${name}`
    const old = topics.find(row => row.workspace === at.workspace && row.name === name)
    const texts = {
      displayName,
      description,
      consent: settled(consent, old?.consent, null),
      frequency: settled(frequency, old?.frequency, null),
    }
    if (!old) {
      const there = (topicCounts.get(at.workspace) ?? 0) + 1
      if (there > TOPICS_MAX) throw new TooManyTopics(parent)
      topicCounts.set(at.workspace, there)
      const number = next.topic()
      const row = { number, workspace: at.workspace, name, kind, ...texts, createdAt: now }
      record(statement(builder.insert(topic).values(row)), path, {
        ...at,
        type: 'topic.created',
        data: { number, kind, ...texts },
      })
      return
    }
    // If a topic became transactional, its mail would pass every unsubscribe made while it was marketing.
    if (old.kind !== kind)
      throw new Error(`${path} is ${old.kind} and stays so; make another topic for ${kind} mail`)
    if (differs(old, texts)) {
      const write = builder.update(topic).set(texts).where(eq(topic.number, old.number))
      record(statement(write), path, { ...at, type: 'topic.updated', data: texts })
    }
  }

  function planBrand(
    parent: string,
    at: { tenant: number; workspace: number },
    look: ReturnType<typeof brandRow>,
  ) {
    if (brands.some(row => row.workspace === at.workspace && same(row.digest, look.digest))) return
    const row = { ...look, workspace: at.workspace, createdAt: now }
    record(statement(builder.insert(brand).values(row)), `${parent}/${toHex(look.digest)}`, {
      ...at,
      type: 'brand.created',
      data: brandFacts(look),
    })
  }

  function planHost(parent: string, at: { tenant: number; workspace: number }, host: string) {
    const old = hosts.find(row => row.host === host)
    // Mailed links name the host, so a new owner would get their clicks.
    if (old && old.workspace !== at.workspace)
      throw new Error(`${host} is the host of another workspace and stays so`)
    if (old) return
    if (elsewhere.includes(host)) throw new Error(`${host} is the host of a workspace in another cluster`)
    const row = { host, workspace: at.workspace, createdAt: now }
    hosts.push(row)
    record(statement(builder.insert(linkHost).values(row)), `${parent}/${host}`, {
      ...at,
      type: 'link_host.added',
      data: { host },
    })
  }

  function planNotice(
    parent: string,
    at: { tenant: number; workspace: number },
    { name, version, url, sha256 }: Wanted['notices'][number],
  ) {
    const path = `${parent}/${name}/${version}`
    const old = notices.find(
      row => row.workspace === at.workspace && row.name === name && row.version === version,
    )
    // Consents point to this version, so its text must not change afterwards.
    if (old && (old.url !== url || toHex(old.digest) !== sha256))
      throw new Error(`${path} is published and stays as it is; give the new text a new version`)
    if (old) return
    const row = { workspace: at.workspace, name, version, url, digest: fromHex(sha256, 32)!, createdAt: now }
    record(statement(builder.insert(notice).values(row)), path, {
      ...at,
      type: 'notice.published',
      data: { name, version, url, sha256 },
    })
  }
}

type Wanted = z.output<typeof planSchema>['tenants'][number]['workspaces'][number]

/** Returns the wanted value, else the current one, else the default. */
const settled = <T>(wanted: T | undefined, old: T | undefined, usual: T): T =>
  wanted === undefined ? (old === undefined ? usual : old) : wanted

/** Returns wanted values as a column holds them: in order, each once, separated by spaces. */
const inOrder = (wanted: readonly string[] | undefined): string | undefined =>
  wanted && [...new Set(wanted)].sort().join(' ')

/** Returns a generator of the next free numbers. Throws in another cluster's database, whose links would lead elsewhere. */
function numbering(rows: { number: number }[], cluster: number): () => number {
  const stranger = rows.find(({ number }) => clusterOf(number) !== cluster)
  if (stranger) {
    const is = clusterOf(stranger.number)
    throw new Error(`this is the database of cluster ${is}, not of ${cluster}: say --cluster ${is}`)
  }
  const { first, last } = numbersOf(cluster)
  let latest = Math.max(first - 1, ...rows.map(row => row.number))
  return () => {
    if (latest === last) throw new Error(`cluster ${cluster} has given out all its numbers`)
    return ++latest
  }
}

const differs = <T extends object>(row: T, texts: Partial<T>): boolean =>
  Object.entries(texts).some(([field, text]) => !same(row[field as keyof T], text))

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? toHex(a) === toHex(b) : a === b

/** Returns a workspace's settings as the ledger records them. */
const facts = ({
  brand,
  ...texts
}: {
  brand: Uint8Array | null
  [text: string]: Uint8Array | string | number | null
}) => ({ ...texts, brand: brand && toHex(brand) }) as LedgerEvent['data']

/** Returns what a new host of links means for calls with a `messageRef`, where it means something. */
function noteOnRoom(host: string | null): string | undefined {
  const room = host === null ? MESSAGE_REF_MAX_BYTES : messageRefRoom(originOf(host, ''))
  if (room === MESSAGE_REF_MAX_BYTES) return undefined
  return room === 0
    ? `links at ${host} have no room for a messageRef: calls with one are refused from now on`
    : `links at ${host} have room for a messageRef of ${room} characters: calls with a longer one are refused from now on`
}

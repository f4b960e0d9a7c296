import pLimit from 'p-limit'
import { ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import type { Gate } from '../../core/job.ts'
import { ActRefused } from '../../db/engine/client.ts'
import { type EventRow, eventsAt, ledgerAfter } from '../../db/event-list.ts'
import { waitingFor } from '../../db/webhook-delivery.ts'
import {
  advance,
  endpointOf,
  endpointsDue,
  takeEndpoint,
  type WebhookEndpoint,
} from '../../db/webhook-endpoint.ts'
import { stirSince, watch } from '../../db/webhook-watch.ts'
import type { ActorContext } from '../call/context.ts'
import type { EventView } from '../ledger/api.ts'
import { eventView } from '../ledger/view.ts'
import { BATCH, type Batch, batchOf, roomFor } from './batch.ts'
import type { WebhookDeps } from './deps.ts'
import { endpointName, openSecrets } from './endpoint.ts'
import { heardBy } from './heard-events.ts'
import { cloudEvent, signedHeaders } from './message.ts'
import { type Attempt, post, whyNotNow } from './post.ts'
import { isDown } from './schedule.ts'
import { settle, type Tried } from './settle.ts'

/**
 * Attempts of one run, and its time: the platform allows an invocation a thousand calls, of which the database needs the
 * rest.
 */
const ATTEMPTS = 800
const RUN_MS = 45_000
/** Endpoints of one run, and how many of them at a time. */
const ENDPOINTS = 100
const ENDPOINTS_AT_A_TIME = 5
/** Time of one batch, and lease of an endpoint. */
const BATCH_MS = 60_000
const DELIVERY_LEASE_MS = 3 * 60_000
/** Ledger events scanned for one batch. */
const REACH = 2000
/** Events since the last run that are examined for whose endpoints they are; after more, every endpoint is asked. */
const WATCHED = 10_000

/** Floe itself, which delivers. */
type Delivering = ActorContext<WebhookDeps>

/** The remainder of a run. */
interface Run {
  attempts: number
  stopAt: number
  gate: Gate
}

/**
 * Delivers events to due endpoints: at least once, each recipient's events in order. The rest waits for the next run; a lease
 * gives each endpoint to one run at a time. Throws `database.unavailable`.
 */
export async function deliverDue(ctx: Delivering, gate: Gate): Promise<void> {
  // One invocation serves every cluster.
  const attempts = Math.floor(ATTEMPTS / ctx.clusters.length)
  const run: Run = { attempts, stopAt: ctx.clock() + RUN_MS, gate }
  const [stir] = await ctx.db.read('fresh', [stirSince(WATCHED)])
  if (stir.isQuiet) return
  await ctx.db.commit(watch(stir, ctx.clock()), 'results')
  const [due] = await ctx.db.read('fresh', [endpointsDue(ctx.clock(), ENDPOINTS)])
  const slots = pLimit(ENDPOINTS_AT_A_TIME)
  await slots.map(due, async found => {
    if (isOver(ctx, run)) return
    const dueAt = ctx.clock() + DELIVERY_LEASE_MS
    const [taken] = await ctx.db.commit([takeEndpoint(found, dueAt)], 'results')
    if (taken!.affected > 0) await deliverTo(ctx, run, { ...found, dueAt })
  })
}

const isOver = (ctx: Delivering, run: Run): boolean => run.attempts <= 0 || ctx.clock() >= run.stopAt

/** Delivers to a leased endpoint until nothing is left, or the lease is lost. */
async function deliverTo(ctx: Delivering, run: Run, taken: WebhookEndpoint): Promise<void> {
  let held: WebhookEndpoint | undefined = taken
  try {
    while (held && !isOver(ctx, run)) held = await deliverBatch(ctx, run, held)
    if (held) await ctx.db.commit([advance(held, { ...held, dueAt: ctx.clock() })], 'results')
  } catch (error) {
    // The lease is lost to another run, or to a replay by the sender; events delivered meanwhile are delivered again.
    if (!(error instanceof ActRefused)) throw error
  }
}

/**
 * Delivers one batch and records its outcome. Returns the endpoint while it stays leased, or undefined once it is released.
 */
async function deliverBatch(
  ctx: Delivering,
  run: Run,
  held: WebhookEndpoint,
): Promise<WebhookEndpoint | undefined> {
  const { workspace, id, cursor } = held
  const part = { workspace, after: cursor, types: heardBy(held), limit: BATCH, reach: REACH }
  const [[current], waiting, page] = await ctx.db.read('fresh', [
    endpointOf(workspace, id),
    waitingFor(id),
    ledgerAfter(part),
  ])
  if (!current || current.state !== ENDPOINT_STATES.enabled) return undefined
  // The sender may have changed its URL meanwhile; the cursor belongs to the holder of the lease.
  const endpoint = { ...current, dueAt: held.dueAt, cursor }
  const fresh = page.events.slice(0, roomFor(endpoint.failures, waiting.length))
  const last = fresh.length === page.events.length ? page.last : (fresh.at(-1)?.seq ?? cursor)
  const own = endpointName(id)
  // Events about an endpoint are not delivered to itself.
  const told = fresh.filter(({ type, subject }) => !(type.startsWith('webhook_') && subject === own))
  const batch = batchOf(endpoint.failures, waiting, told, ctx.clock())
  if (batch.chains.length === 0 && batch.held.length === 0 && last === cursor) {
    await ctx.db.commit([advance(endpoint, { ...endpoint, dueAt: ctx.clock() })], 'results')
    return undefined
  }
  const tried = await attemptAll(ctx, run, endpoint, batch, fresh)
  const next = await settle(ctx, {
    endpoint,
    last,
    waiting: waiting.length,
    batch,
    tried,
    leaseMs: DELIVERY_LEASE_MS,
  })
  return next.over ? undefined : { ...endpoint, ...next.standing }
}

/**
 * Attempts the chains of a batch and returns their items in the order in which attempts ended; items not attempted have none.
 */
async function attemptAll(
  ctx: Delivering,
  run: Run,
  endpoint: WebhookEndpoint,
  { chains }: Batch,
  fresh: readonly EventRow[],
): Promise<Tried[]> {
  const retried = chains.flat().flatMap(({ seq, waiting }) => (waiting ? seq : []))
  const [earlier] =
    retried.length > 0 ? await ctx.db.read('fresh', [eventsAt(endpoint.tenant, retried)]) : [[]]
  const events = new Map([...earlier, ...fresh].map(row => [row.seq, eventView(row)]))
  const started = ctx.clock()
  const secrets = await openSecrets(ctx.cipher, endpoint, started)
  const hindrance = await whyNotNow(ctx.resolve, endpoint.url, ctx.targets)
  let { failures } = endpoint
  let gone = false
  const mayGoOn = () =>
    // An endpoint that goes down within the batch gets no more; one that was down before is probed with one event.
    !gone &&
    (failures === endpoint.failures || !isDown(failures)) &&
    !isOver(ctx, run) &&
    ctx.clock() < started + BATCH_MS

  const send = (event: EventView): Promise<Attempt | undefined> =>
    run.gate(async () => {
      if (!mayGoOn()) return undefined
      run.attempts--
      const body = cloudEvent(event, ctx.baseUrl)
      const attempt: Attempt = hindrance
        ? { outcome: 'failed', code: hindrance }
        : await post(endpoint.url, await signedHeaders(event.id, body, secrets, ctx.clock()), body)
      failures = attempt.outcome === 'failed' ? failures + 1 : 0
      gone ||= attempt.outcome === 'gone'
      return attempt
    })

  const tried: Tried[] = []
  await Promise.all(
    chains.map(async chain => {
      let blocked = false
      for (const item of chain) {
        const event = events.get(item.seq)!
        const attempt: Attempt | undefined = blocked ? undefined : await send(event)
        blocked ||= attempt?.outcome !== 'delivered'
        tried.push({ item, eventId: event.id, attempt })
      }
    }),
  )
  return tried
}

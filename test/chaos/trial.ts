import { setTimeout as sleep } from 'node:timers/promises'
import { toHex } from '../../core/bytes.ts'
import { type Click, chance, clickAndCheck, freshClicks, type Seen } from './clicking.ts'
import type { Plant } from './plant.ts'
import type { Scenario } from './scenario.ts'

/** The result of a scenario. */
export interface Trial {
  name: string
  /** Why it was skipped. */
  skipped?: string
  acknowledged: number
  /** Acknowledged clicks missing in the database at the end; must be 0. */
  lost: number
  /** Checks that allowed recipients whose click was acknowledged; must be 0. */
  stale: number
  /** Recipients with several events of their click; must be 0. */
  duplicates: number
  /** Checks that denied recipients who never left; must be 0. */
  wrongDenies: number
  refused: number
  checks: number
  unanswered: number
  healthyMs: number[]
  brokenMs: number[]
  /** Milliseconds from the mending until the database had everything. */
  drainMs: number
}

const DRAIN_DEADLINE_MS = 90_000
/** Time of clicks before the fault, and after it. */
const CALM_MS = 1500

/** Runs a scenario: clicks and checks before, during and after the fault, then compares the database. */
export async function runTrial(
  plant: Plant,
  scenario: Scenario,
  { clicks: count, lasts, seed }: { clicks: number; lasts: number; seed: number },
): Promise<Trial> {
  const random = chance(seed)
  const clicks = freshClicks(
    plant,
    `${scenario.name.toLowerCase().replace(/\W+/g, '-').slice(0, 40)}-${seed}`,
    count,
  )
  const [[before]] = (await plant.sql('SELECT max(seq) FROM event')) as [[number]]
  let broken = false
  const fault = async (): Promise<number> => {
    await sleep(CALM_MS)
    broken = true
    await scenario.fault(plant, lasts, random)
    const mendedAt = performance.now()
    broken = false
    return (await untilDrained(plant, clicks, before)) - mendedAt
  }
  const forMs = CALM_MS * 2 + spanOf(scenario, lasts)
  const [seen, drainMs] = await Promise.all([
    clickAndCheck(plant, clicks, { forMs, broken: () => broken, random }),
    fault(),
  ])
  await untilDrained(plant, clicks, before)
  return verdict(plant, scenario.name, seen, { before, drainMs })
}

/** Returns about how long a fault takes, so that the clicks last as long. */
const spanOf = ({ name }: Scenario, lasts: number): number => {
  const seconds = Number(/(\d+) s/.exec(name)?.[1] ?? 6)
  return lasts * seconds * 1000
}

/** Waits until the database has every click acknowledged so far. */
async function untilDrained(plant: Plant, clicks: readonly Click[], before: number): Promise<number> {
  const wanted = clicks.filter(({ acknowledged }) => acknowledged !== undefined)
  for (const end = performance.now() + DRAIN_DEADLINE_MS; performance.now() < end; await sleep(250)) {
    const there = await eventsSince(plant, before).catch(() => new Map<string, number>())
    if (wanted.every(({ id }) => there.has(id))) break
  }
  return performance.now()
}

/** Returns the number of click events of each recipient after a sequence number. */
async function eventsSince(plant: Plant, before: number): Promise<Map<string, number>> {
  const sql =
    "SELECT address_id, count(*) FROM event WHERE seq > ? AND type = 'suppression.added' GROUP BY address_id"
  const rows = await plant.sql(sql, [before])
  return new Map(rows.map(([id, count]) => [toHex(id as Uint8Array), Number(count)]))
}

const suppressed = async (plant: Plant): Promise<Set<string>> =>
  new Set((await plant.sql('SELECT address_id FROM suppression')).map(([id]) => toHex(id as Uint8Array)))

async function verdict(
  plant: Plant,
  name: string,
  seen: Seen,
  { before, drainMs }: { before: number; drainMs: number },
): Promise<Trial> {
  const there = await suppressed(plant)
  const counts = await eventsSince(plant, before)
  const acknowledged = seen.clicks.filter(click => click.acknowledged !== undefined)
  return {
    name,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ id }) => !there.has(id) || !counts.has(id)).length,
    stale: seen.stale,
    duplicates: seen.clicks.filter(({ id }) => (counts.get(id) ?? 0) > 1).length,
    wrongDenies: seen.wrongDenies,
    refused: seen.refused,
    checks: seen.checks,
    unanswered: seen.unanswered,
    healthyMs: seen.healthyMs.sort((a, b) => a - b),
    brokenMs: seen.brokenMs.sort((a, b) => a - b),
    drainMs,
  }
}

/** Returns the number of broken promises, which must be 0. */
export const losses = ({ lost, stale, duplicates, wrongDenies }: Trial): number =>
  lost + stale + duplicates + wrongDenies

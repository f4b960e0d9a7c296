import { setTimeout as sleep } from 'node:timers/promises'
import { toHex } from '../../worker/core/bytes.ts'
import { type Click, chance, clickAndCheck, freshClicks, type Seen } from './clicking.ts'
import type { Plant } from './plant.ts'
import type { Scenario } from './scenario.ts'

/** What a scenario came to. */
export interface Trial {
  name: string
  /** Why it was not run. */
  skipped?: string
  acknowledged: number
  /** Acknowledged and not in the database in the end. Must be none. */
  lost: number
  /** Checks that allowed somebody whose click was acknowledged. Must be none. */
  stale: number
  /** Recipients with more than one event of their click. Must be none. */
  duplicates: number
  /** Checks that denied somebody who never left. Must be none. */
  wrongDenies: number
  refused: number
  checks: number
  unanswered: number
  healthyMs: number[]
  brokenMs: number[]
  /** From when everything was mended until the database had everything. */
  drainMs: number
}

const DRAIN_DEADLINE_MS = 90_000
/** What is left of the clicks when the fault begins. */
const CALM_MS = 1500

/** Runs one scenario: clicks and checks before, while and after something is broken, and then looks into the database. */
export async function runTrial(
  plant: Plant,
  scenario: Scenario,
  { clicks: count, lasts, seed }: { clicks: number; lasts: number; seed: number },
): Promise<Trial> {
  const random = chance(seed)
  const clicks = freshClicks(plant, `${scenario.name.replace(/\W+/g, '-')}-${seed}`, count)
  const state: { broken: boolean; mendedAt: number | undefined } = { broken: false, mendedAt: undefined }
  const fault = async () => {
    await sleep(CALM_MS)
    state.broken = true
    await scenario.fault(plant, lasts, random)
    state.mendedAt = performance.now()
    state.broken = false
  }
  const forMs = CALM_MS * 2 + spanOf(scenario, lasts)
  const [seen] = await Promise.all([
    clickAndCheck(plant, clicks, { forMs, broken: () => state.broken, random }),
    fault(),
  ])
  const drained = await untilDrained(plant, clicks)
  return verdict(plant, scenario.name, seen, drained - state.mendedAt!)
}

/** About how long a fault takes, so that the clicks last as long. */
const spanOf = ({ name }: Scenario, lasts: number): number => {
  const seconds = Number(/(\d+) s/.exec(name)?.[1] ?? 6)
  return lasts * seconds * 1000
}

async function untilDrained(plant: Plant, clicks: readonly Click[]): Promise<number> {
  const wanted = new Set(clicks.filter(({ acknowledged }) => acknowledged !== undefined).map(({ id }) => id))
  for (const end = performance.now() + DRAIN_DEADLINE_MS; performance.now() < end; await sleep(100)) {
    const there = await suppressed(plant).catch(() => new Set<string>())
    if ([...wanted].every(id => there.has(id))) break
  }
  return performance.now()
}

const suppressed = async (plant: Plant): Promise<Set<string>> =>
  new Set((await plant.sql('SELECT address_id FROM suppression')).map(([id]) => toHex(id as Uint8Array)))

async function verdict(plant: Plant, name: string, seen: Seen, drainMs: number): Promise<Trial> {
  const there = await suppressed(plant)
  const events = await plant.sql(
    "SELECT address_id, count(*) FROM event WHERE type = 'suppression.added' GROUP BY address_id",
  )
  const counts = new Map(events.map(([id, count]) => [toHex(id as Uint8Array), Number(count)]))
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
    drainMs: Math.max(0, drainMs),
  }
}

/** What must be none. */
export const losses = ({ lost, stale, duplicates, wrongDenies }: Trial): number =>
  lost + stale + duplicates + wrongDenies

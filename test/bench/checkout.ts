import { existsSync, mkdirSync } from 'node:fs'
import type { Floe } from './floe.ts'

/** A running checkout of Floe, built and started by its own code. */
export interface Checkout {
  floe: Pick<Floe, 'worker' | 'database' | 'freshClick' | 'call' | 'apiKey'>
  /** Script of the Worker that answers clicks. */
  script: string
  /** Starts that Worker, without those behind it, and returns the milliseconds to its first answer. */
  coldStart(): Promise<number>
}

/** Builds a checkout and starts it; `stops` collects what ends its processes. */
export async function startCheckout(
  root: string,
  dir: string,
  stops: (() => Promise<void>)[],
): Promise<Checkout> {
  mkdirSync(dir)
  const { stopChildren }: typeof import('../../local/child.ts') = await import(`${root}/local/child.ts`)
  stops.push(stopChildren)
  return existsSync(`${root}/local/workers.ts`) ? startWorkers(root, dir) : startOneWorker(root, dir)
}

async function startWorkers(root: string, dir: string): Promise<Checkout> {
  const { build }: typeof import('../../local/build.ts') = await import(`${root}/local/build.ts`)
  const { placeBuild, startFloe }: typeof import('./floe.ts') = await import(`${root}/test/bench/floe.ts`)
  const { starting }: typeof import('./bundle.ts') = await import(`${root}/test/bench/bundle.ts`)
  const { coldStart }: typeof import('./workerd.ts') = await import(`${root}/test/bench/workerd.ts`)
  await build()
  const place = placeBuild(dir)
  const floe = await startFloe('floe', place)
  const alone = await starting(place, floe.vars, ['floe'])
  return { floe, script: place.scripts.floe, coldStart: () => coldStart(alone) }
}

/** Starts a checkout from when one Worker did everything. */
async function startOneWorker(root: string, dir: string): Promise<Checkout> {
  interface Place {
    bundle: string
    site: string
  }
  type Started = Checkout['floe'] & Pick<Floe, 'vars'>
  const { build, BUNDLE }: { build(): Promise<void>; BUNDLE: string } = await import(`${root}/local/build.ts`)
  const {
    placeBuild,
    startFloe,
  }: {
    placeBuild(bundle: string, dir: string): Place
    startFloe(name: string, place: Place): Promise<Started>
  } = await import(`${root}/test/bench/floe.ts`)
  const { coldStart }: { coldStart(options: object): Promise<number> } = await import(
    `${root}/test/bench/workerd.ts`
  )
  await build()
  const place = placeBuild(BUNDLE, dir)
  const floe = await startFloe('floe', place)
  const lane = { className: 'WriteLane', site: place.site }
  const cold = { name: 'cold', bundle: place.bundle, dir, vars: floe.vars, lane }
  return { floe, script: place.bundle, coldStart: () => coldStart(cold) }
}

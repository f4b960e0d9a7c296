import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { compare, type Extent, type Figure } from './figure.ts'
import type { Floe, Place } from './floe.ts'
import { bundleBaseline, coldStart, type WorkerOptions } from './workerd.ts'

/** Size of the bundle, and time to its first answer in a runtime. */
export async function bundleFigures(floe: Floe, place: Place, extent: Extent): Promise<Figure[]> {
  const script = readFileSync(place.bundle)
  const beside = readdirSync(dirname(place.bundle)).filter(name => name.endsWith('.wasm'))
  const parts = [script, ...beside.map(name => readFileSync(`${dirname(place.bundle)}/${name}`))]
  const kilobytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0) / 1024
  const { dir, bundle, site } = place
  const lane = { className: 'WriteLane', site }
  const full: WorkerOptions = { name: 'cold', bundle, dir, vars: floe.vars, lane }
  const empty: WorkerOptions = { name: 'empty', bundle: await bundleBaseline('empty', dir), dir }
  // The values are times, so that the ratio is ours over the empty worker's.
  const { ratio, rounds, ours, theirs } = await compare(
    extent.starts,
    async () => 1000 / (await coldStart(empty)),
    async () => 1000 / (await coldStart(full)),
  )
  const [emptyMs, ms] = [1000 / ours, 1000 / theirs]
  return [
    {
      name: 'bundle, gzip',
      value: kilobytes,
      unit: 'KB',
      aim: { atMost: 80 },
      limit: `${Math.round(script.length / 1024)} KB of script`,
    },
    {
      name: 'cold start over an empty worker',
      value: ratio,
      limit: `${Math.round(ms - emptyMs)} ms more to the first answer`,
      rounds,
      detail: { ms, emptyMs },
    },
  ]
}

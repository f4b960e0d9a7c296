import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { WorkerName } from '../../core/holdings.ts'
import { freePorts } from '../../local/port.ts'
import { WORKERS } from '../../local/workers.ts'
import { compare, type Extent, type Figure } from './figure.ts'
import { type Floe, type Place, workersOf } from './floe.ts'
import { baseline, coldStart, type WorkerdOptions } from './workerd.ts'

/** Size of each bundle, and time to the first answer of `floe`: as an isolate starts it, and with the Workers behind it. */
export async function bundleFigures(
  { vars }: Pick<Floe, 'vars'>,
  place: Place,
  extent: Extent,
): Promise<Figure[]> {
  const sizes = WORKERS.map(({ name }): Figure => {
    const script = place.scripts[name]
    return {
      name: `bundle of ${name}, gzip`,
      value: gzipKilobytes(script),
      unit: 'KB',
      ...(name === 'floe' && { aim: { atMost: 60 } }),
      limit: `${Math.round(readFileSync(script).length / 1024)} KB of script`,
    }
  })
  const empty = await baseline('empty', place.dir)
  const startFigure = async (name: string, started: WorkerdOptions, aim: Pick<Figure, 'aim'>) => {
    // The values are times, so that each round's ratio is ours over the empty worker's.
    const { ratio, rounds, ours, theirs } = await compare(
      extent.starts,
      async () => 1000 / (await coldStart(empty)),
      async () => 1000 / (await coldStart(started)),
    )
    const [emptyMs, ms] = [1000 / ours, 1000 / theirs]
    const limit = `${Math.round(ms)} ms to the first answer, ${ratio.toFixed(2)} times an empty worker`
    return { name, value: ms - emptyMs, unit: 'ms', ...aim, limit, rounds, detail: { ms, emptyMs } }
  }
  return [
    ...sizes,
    await startFigure('cold start of floe over an empty worker', await starting(place, vars, ['floe']), {
      aim: { atMost: 20 },
    }),
    await startFigure('cold start of floe and what is behind it', await starting(place, vars), {}),
  ]
}

/** Returns how to start Workers whose cold start is measured. */
export async function starting(
  place: Place,
  vars: Record<string, string>,
  names?: readonly WorkerName[],
): Promise<WorkerdOptions> {
  const [port] = (await freePorts(1)) as [number]
  return {
    dir: `${place.dir}/cold`,
    workers: workersOf(place, vars, { floe: port }, names),
    site: place.site,
  }
}

/** Returns the size of a script with the modules beside it, each compressed, in KB. */
export function gzipKilobytes(script: string): number {
  const folder = dirname(script)
  const modules = readdirSync(folder).filter(name => /\.(js|wasm)$/.test(name))
  const sizes = modules.map(name => gzipSync(readFileSync(`${folder}/${name}`), { level: 9 }).length)
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}

import type { Plugin } from 'esbuild'
import { bundle } from '../../local/bundle.ts'
import { ROOT } from '../../local/folder.ts'
import { WORKERS } from '../../local/workers.ts'
import { Clicks } from './click.ts'
import { compare, type Extent, type Figure } from './figure.ts'
import { type Floe, type Place, startFloe } from './floe.ts'

const CALLERS = [1, 32]
const AIM = 0.8

/**
 * Cost of surviving the loss of the primary: one-click POSTs through the lane with its journal, against a journal that stores
 * nothing.
 */
export async function journalFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const lane = await bundleWithoutJournal(place.dir)
  const kept = await startFloe('journal', place)
  const plain = await startFloe('no-journal', { ...place, scripts: { ...place.scripts, 'floe-lane': lane } })
  const figures: Figure[] = []
  for (const callers of CALLERS) figures.push(await figure(kept, plain, callers, extent))
  await kept.stop()
  await plain.stop()
  return figures
}

async function figure(kept: Floe, plain: Floe, callers: number, extent: Extent): Promise<Figure> {
  const clicks = new Clicks(kept)
  const bare = new Clicks(plain)
  const { ratio, rounds, ours, theirs } = await compare(
    extent.rounds,
    () => clicks.pace(callers, extent.forMs),
    () => bare.pace(callers, extent.forMs),
  )
  return {
    name: `one-click, ${callers === 1 ? '1 caller' : `${callers} callers`}, over no journal`,
    value: ratio,
    aim: { atLeast: AIM },
    ...clicks.report(),
    rounds,
    detail: { perSecond: ours, withoutPerSecond: theirs },
  }
}

/** Bundles the lane as it is built, but with the journal of `baseline/`, and returns the script. */
async function bundleWithoutJournal(dir: string): Promise<string> {
  const outdir = `${dir}/lane-without-journal`
  const instead: Plugin = {
    name: 'no-journal',
    setup: ({ onResolve }) =>
      onResolve({ filter: /\/sql-journal\.ts$/ }, () => ({
        path: `${ROOT}/test/bench/baseline/no-journal.ts`,
      })),
  }
  const lane = WORKERS.find(({ name }) => name === 'floe-lane')!
  const { inputs } = await bundle(lane.entry, outdir, [instead])
  if (!Object.keys(inputs).some(path => path.endsWith('/no-journal.ts')))
    throw new Error('the lane has its journal elsewhere')
  return `${outdir}/index.js`
}

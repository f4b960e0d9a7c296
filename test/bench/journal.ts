import { copyFileSync, mkdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from 'esbuild'
import { ROOT } from '../../local/folder.ts'
import { Clicks } from './click.ts'
import { compare, type Extent, type Figure } from './figure.ts'
import { type Floe, type Place, startFloe } from './floe.ts'
import { bundle } from './workerd.ts'

const CALLERS = [1, 32]
const AIM = 0.8

/**
 * Cost of surviving the loss of the primary: one-click POSTs through the lane with its journal, against a journal that stores
 * nothing.
 */
export async function journalFigures(place: Place, extent: Extent): Promise<Figure[]> {
  const kept = await startFloe('journal', { ...place, bundle: await bundleWith('journal', place.dir) })
  const plain = await startFloe('no-journal', { ...place, bundle: await bundleWith('no-journal', place.dir) })
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

/** Bundles the Worker with its journal, or in the same way with the one of `baseline/`. */
function bundleWith(name: 'journal' | 'no-journal', dir: string): Promise<string> {
  const folder = `${dir}/${name}-bundle`
  mkdirSync(folder)
  const parts: Plugin = {
    name: 'parts',
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
        copyFileSync(`${resolveDir}/${path}`, `${folder}/${basename(path)}`)
        return { path: `./${basename(path)}`, external: true }
      })
      if (name === 'no-journal')
        onResolve({ filter: /\/sql-journal\.ts$/ }, () => ({
          path: `${ROOT}/test/bench/baseline/no-journal.ts`,
        }))
    },
  }
  return bundle('worker/index.ts', `${folder}/index.js`, [parts])
}

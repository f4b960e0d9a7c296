import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { placeBuild } from '../bench/floe.ts'
import { startPlant } from './plant.ts'
import { SCENARIOS } from './scenario.ts'
import { runTrial } from './trial.ts'

/** Scenarios of the tests; `npm run chaos` runs all. */
const ESSENTIAL = [
  'all of them at once',
  'wedged primary',
  'between its journal',
  'network cut',
  'floe-app',
  'the read lane answers',
  'the read lane cut off',
]

test('whatever is killed, wedged or cut, no acknowledged click is lost, allowed again or written twice', async () => {
  const dir = await mkdtemp(`${tmpdir()}/floe-chaos-`)
  const plant = await startPlant({ place: placeBuild(dir) })
  try {
    for (const part of ESSENTIAL) {
      const [scenario] = SCENARIOS.filter(({ name }) => name.includes(part))
      const trial = await runTrial(plant, scenario!, { clicks: 300, lasts: 0.5, seed: 7 })
      const none = { lost: 0, stale: 0, duplicates: 0, wrongDenies: 0 }
      expect(trial, scenario!.name).toMatchObject(none)
      expect(trial.acknowledged, scenario!.name).toBeGreaterThan(0)
      expect(trial.checks - trial.unanswered, scenario!.name).toBeGreaterThan(0)
    }
  } finally {
    await plant.stop()
    await rm(dir, { recursive: true, force: true })
  }
}, 180_000)

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { build } from '../../local/build.ts'
import { killChildren, stopChildren } from '../../local/child.ts'
import { runCommand } from '../../ops/cli.ts'
import { placeBuild } from '../bench/floe.ts'
import { progress } from '../bench/table.ts'
import { openClock } from './clock.ts'
import { startPlant } from './plant.ts'
import { SCENARIOS } from './scenario.ts'
import { table } from './table.ts'
import { losses, runTrial, type Trial } from './trial.ts'

const HELP = `npm run chaos -- [options]

Breaks a Floe of real processes while recipients click and senders check, and looks whether anything was lost.

  --clicks N   one-clicks in each scenario (10,000)
  --seed N     where chance begins (1)
  --only TEXT  scenarios whose name has this text
  --quick      outages of a fifth of their length, 1,500 clicks

Everything runs on 127.0.0.1, in a folder of its own. Ends with 1 when an acknowledged click is not in the database, a check
allowed somebody whose click was acknowledged or denied somebody who never left, or an event stands twice in the ledger.`

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      clicks: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(HELP)
  const seed = Number(values.seed)
  const clicks = Number((values.clicks ?? (values.quick ? '1500' : '10000')).replaceAll(/[,_]/g, ''))
  if (!Number.isSafeInteger(clicks) || clicks < 100 || clicks > 1_000_000)
    throw new Error('--clicks takes a number from 100 to 1,000,000')
  if (!Number.isSafeInteger(seed)) throw new Error('--seed takes a number')
  const chosen = SCENARIOS.filter(({ name }) => values.only === undefined || name.includes(values.only))
  if (chosen.length === 0) throw new Error(`No scenario has "${values.only}" in its name.`)

  const dir = mkdtempSync(`${tmpdir()}/floe-chaos-`)
  const interrupted = () => {
    killChildren()
    rmSync(dir, { recursive: true, force: true })
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const start = performance.now()
    progress('building')
    await build()
    const plant = await startPlant({ place: placeBuild(dir), clock: openClock(dir) })
    const trials: Trial[] = []
    for (const scenario of chosen) {
      progress(`${trials.length + 1} of ${chosen.length}: ${scenario.name}`)
      const skipped = scenario.impossible?.(plant)
      if (skipped === undefined)
        trials.push(await runTrial(plant, scenario, { clicks, lasts: values.quick ? 0.2 : 1, seed }))
      else trials.push({ ...NOTHING, name: scenario.name, skipped })
    }
    progress()
    console.log(table(trials, Math.round((performance.now() - start) / 1000), seed))
    if (trials.some(trial => losses(trial) > 0)) process.exitCode = 1
    await plant.stop()
  } finally {
    progress()
    await stopChildren()
    rmSync(dir, { recursive: true, force: true })
  }
})

const NOTHING = {
  acknowledged: 0,
  lost: 0,
  stale: 0,
  duplicates: 0,
  wrongDenies: 0,
  refused: 0,
  checks: 0,
  unanswered: 0,
  healthyMs: [],
  brokenMs: [],
  drainMs: 0,
}

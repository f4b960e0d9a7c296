import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { build } from '../../local/build.ts'
import { killChildren, stopChildren } from '../../local/child.ts'
import { runCommand } from '../../ops/cli.ts'
import { answerFigures } from './answer.ts'
import { bundleFigures } from './bundle.ts'
import { checkFigures, suppressed } from './check.ts'
import { clickFigures } from './click.ts'
import { eventsFigures } from './events.ts'
import type { Extent, Figure } from './figure.ts'
import { placeBuild, startFloe } from './floe.ts'
import { growthFigures } from './growth.ts'
import { hopFigures } from './hop.ts'
import { importFigures } from './import.ts'
import { journalFigures } from './journal.ts'
import { linksFigures } from './links.ts'
import { sizesFigures } from './sizes.ts'
import { soakFigures } from './soak.ts'
import { spreadFigures } from './spread.ts'
import { progress, table } from './table.ts'

const PARTS = [
  'answer',
  'click',
  'journal',
  'check',
  'links',
  'bundle',
  'hop',
  'soak',
  'sizes',
  'import',
  'events',
  'growth',
  'spread',
] as const
type Part = (typeof PARTS)[number]

const HELP = `npm run bench -- [options]

Measures the built Workers in one bare workerd, each figure against a baseline beside it in the same run.

  --quick      short rounds and a soak of 5 s; good for a look, not for a claim
  --rows N     suppressions the demo tenant has when checks are measured (1,000,000)
  --only PART  one of ${PARTS.join(', ')}
  --huge       checks against 100 million rows as well (4 GB of disk)
  --json FILE  writes the figures of every round to FILE as well

Ends with 1 when the soak lost a click or met an error; a missed aim is for people to judge.`

const ROWS_MAX = 99_000_000

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rows: { type: 'string', default: '1000000' },
      only: { type: 'string' },
      huge: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(HELP)
  const rows = Number(values.rows.replaceAll(/[,_]/g, ''))
  if (!Number.isSafeInteger(rows) || rows < 10_000 || rows > ROWS_MAX)
    throw new Error(`--rows takes a number from 10,000 to ${ROWS_MAX.toLocaleString('en')}`)
  if (values.only !== undefined && !PARTS.some(part => part === values.only))
    throw new Error(`--only takes one of ${PARTS.join(', ')}`)
  const extent: Extent = values.quick
    ? { rounds: 3, forMs: 400, soakMs: 5000, starts: 7, rows, lines: 100_000, huge: values.huge }
    : { rounds: 9, forMs: 1000, soakMs: 60_000, starts: 11, rows, lines: 1_000_000, huge: values.huge }

  const dir = mkdtempSync(`${tmpdir()}/floe-bench-`)
  const interrupted = () => {
    killChildren()
    rmSync(dir, { recursive: true, force: true })
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const start = performance.now()
    const figures = await measure(dir, extent, values.only)
    const seconds = Math.round((performance.now() - start) / 1000)
    console.log(table(figures, extent, seconds))
    if (values.json) writeFileSync(values.json, `${JSON.stringify({ extent, seconds, figures }, null, 2)}\n`)
    if (figures.some(figure => figure.broken)) process.exitCode = 1
  } finally {
    progress()
    await stopChildren()
    rmSync(dir, { recursive: true, force: true })
  }
})

async function measure(dir: string, extent: Extent, only: string | undefined): Promise<Figure[]> {
  progress('building')
  await build()
  const place = placeBuild(dir)
  progress(`filling a database with ${extent.rows.toLocaleString('en')} suppressions`)
  const small = await startFloe('small', place)
  const large = await startFloe('large', place, extent.rows, suppressed)
  const parts: Record<Part, () => Promise<Figure[]>> = {
    answer: () => answerFigures(small, place, extent),
    click: () => clickFigures(small, place, extent),
    journal: () => journalFigures(place, extent),
    check: () => checkFigures(large, place, extent),
    links: () => linksFigures(large, place, extent),
    bundle: () => bundleFigures(small, place, extent),
    hop: () => hopFigures(small, extent),
    soak: () => soakFigures(small, extent),
    sizes: () => sizesFigures(place, extent),
    import: () => importFigures(place, extent),
    events: () => eventsFigures(place, extent),
    growth: () => growthFigures(place, extent),
    spread: async () => spreadFigures(),
  }
  const figures: Figure[] = []
  for (const name of PARTS) {
    if (only !== undefined && name !== only) continue
    progress(`measuring: ${name}`)
    figures.push(...(await parts[name]()))
  }
  return figures
}

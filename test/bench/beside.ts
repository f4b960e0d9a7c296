import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { ROOT } from '../../local/folder.ts'
import { runCommand } from '../../ops/cli.ts'
import { cpuMs } from './busy.ts'
import { median } from './figure.ts'
import type { Floe, Place } from './floe.ts'
import { sendWhole, type Wire } from './load.ts'
import { progress } from './table.ts'

const HELP = `npm run bench:beside -- FOLDER [--rounds N]

Measures what mail clients and checks meet beside another checkout of Floe, such as the commit before, whose dependencies are
installed: processor time of Worker and database for a click, the same click again and a check, the bundle, and the cold start.

Both run at once and are loaded in turn, the first to go alternating. Ratios: this checkout over the other one.`

const SENT = 1500
const CALLERS = 8
const FOR_MS = 60_000

/** One of the two running checkouts. */
interface Side {
  floe: Floe
  place: Place
  coldStart(): Promise<number>
}

/** The loads, as sources of requests. */
const LOADS: Record<string, (floe: Floe) => () => Wire> = {
  'one-click': floe => () => floe.freshClick(),
  'the same click again': floe => {
    const again = Array.from({ length: 100 }, () => floe.freshClick())
    let next = 0
    return () => again[next++ % again.length]!
  },
  'check of 1': floe => {
    let next = 0
    return () => floe.call('/v1/check', { topic: 'news', addresses: [`reader.${next++}@example.com`] })
  },
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { rounds: { type: 'string', default: '9' }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [other] = positionals
  if (values.help || other === undefined) return console.log(HELP)
  const rounds = Number(values.rounds)
  if (!Number.isSafeInteger(rounds) || rounds < 3) throw new Error('--rounds takes a number from 3')
  const dir = mkdtempSync(`${tmpdir()}/floe-beside-`)
  const stops: (() => Promise<void>)[] = []
  try {
    const ours = await start(ROOT, `${dir}/ours`, stops)
    const theirs = await start(resolve(other), `${dir}/theirs`, stops)
    const width = 36
    console.log(`\n  ${''.padEnd(width)}   ratio   lowest … highest of ${rounds} rounds\n`)
    const show = (name: string, ratios: number[]) => {
      const [lowest, middle, highest] = [Math.min(...ratios), median(ratios), Math.max(...ratios)]
      const spread = ratios.length > 1 ? `${lowest.toFixed(2)} … ${highest.toFixed(2)}` : ''
      console.log(`  ${name.padEnd(width)}   ${middle.toFixed(2).padStart(5)}   ${spread}`)
    }
    for (const [what, loadOf] of Object.entries(LOADS)) {
      progress(`measuring: ${what}`)
      const loads = [loadOf(ours.floe), loadOf(theirs.floe)] as const
      const found = await inTurn(rounds, [
        () => spent(ours.floe, loads[0]),
        () => spent(theirs.floe, loads[1]),
      ])
      progress()
      show(
        `${what}, Worker`,
        found.map(([one, two]) => one.worker / two.worker),
      )
      show(
        `${what}, database`,
        found.map(([one, two]) => one.database / two.database),
      )
    }
    progress('measuring: cold start')
    const starts = await inTurn(rounds, [() => ours.coldStart(), () => theirs.coldStart()])
    progress()
    show(
      'cold start',
      starts.map(([one, two]) => one / two),
    )
    show('bundle, gzip', [kilobytes(ours.place) / kilobytes(theirs.place)])
    console.log(
      `\n  Processor time of ${SENT} requests by ${CALLERS} callers a round; the cold start is time.\n`,
    )
  } finally {
    progress()
    for (const stop of stops) await stop()
    rmSync(dir, { recursive: true, force: true })
  }
})

/** Builds a checkout and starts it with its own code; `stops` collects what ends its processes. */
async function start(root: string, dir: string, stops: (() => Promise<void>)[]): Promise<Side> {
  progress(`building ${root}`)
  mkdirSync(dir)
  const { build, BUNDLE }: typeof import('../../local/build.ts') = await import(`${root}/local/build.ts`)
  const { stopChildren }: typeof import('../../local/child.ts') = await import(`${root}/local/child.ts`)
  const { placeBuild, startFloe }: typeof import('./floe.ts') = await import(`${root}/test/bench/floe.ts`)
  const { coldStart }: typeof import('./workerd.ts') = await import(`${root}/test/bench/workerd.ts`)
  stops.push(stopChildren)
  await build()
  const place = placeBuild(BUNDLE, dir)
  const floe = await startFloe('floe', place)
  const lane = { className: 'WriteLane', site: place.site }
  const cold = { name: 'cold', bundle: place.bundle, dir, vars: floe.vars, lane }
  return { floe, place, coldStart: () => coldStart(cold) }
}

/** Measures both sides in each round, after a warm-up round. */
async function inTurn<T>(rounds: number, [ours, theirs]: [() => Promise<T>, () => Promise<T>]) {
  const found: [ours: T, theirs: T][] = []
  for (let round = 0; round <= rounds; round++) {
    if (round % 2 === 0) {
      const first = await ours()
      found.push([first, await theirs()])
    } else {
      const first = await theirs()
      found.push([await ours(), first])
    }
  }
  return found.slice(1)
}

/** Sends a load and returns the processor time of its parts, in ms. */
async function spent({ worker, database }: Floe, request: () => Wire) {
  const now = () => ({ worker: cpuMs(worker.pid)!, database: cpuMs(database.pids[0]!)! })
  const before = now()
  await sendWhole({ url: worker.url, callers: CALLERS, request, forMs: FOR_MS, most: SENT })
  const after = now()
  return { worker: after.worker - before.worker, database: after.database - before.database }
}

function kilobytes({ bundle }: Place): number {
  const folder = dirname(bundle)
  const parts = readdirSync(folder).filter(name => /\.(js|wasm)$/.test(name))
  return parts.reduce((sum, name) => sum + gzipSync(readFileSync(`${folder}/${name}`)).length, 0) / 1024
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../../local/folder.ts'
import { runCommand } from '../../ops/cli.ts'
import { gzipKilobytes } from './bundle.ts'
import { cpuMs } from './busy.ts'
import { type Checkout, startCheckout } from './checkout.ts'
import { median } from './figure.ts'
import { besideImport, upload } from './import.ts'
import { sendWhole, type Wire } from './load.ts'
import { progress } from './table.ts'

const HELP = `npm run bench:beside -- FOLDER [--rounds N] [--only TEXT]

Measures what mail clients and checks meet beside another checkout of Floe, such as the commit before, whose dependencies are
installed: processor time of the Workers and the database for a click, the same click again, a check, links and an import, how long
a click takes beside an import, and bundle and cold start of the Worker that answers them.

Both run at once and are loaded in turn, the first to go alternating. Ratios: this checkout over the other one. With --only, what has
TEXT in its name, of clicks, checks and links.`

const SENT = 1500
const CALLERS = 8
const FOR_MS = 60_000
const LINES = 20_000
const LINES_BESIDE = 100_000

interface Kind {
  callers?: number
  /** Returns a source of requests. */
  of(floe: Checkout['floe']): () => Wire
}

const checksOfOne: Kind['of'] = floe => {
  let next = 0
  return () => floe.call('/v1/check', { topic: 'news', addresses: [`reader.${next++}@example.com`] })
}

const freshClicks: Kind['of'] = floe => () => floe.freshClick()

const LOADS: Record<string, Kind> = {
  'one-click': { of: freshClicks },
  'one-click, 1 caller': { callers: 1, of: freshClicks },
  'one-click, 32 callers': { callers: 32, of: freshClicks },
  'one-click, 128 callers': { callers: 128, of: freshClicks },
  'the same click again': {
    of(floe) {
      const again = Array.from({ length: 100 }, () => floe.freshClick())
      let next = 0
      return () => again[next++ % again.length]!
    },
  },
  'check of 1': { of: checksOfOne },
  'check of 1, 1 caller': { callers: 1, of: checksOfOne },
  'check of 1, 16 callers': { callers: 16, of: checksOfOne },
  'check of 1, 64 callers': { callers: 64, of: checksOfOne },
  '100 links': {
    of(floe) {
      const recipients = Array.from({ length: 100 }, (_, i) => `reader.${i}@example.com`)
      return () => floe.call('/v1/links', { topic: 'news', recipients })
    },
  },
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: {
      rounds: { type: 'string', default: '9' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const [other] = positionals
  if (values.help || other === undefined) return console.log(HELP)
  const rounds = Number(values.rounds)
  if (!Number.isSafeInteger(rounds) || rounds < 3) throw new Error('--rounds takes a number from 3')
  const dir = mkdtempSync(`${tmpdir()}/floe-beside-`)
  const stops: (() => Promise<void>)[] = []
  try {
    const starting = (root: string, name: string) => {
      progress(`building ${root}`)
      return startCheckout(root, `${dir}/${name}`, stops)
    }
    const ours = await starting(ROOT, 'ours')
    const theirs = await starting(resolve(other), 'theirs')
    const width = 36
    console.log(`\n  ${''.padEnd(width)}   ratio   lowest … highest of ${rounds} rounds\n`)
    const show = (name: string, ratios: number[]) => {
      const [lowest, middle, highest] = [Math.min(...ratios), median(ratios), Math.max(...ratios)]
      const spread = ratios.length > 1 ? `${lowest.toFixed(2)} … ${highest.toFixed(2)}` : ''
      console.log(`  ${name.padEnd(width)}   ${middle.toFixed(2).padStart(5)}   ${spread}`)
    }
    for (const [what, { callers, of }] of Object.entries(LOADS)) {
      if (!what.includes(values.only ?? '')) continue
      progress(`measuring: ${what}`)
      const loads = [of(ours.floe), of(theirs.floe)] as const
      const found = await inTurn(rounds, [
        () => spent(ours.floe, loads[0], callers),
        () => spent(theirs.floe, loads[1], callers),
      ])
      progress()
      show(
        `${what}, Workers`,
        found.map(([one, two]) => one.worker / two.worker),
      )
      show(
        `${what}, database`,
        found.map(([one, two]) => one.database / two.database),
      )
      if (callers !== undefined)
        show(
          `${what}, p99`,
          found.map(([one, two]) => one.p99Ms / two.p99Ms),
        )
    }
    if (values.only !== undefined) return
    progress('measuring: imports')
    let next = 0
    const imported = ({ floe }: Checkout) => used(floe, () => upload(floe, `import-${next++}`, LINES))
    const clicked = ({ floe }: Checkout) => besideImport(floe, `clicks-${next++}`, LINES_BESIDE)
    const imports = await inTurn(rounds, [() => imported(ours), () => imported(theirs)])
    const beside = await inTurn(3, [() => clicked(ours), () => clicked(theirs)])
    progress()
    show(
      'an import, Workers',
      imports.map(([one, two]) => one.worker / two.worker),
    )
    show(
      'an import, database',
      imports.map(([one, two]) => one.database / two.database),
    )
    show(
      'one-click beside an import, p99',
      beside.map(([one, two]) => one.p99Ms / two.p99Ms),
    )
    show(
      'that import, lines a second',
      beside.map(([one, two]) => one.perSecond / two.perSecond),
    )
    progress('measuring: cold start')
    const starts = await inTurn(rounds, [() => ours.coldStart(), () => theirs.coldStart()])
    progress()
    show(
      'cold start',
      starts.map(([one, two]) => one / two),
    )
    show('bundle, gzip', [gzipKilobytes(ours.script) / gzipKilobytes(theirs.script)])
    console.log(
      `\n  Processor time of ${SENT} requests a round, by ${CALLERS} callers where no number is named; an import has ${LINES} lines; cold start, p99 and pace are time.\n`,
    )
  } finally {
    progress()
    for (const stop of stops) await stop()
    rmSync(dir, { recursive: true, force: true })
  }
})

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

/** Sends a load and returns the processor time of its parts and its slowest hundredth, in ms. */
async function spent(floe: Checkout['floe'], request: () => Wire, callers = CALLERS) {
  const load = { url: floe.worker.url, callers, request, forMs: FOR_MS, most: SENT }
  const { result, ...time } = await used(floe, () => sendWhole(load))
  return { ...time, p99Ms: result.latenciesMs[Math.floor(result.latenciesMs.length * 0.99)]! }
}

/** Does some work and returns the processor time of the parts meanwhile, in ms. */
async function used<T>({ worker, database }: Checkout['floe'], work: () => Promise<T>) {
  const now = () => ({ worker: cpuMs(worker.pid)!, database: cpuMs(database.pids[0]!)! })
  const before = now()
  const result = await work()
  const after = now()
  return { worker: after.worker - before.worker, database: after.database - before.database, result }
}

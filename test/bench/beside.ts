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
import { sendWhole, type Wire } from './load.ts'
import { progress } from './table.ts'

const HELP = `npm run bench:beside -- FOLDER [--rounds N]

Measures what mail clients and checks meet beside another checkout of Floe, such as the commit before, whose dependencies are
installed: processor time of the Workers and the database for a click, the same click again, a check and links, and bundle and cold
start of the Worker that answers them.

Both run at once and are loaded in turn, the first to go alternating. Ratios: this checkout over the other one.`

const SENT = 1500
const CALLERS = 8
const FOR_MS = 60_000

/** The loads, as sources of requests. */
const LOADS: Record<string, (floe: Checkout['floe']) => () => Wire> = {
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
  '100 links': floe => {
    const recipients = Array.from({ length: 100 }, (_, i) => `reader.${i}@example.com`)
    return () => floe.call('/v1/links', { topic: 'news', recipients })
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
    for (const [what, loadOf] of Object.entries(LOADS)) {
      progress(`measuring: ${what}`)
      const loads = [loadOf(ours.floe), loadOf(theirs.floe)] as const
      const found = await inTurn(rounds, [
        () => spent(ours.floe, loads[0]),
        () => spent(theirs.floe, loads[1]),
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
    }
    progress('measuring: cold start')
    const starts = await inTurn(rounds, [() => ours.coldStart(), () => theirs.coldStart()])
    progress()
    show(
      'cold start',
      starts.map(([one, two]) => one / two),
    )
    show('bundle, gzip', [gzipKilobytes(ours.script) / gzipKilobytes(theirs.script)])
    console.log(
      `\n  Processor time of ${SENT} requests by ${CALLERS} callers a round; the cold start is time.\n`,
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

/** Sends a load and returns the processor time of its parts, in ms. */
async function spent({ worker, database }: Checkout['floe'], request: () => Wire) {
  const now = () => ({ worker: cpuMs(worker.pid)!, database: cpuMs(database.pids[0]!)! })
  const before = now()
  await sendWhole({ url: worker.url, callers: CALLERS, request, forMs: FOR_MS, most: SENT })
  const after = now()
  return { worker: after.worker - before.worker, database: after.database - before.database }
}

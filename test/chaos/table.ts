import { losses, type Trial } from './trial.ts'

const painted = (code: number) => (text: string) =>
  process.stdout.isTTY && !process.env['NO_COLOR'] ? `\x1b[${code}m${text}\x1b[0m` : text
const [dim, green, red] = [painted(2), painted(32), painted(31)]

const COLUMNS: [title: string, of: (trial: Trial) => string][] = [
  ['acked', ({ acknowledged }) => acknowledged.toLocaleString('en')],
  ['lost', ({ lost }) => String(lost)],
  ['stale', ({ stale }) => String(stale)],
  ['twice', ({ duplicates }) => String(duplicates)],
  ['refused', ({ refused }) => refused.toLocaleString('en')],
  ['checks', ({ checks }) => checks.toLocaleString('en')],
  ['503', ({ unanswered }) => unanswered.toLocaleString('en')],
  ['p50/p99 healthy', ({ healthyMs }) => both(healthyMs)],
  ['p50/p99 broken', ({ brokenMs }) => both(brokenMs)],
  ['drain', ({ drainMs }) => `${(drainMs / 1000).toFixed(1)} s`],
]

/** Returns the report of trials. */
export function table(trials: readonly Trial[], seconds: number, seed: number): string {
  const width = Math.max(...trials.map(({ name }) => name.length))
  const cells = trials.map(trial => COLUMNS.map(([, of]) => (trial.skipped === undefined ? of(trial) : '')))
  const widths = COLUMNS.map(([title], i) => Math.max(title.length, ...cells.map(row => row[i]!.length)))
  const row = (name: string, values: string[]) =>
    `  ${name.padEnd(width)}  ${values.map((value, i) => value.padStart(widths[i]!)).join('  ')}`
  const titles = COLUMNS.map(([title]) => title)
  const lines = trials.map((trial, i) => {
    if (trial.skipped !== undefined)
      return `  ${trial.name.padEnd(width)}  ${dim(`skipped: ${trial.skipped}`)}`
    const line = row(trial.name, cells[i]!)
    return losses(trial) > 0 ? red(line) : line
  })
  const total = trials.reduce((sum, trial) => sum + (trial.skipped === undefined ? losses(trial) : 0), 0)
  const verdict =
    total === 0 ? green('Nothing was lost, stale or doubled.') : red(`${total} promises were broken.`)
  return [
    '',
    dim(row('', titles)),
    ...lines,
    '',
    `  ${verdict} ${dim(`Seed ${seed}, ${seconds} s in all. Times in ms, of clicks.`)}`,
    '',
  ].join('\n')
}

const at = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)]
const ms = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(value < 10 ? 1 : 0))
const both = (sorted: number[]) => `${ms(at(sorted, 0.5))} / ${ms(at(sorted, 0.99))}`

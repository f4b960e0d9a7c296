import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ROOT } from '../../local/folder.ts'
import { runCommand } from '../../ops/cli.ts'
import { type Extent, type Figure, median } from './figure.ts'
import { SHARE } from './growth.ts'

const HELP = `node --import tsx test/bench/growth-page.ts FILE

Writes site/content/docs/growth.md and its plot from what npm run bench -- --only growth --json FILE measured.`

/** A size that was measured: how many there were of something, and the factor of each call. */
interface Column {
  what: string
  size: number
  factors: Map<string, number>
}

const FOLDER = `${ROOT}/site/content/docs`
/** Returns what stands above the table. `extent` is that of the run. */
const headOf = ({ rounds, forMs }: Pick<Extent, 'rounds' | 'forMs'>) => `# How it grows

\`npm run bench -- --only growth --json FILE\` asks pages of a recipient and calls of a sender of a Floe with 10,000 suppressions and next to
nothing else, and in turn of one that has much of one thing. Each figure is how many times as long the median answer took there, at one
caller; the median of ${rounds} rounds, in each of which either side answered for ${forMs * SHARE} ms. What is slower at one size and not at the next
larger one does not grow; what is below 1 the size does not explain: both run on one machine, and the small one is written to by the run
itself. \`node --import tsx test/bench/growth-page.ts FILE\` made this page of it.

![One line of dots for each size, one dot for each call, by how many times as long it took](growth.svg)
`
const [WIDTH, LEFT, RIGHT, TOP, ROW] = [760, 300, 24, 40, 34]
const TICKS = [0.5, 1, 2, 5, 10, 20, 50, 100]

await runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  })
  const [file] = positionals
  if (values.help || file === undefined) return console.log(HELP)
  const { figures, extent } = JSON.parse(readFileSync(file, 'utf8')) as { figures: Figure[]; extent: Extent }
  const columns = figures.flatMap(columnOf)
  writeFileSync(`${FOLDER}/growth.md`, headOf(extent) + tableOf(columns, figures))
  writeFileSync(`${FOLDER}/growth.svg`, plotOf(columns))
})

function columnOf({ detail }: Figure): Column[] {
  const { what, size, ...factors } = detail ?? {}
  if (typeof what !== 'string' || typeof size !== 'number') return []
  return [{ what, size, factors: new Map(Object.entries(factors) as [string, number][]) }]
}

function short(size: number): string {
  return size >= 1e6 ? `${size / 1e6} M` : `${size / 1000} k`
}

/** Returns the factors of all calls, and what more and more callers got, in Markdown. */
function tableOf(columns: readonly Column[], figures: readonly Figure[]): string {
  const calls = [...columns[0]!.factors.keys()]
  const row = (cells: string[]) => `| ${cells.join(' | ')} |\n`
  const factors =
    row(['call', ...columns.map(({ what, size }) => `${short(size)} ${what}`)]) +
    row(['---', ...columns.map(() => '---')]) +
    calls
      .map(call => row([`\`${call}\``, ...columns.map(({ factors }) => factors.get(call)!.toFixed(2))]))
      .join('')
  const callers = figures.filter(({ detail }) => detail?.['what'] === undefined)
  return `\n${factors}\n${row(['call', 'pace', 'times'])}${row(['---', '---', '---'])}${callers
    .map(({ name, value, limit }) => row([name, value.toFixed(2), limit.replace(/(: \d{3}):.*$/, '$1')]))
    .join('')}`
}

/** Returns the plot: a line of dots for each size, one dot a call, by its factor on a logarithmic axis. */
function plotOf(columns: readonly Column[]): string {
  const most = Math.max(2, ...columns.flatMap(({ factors }) => [...factors.values()]))
  const ticks = TICKS.filter((_, i) => i === 0 || TICKS[i - 1]! < most)
  const [low, high] = [Math.log(ticks[0]!), Math.log(ticks.at(-1)!)]
  const x = (factor: number) => {
    const share = (Math.log(Math.max(factor, ticks[0]!)) - low) / (high - low)
    return (LEFT + share * (WIDTH - LEFT - RIGHT)).toFixed(1)
  }
  const height = TOP + columns.length * ROW + 34
  const grid = ticks.map(
    tick =>
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="${TOP - 8}" y2="${height - 30}" class="${tick === 1 ? 'one' : 'grid'}"/>` +
      `<text x="${x(tick)}" y="${TOP - 16}" text-anchor="middle">${tick} ×</text>`,
  )
  const rows = columns.map(({ what, size, factors }, i) => {
    const y = TOP + (i + 0.5) * ROW
    const dots = [...factors].map(
      ([call, factor]) =>
        `<circle cx="${x(factor)}" cy="${y}" r="5"><title>${call}: ${factor.toFixed(2)}</title></circle>`,
    )
    const middle = median(factors.values())
    return (
      `<text x="${LEFT - 16}" y="${y + 4}" text-anchor="end">${short(size)} ${what}</text>${dots.join('')}` +
      `<line x1="${x(middle)}" x2="${x(middle)}" y1="${y - 11}" y2="${y + 11}" class="middle"/>`
    )
  })
  const style =
    'text{font:13px system-ui,sans-serif;fill:#1b2733}.grid{stroke:#d5dce3}.one{stroke:#7c8a99}circle{fill:#2563a8;fill-opacity:.45}' +
    '.middle{stroke:#b4451f;stroke-width:2}@media (prefers-color-scheme:dark){svg{background:#10161d}text{fill:#e4eaf0}.grid{stroke:#2b3641}' +
    '.one{stroke:#8494a5}circle{fill:#7db4ee}.middle{stroke:#f0936d}}'
  const title = 'Latency of each page and call where there is much of something, over where there is little'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}"><style>${style}</style>
<title>${title}</title>
${grid.join('\n')}
${rows.join('\n')}
<text x="${LEFT}" y="${height - 10}">one dot a call; the bar is their median</text>
</svg>
`
}

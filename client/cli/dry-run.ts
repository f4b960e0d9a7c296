import type { DryRunEvent, Floe } from '../client.ts'
import type { Upload } from './input.ts'
import type { Progress } from './progress.ts'
import { bold, dim, green, red } from './style.ts'
import { count, plural, remark, shown, worded } from './words.ts'

type Options = Parameters<Floe['dryRun']>[1]
type Event<Type extends DryRunEvent['type']> = Extract<DryRunEvent, { type: Type }>

/** The longest heading or address that a table shows whole. */
const SHOWN_MAX = 40

/** Prints what an import of a list would do. Returns 1 when a line would be refused. */
export async function dryRunList(
  client: Floe,
  upload: Upload,
  options: Options,
  { json, progress }: { json: boolean; progress: Progress },
): Promise<number> {
  const samples: Event<'sample'>[] = []
  let remarks = 0
  let refused = 0
  for await (const event of client.dryRun(upload.read, options)) {
    if (event.type === 'progress') progress.show(event.offset, upload.bytes, event.line, 'lines')
    else progress.clear()
    if (json) console.log(JSON.stringify(event))
    // Samples come one after another, and are one table.
    if (event.type === 'sample') samples.push(event)
    else if (event.type !== 'columns' && samples.length > 0) {
      const rows = samples.splice(0)
      if (!json) console.log(`\n${bold('The first lines')}\n${sampleTable(rows)}\n`)
    }
    if (event.type === 'columns' && !json) console.log(columnTable(event, options))
    if (event.type === 'refused' || event.type === 'noted') {
      remarks++
      if (!json) console.log(remark(event))
    }
    if (event.type !== 'done') continue
    refused = event.refused
    if (!json) console.log(`${remarks > 0 ? '\n' : ''}${reasonTable(event)}`)
    console.error(
      `${plural(event.line, 'line')} in ${progress.seconds.toFixed(1)} s: ${count(event.added)} would be added, ` +
        `${count(event.unchanged)} are there already, ${count(event.refused)} would not be taken`,
    )
    console.error('This was a dry run: nothing was written.')
  }
  return refused > 0 ? 1 : 0
}

const SIGNS: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

function columnTable({ delimiter, charset, columns, reason }: Event<'columns'>, { format }: Options): string {
  const file = format === 'ndjson' ? 'JSON lines' : `CSV parted by ${SIGNS[delimiter] ?? delimiter}`
  const known = new Map<number, { heading: string; uses: string[] }>()
  for (const { place, heading = '', as } of columns) {
    const { uses } = known.get(place) ?? { uses: [] }
    known.set(place, { heading, uses: [...uses, as] })
  }
  const cells = [...known].map(([place, { heading, uses }]) => [
    `${place}`.padStart(2),
    heading,
    uses.join(' and '),
  ])
  const rows = table(cells).map((row, i) => (cells[i]![2] === 'ignored' ? dim(row) : row))
  const said = reason
    ? [`Every line of such a file is ${worded(reason)}, unless it says something stronger.`]
    : []
  return [bold(`${file}, in ${charset}`), ...rows, ...said].join('\n')
}

function sampleTable(samples: readonly Event<'sample'>[]): string {
  const rows = table(
    samples.map(({ line, address = '', reason, scope, since, error }) => [
      `line ${line}`,
      address,
      error ? `refused: ${worded(error)}` : `${worded(reason!)} (${scope})`,
      since ? `since ${since}` : '',
    ]),
  )
  return rows.map((row, i) => (samples[i]!.error ? red(row) : row)).join('\n')
}

function reasonTable({ reasons }: Event<'done'>): string {
  const rows = Object.entries(reasons).map(([reason, lines]) => [worded(reason), plural(lines, 'line')])
  return rows.length > 0
    ? [bold('What would be suppressed'), ...table(rows).map(green)].join('\n')
    : bold('Nobody would be suppressed.')
}

/** Returns the rows of a table, each column as wide as its widest cell. */
function table(rows: readonly string[][]): string[] {
  const cells = rows.map(row => row.map(cut))
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map(row => row[i]!.length))) ?? []
  return cells.map(row => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}`.trimEnd())
}

/** Returns a cell on one line, cut where it is long. */
function cut(text: string): string {
  const plain = shown(text)
  return plain.length > SHOWN_MAX ? `${plain.slice(0, SHOWN_MAX - 1)}…` : plain
}

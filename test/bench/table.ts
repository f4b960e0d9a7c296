import { type Extent, type Figure, isMet } from './figure.ts'

/** Shows progress on a terminal in a line that rewrites itself; an empty text clears it. Logs do not get it. */
export function progress(text = ''): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text && `  ${text} …`}`)
}

const painted = (code: number) => (text: string) =>
  process.stdout.isTTY && !process.env['NO_COLOR'] ? `\x1b[${code}m${text}\x1b[0m` : text
const [dim, green, red] = [painted(2), painted(32), painted(31)]

/** Returns the report: each figure with its aim, its verdict, and its limit. */
export function table(figures: Figure[], extent: Extent, seconds: number): string {
  const names = figures.map(figure => figure.name.length)
  const width = Math.max(...names)
  const row = (name: string, value: string, aim: string) =>
    `  ${name.padEnd(width)}  ${value.padStart(8)}  ${aim.padStart(7)}  `
  const lines = figures.map(figure => {
    const met = isMet(figure)
    const verdict = met === undefined ? dim('–      ') : met ? green('met    ') : red('not met')
    return `${row(figure.name, valueText(figure), aimText(figure))}${verdict}  ${figure.limit}`
  })
  const aims = figures.map(isMet).filter(met => met !== undefined)
  const rows = extent.rows.toLocaleString('en')
  return [
    '',
    dim(`${row('', 'ratio', 'aim')}         what limits it`),
    ...lines,
    '',
    `  ${aims.filter(Boolean).length} of ${aims.length} aims met. ` +
      dim(`Medians of ${extent.rounds} rounds, the two sides in turn. Percentages are of one processor.`),
    dim(`  Checks ran against ${rows} suppressions. ${seconds} s in all.`),
    '',
  ].join('\n')
}

const number = (value: number): string => (value >= 10 ? value.toFixed(1) : value.toFixed(2))

const valueText = ({ value, unit }: Figure): string => (unit ? `${number(value)} ${unit}` : number(value))

function aimText({ aim, unit }: Figure): string {
  if (aim === undefined) return ''
  const [sign, value] =
    'atLeast' in aim ? ['≥', aim.atLeast] : 'atMost' in aim ? ['≤', aim.atMost] : ['=', aim.exactly]
  return unit ? `${sign} ${value} ${unit}` : `${sign} ${value.toFixed(2)}`
}

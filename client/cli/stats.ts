import { each } from '../call.ts'
import type { Answer, Floe } from '../client.ts'
import type { Options } from './options.ts'
import { bold } from './style.ts'
import { Usage } from './usage-error.ts'
import { count, plural, shown } from './words.ts'

type Counts = Answer<'readStatistics'>['counts'][number]

/** Columns of a line. */
const WIDTH = 80

/** Prints how many events there were, by day, or with `--json` an object a line. */
export async function stats(
  client: Floe,
  file: string | undefined,
  { from, to, topic, types, json }: Options,
): Promise<number> {
  if (file !== undefined) throw new Usage(`stats takes no file: ${file} is too much.`)
  let read = { from: '', to: '', upTo: '' }
  const rows: Counts[] = []
  const counts = each(
    place => client.call('readStatistics', { from, to, topic, types, ...place }),
    page => {
      read = page
      return page.counts
    },
  )
  for await (const row of counts) rows.push(row)
  for (const line of json ? rows.map(row => JSON.stringify(row)) : tableOf(rows)) console.log(line)
  console.error(
    `${read.from} to ${read.to}: ${plural(rows.length, 'row')}, counted up to ${read.upTo.slice(0, 16).replace('T', ' ')} UTC`,
  )
  return 0
}

/** Returns a line for each row, below its day; what does not fit stands below its line. */
function tableOf(rows: readonly Counts[]): string[] {
  const widest = (textOf: (row: Counts) => string) =>
    rows.reduce((most, row) => Math.max(most, textOf(row).length), 0)
  const counts = widest(row => count(row.count))
  const types = widest(({ type }) => type)
  const topics = widest(({ topic = '-' }) => topic)
  const indent = counts + types + 6
  return rows.flatMap((row, i) => {
    const { day, type, topic = '-', reason, via } = row
    const how = [...(reason ? [reason] : []), ...(via ? [`via ${via}`] : [])].join(' ')
    const fits = indent + topics + 2 + how.length <= WIDTH
    const head = `  ${count(row.count).padStart(counts)}  ${type.padEnd(types)}`
    const lines = fits
      ? [`${head}  ${topic.padEnd(topics)}  ${how}`.trimEnd()]
      : [`${head}  ${topic}`, `${' '.repeat(indent)}${how}`]
    return [...(day === rows[i - 1]?.day ? [] : [bold(day)]), ...lines.map(shown)]
  })
}

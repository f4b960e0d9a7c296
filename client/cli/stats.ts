import { each } from '../call.ts'
import type { Answer, Floe } from '../client.ts'
import type { Options } from './options.ts'
import { bold } from './style.ts'
import { Usage } from './usage-error.ts'
import { count, plural, shown } from './words.ts'

type Counts = Answer<'readStatistics'>['counts'][number]

/** Columns of a line, and those of a topic in it; a longer name moves what follows it. */
const WIDTH = 80
const TOPIC_WIDTH = 24

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

/** Returns a line for each row, below its day. Topic and channel of one that is too wide stand below it. */
function tableOf(rows: readonly Counts[]): string[] {
  const widest = (textOf: (row: Counts) => string) =>
    rows.reduce((most, row) => Math.max(most, textOf(row).length), 0)
  const counts = widest(row => count(row.count))
  const types = widest(({ type }) => type)
  const topics = Math.min(TOPIC_WIDTH, widest(topicOf))
  const below = (text: string) => text.padStart(Math.min(WIDTH, counts + types + 6 + text.length))
  return rows.flatMap((row, i) => {
    const { day, type, reason, via } = row
    const how = [...(reason ? [reason] : []), ...(via ? [`via ${via}`] : [])].join(' ')
    const head = `  ${count(row.count).padStart(counts)}  ${type.padEnd(types)}`
    const line = `${head}  ${topicOf(row).padEnd(topics)}  ${how}`.trimEnd()
    const lines =
      line.length <= WIDTH ? [line] : [head.trimEnd(), ...[topicOf(row), how].filter(Boolean).map(below)]
    return [...(day === rows[i - 1]?.day ? [] : [bold(day)]), ...lines.map(shown)]
  })
}

const topicOf = ({ topic = '-' }: Counts): string => topic

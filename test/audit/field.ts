import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { runCommand } from '../../ops/cli.ts'
import { REPORT_BYTES, readReport } from '../../worker/inbound/mail-report.ts'

const HELP = `npm run audit:field -- FOLDER [--list] [--post]

Reads every file of a folder, such as a saved mailbox of bounces and complaints, as Floe reads what comes in, and counts how each was
read. Nothing is changed.

  --list   each file besides, with its status
  --post   also sends each to the Floe that "npm start" started (POST /v1/inbound/message), and counts what it did with it`

/** Where a running demo is, and its key. */
interface Demo {
  baseUrl: string
  apiKey: string
}

await runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean' }, post: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  const [folder] = positionals
  if (values.help || folder === undefined) return console.log(HELP)
  const demo = values.post ? (JSON.parse(readFileSync('.local/demo.json', 'utf8')) as Demo) : undefined
  const read: Record<string, number> = {}
  const posted: Record<string, number> = {}
  for (const path of filesIn(folder)) {
    const bytes = readFileSync(path)
    const report = await readReport(bytes.subarray(0, REPORT_BYTES))
    const said =
      'refused' in report
        ? [report.refused]
        : report.entries.length === 0
          ? ['nothing failed']
          : report.entries.map(({ kind, status }) => `${kind}${status ? ` ${status}` : ''}`)
    if (values.list) console.log(`${relative(folder, path)}  ${said.join(', ')}`)
    for (const one of said) count(read, one.split(' ')[0] === 'nothing' ? one : one.split(' ')[0]!)
    if (demo) count(posted, await post(demo, bytes))
  }
  print('read as', read)
  if (demo) print('answered', posted)
})

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesIn(path)
    else yield path
  }
}

/** Sends a mail to a running Floe, and returns in a few words what it did with it. */
async function post({ baseUrl, apiKey }: Demo, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const answer = await fetch(`${baseUrl}/v1/inbound/message`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'message/rfc822' },
    body: bytes,
  })
  const said = (await answer.json()) as { why?: string; suppressed?: number; taken?: number }
  if (!answer.ok) return `${answer.status} ${said.why ?? ''}`.trim()
  return said.suppressed ? 'acted' : said.taken ? 'counted' : 'nothing done'
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}

function print(title: string, counts: Record<string, number>): void {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a)
  const width = Math.max(...rows.map(([name]) => name.length), title.length)
  console.log(`\n${title.padEnd(width)}  number`)
  for (const [name, number] of rows) console.log(`${name.padEnd(width)}  ${String(number).padStart(6)}`)
}

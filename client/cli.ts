import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createClient } from './client.ts'
import { check, exportList, importList, links, type Options, topics } from './commands.ts'
import { consentList } from './consent-list.ts'
import { FloeError, FloeUnreachable, Usage } from './error.ts'
import { events } from './events.ts'
import { importsList, undoImport } from './import-list.ts'
import { keyList } from './key-list.ts'
import { lintMail } from './lint.ts'
import { probe } from './probe.ts'
import { Progress } from './progress.ts'
import { verify } from './verify.ts'

const HELP = `npx floe <command> [file] [options]

  topics    lists the topics there are to name
  check     says which recipients may be mailed            --topic --purpose --sha256
  links     mints links and header fields                  --topic --ref
  import    suppresses a list, CSV or NDJSON, of any size  --scope --topic --reason --format --name
                                                           --address-column --reason-column --time-column
                                                           --date-order (day_first, month_first) --charset
                                                           --dry-run (says what it would do, and writes nothing)
  imports   lists what was imported
  undo      lifts what an import made, by its name         --yes
  export    writes every suppression                       --format --output --scope --topic --reason --source --since
            or what is suppressed of each line of a list   --match (your list) --address-column --charset
  consents  records consents you hold, CSV or NDJSON, as   --topic --basis --notice name@version --source-url --wording
            providers export them                          --column field=heading --charset --format --dry-run
  events    writes what happened, a JSON object a line      --follow --state --types --after --evidence
  api-keys  lists your workspace's keys that count, and which key made them
  verify    verifies a consent receipt                     --jwks (saved keys, to do it offline)
  lint      looks a finished mail over, fires nothing      --dkim-keys (a JSON file of key records by name)
  probe     fires what mail programs fire at a one-click   --test-link --yes
            link of any system: only at a link made for it
  keys      what operators rotate keys with; npx floe keys --help

Recipients come one a line from the file, or from standard input. The key comes from FLOE_API_KEY, the address of Floe from
--url or FLOE_URL (http://127.0.0.1:8787); beside a demo that runs here, its key is taken.

  --json    one JSON object a line, for programs

Ends with 0 when all is well; 1 when somebody may not be mailed, a line was not taken, a receipt is not genuine, or
a mail or link is not as it should be; 2 for a call that makes no sense; 3 when Floe refused or could not be reached,
and nothing is known; 130 when interrupted (an import goes on when it is called again).`

const COMMANDS = {
  topics,
  check,
  links,
  import: importList,
  consents: consentList,
  imports: importsList,
  undo: undoImport,
  export: exportList,
  lint: lintMail,
  events,
  'api-keys': keyList,
}
const KEYLESS = ['verify', 'probe']

/** Runs a command and returns its exit code. */
export async function main(args: string[]): Promise<number> {
  // An operators' command: it uses the database's credentials and needs no API key.
  if (args[0] === 'keys') return operate(args.slice(1))
  const progress = new Progress()
  try {
    const { command, file, options } = parsed(args)
    if (!command) {
      console.log(HELP)
      return args.length > 0 && !args.includes('--help') ? 2 : 0
    }
    if (command === 'verify') return await verify(file, options)
    if (command === 'probe') return await probe(file, options)
    const client = createClient({ baseUrl: options.url, apiKey: keyFor(options.url) })
    process.once('SIGINT', () => {
      progress.clear()
      if (command === 'import' && !options['dry-run'])
        console.error('Interrupted. The same command goes on where it stands.')
      process.exit(130)
    })
    return await COMMANDS[command](client, file, options, progress)
  } catch (error) {
    progress.clear()
    if (error instanceof Usage) {
      console.error(`${error.message}\nnpx floe --help says more.`)
      return 2
    }
    if (error instanceof FloeError) console.error(`${error.message} (${error.code})${fieldsOf(error)}`)
    else if (error instanceof FloeUnreachable)
      console.error(`${error.message}. Nothing is known: do not send.`)
    else console.error(error instanceof Error ? error.message : String(error))
    return 3
  }
}

async function operate(args: string[]): Promise<number> {
  const { runKeys } = await import('../ops/keys.ts')
  await runKeys(args)
  return Number(process.exitCode ?? 0)
}

function parsed(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string', default: process.env['FLOE_URL'] ?? 'http://127.0.0.1:8787' },
        topic: text,
        purpose: text,
        ref: text,
        scope: text,
        reason: text,
        source: text,
        since: text,
        format: text,
        name: text,
        charset: text,
        'address-column': text,
        'reason-column': text,
        match: text,
        'time-column': text,
        'date-order': text,
        column: { type: 'string', multiple: true },
        basis: text,
        notice: text,
        wording: text,
        'source-url': text,
        'dry-run': { type: 'boolean' },
        output: text,
        jwks: text,
        'dkim-keys': text,
        'test-link': { type: 'boolean' },
        yes: { type: 'boolean' },
        types: text,
        after: text,
        state: text,
        follow: { type: 'boolean', default: false },
        evidence: { type: 'boolean', default: false },
        sha256: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    })
    const [command, file, ...more] = values.help ? [] : positionals
    if (more.length > 0) throw new Usage(`One file at a time: ${more.join(' ')} is too much.`)
    if (command !== undefined && !KEYLESS.includes(command) && !Object.hasOwn(COMMANDS, command))
      throw new Usage(`There is no command ${command}.`)
    if (!URL.canParse(values.url)) throw new Usage(`${values.url} is no address.`)
    const { help: _, ...options } = values
    return {
      command: command as keyof typeof COMMANDS | 'verify' | 'probe' | undefined,
      file,
      options: options as Options,
    }
  } catch (error) {
    throw error instanceof Usage ? error : new Usage(error instanceof Error ? error.message : String(error))
  }
}

/** Returns the API key. It is never an argument, since every user of a machine can read those. */
function keyFor(url: string): string {
  const { FLOE_API_KEY } = process.env
  if (FLOE_API_KEY) return FLOE_API_KEY
  try {
    const demo = JSON.parse(readFileSync('.local/demo.json', 'utf8')) as { baseUrl: string; apiKey: string }
    if (new URL(demo.baseUrl).origin === new URL(url).origin) return demo.apiKey
  } catch {
    // No demo runs here.
  }
  throw new Usage('FLOE_API_KEY is not set.')
}

function fieldsOf({ problem }: FloeError): string {
  const errors = Array.isArray(problem['errors'])
    ? (problem['errors'] as { field: string; message: string }[])
    : []
  return errors.map(({ field, message }) => `\n  ${field} ${message}`).join('')
}

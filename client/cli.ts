import { readFileSync } from 'node:fs'
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
import { asked, HELP, helpWith } from './usage.ts'
import { verify } from './verify.ts'

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

/** Runs a command and returns its exit code. */
export async function main(args: string[]): Promise<number> {
  // An operators' command: it uses the database's credentials and needs no API key.
  if (args[0] === 'keys') return operate(args.slice(1))
  const progress = new Progress()
  try {
    if (args[0] === '--version') {
      console.log(version())
      return 0
    }
    const { command, file, options, help } = asked(args)
    if (help || !command) {
      console.log(command ? helpWith(command) : HELP)
      return help || args.length === 0 ? 0 : 2
    }
    if (command === 'verify') return await verify(file, placed(options))
    if (command === 'probe') return await probe(file, options)
    const { url } = placed(options)
    const client = createClient({ baseUrl: url, apiKey: keyFor(url) })
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

const version = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

/** Returns options with the address of Floe: as given, as in the environment, or the demo's that runs here. */
function placed(options: Options): Options {
  const url = options.url ?? process.env['FLOE_URL'] ?? demoHere()?.baseUrl ?? 'http://127.0.0.1:8787'
  if (!URL.canParse(url)) throw new Usage(`${url} is no address.`)
  return { ...options, url }
}

/** Returns the demo that runs in this folder, if one does. */
function demoHere(): { baseUrl: string; apiKey: string } | undefined {
  try {
    return JSON.parse(readFileSync('.local/demo.json', 'utf8'))
  } catch {
    return undefined
  }
}

/** Returns the API key. It is never an argument, since every user of a machine can read those. */
function keyFor(url: string): string {
  const { FLOE_API_KEY } = process.env
  if (FLOE_API_KEY) return FLOE_API_KEY
  const demo = demoHere()
  if (demo && new URL(demo.baseUrl).origin === new URL(url).origin) return demo.apiKey
  throw new Usage('FLOE_API_KEY is not set.')
}

function fieldsOf({ problem }: FloeError): string {
  const errors = Array.isArray(problem['errors'])
    ? (problem['errors'] as { field: string; message: string }[])
    : []
  return errors.map(({ field, message }) => `\n  ${field} ${message}`).join('')
}

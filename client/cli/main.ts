import { readFileSync } from 'node:fs'
import { createClient } from '../client.ts'
import { FloeError, FloeUnreachable } from '../error.ts'
import { anyCall, listCalls } from './any-call.ts'
import type { CommandName } from './command-table.ts'
import { check, exportList, importList, links, topics } from './commands.ts'
import { completion } from './completion.ts'
import { keyFor, placed } from './connection.ts'
import { prove, subscribe, withdraw } from './consent-calls.ts'
import { consentList } from './consent-list.ts'
import { events } from './events.ts'
import { importsList, undoImport } from './import-list.ts'
import { keyList } from './key-list.ts'
import { lintMail } from './lint.ts'
import { rights, webhooks } from './lists.ts'
import type { Options } from './options.ts'
import { probe } from './probe.ts'
import { login, logout, profiles } from './profile.ts'
import { Progress } from './progress.ts'
import { report } from './report.ts'
import { stats } from './stats.ts'
import { find, lift, suppress } from './suppressions.ts'
import { asked, HELP, helpWith } from './usage.ts'
import { Usage } from './usage-error.ts'
import { verify } from './verify.ts'

/** What runs with a key. */
const COMMANDS = {
  topics,
  check,
  links,
  lint: lintMail,
  find,
  suppress,
  lift,
  import: importList,
  imports: importsList,
  undo: undoImport,
  export: exportList,
  subscribe,
  consents: consentList,
  withdraw,
  prove,
  rights,
  report,
  stats,
  events,
  webhooks,
  keys: keyList,
  call: anyCall,
}

/** What runs without one. */
const LOCAL = {
  verify: (file, options) => verify(file, placed(options)),
  probe,
  login,
  logout,
  profiles,
  completion,
} satisfies Record<string, (name: string | undefined, options: Options) => number | Promise<number>>

/** Runs a command and returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const progress = new Progress()
  // Whoever reads the answers may have read enough; that says nothing of them.
  process.stdout.on('error', () => process.exit(3))
  try {
    if (args[0] === '--version') {
      console.log(version())
      return 0
    }
    const { command, file, second, options, help } = asked(args)
    if (help || !command) {
      console.log(command ? helpWith(command) : HELP)
      return help || args.length === 0 ? 0 : 2
    }
    if (isLocal(command)) return await LOCAL[command](file, options)
    if (command === 'call' && file === undefined) return listCalls()
    const { url } = placed(options)
    const client = createClient({ baseUrl: url, apiKey: keyFor(url, options) })
    process.once('SIGINT', () => {
      progress.clear()
      if (command === 'import' && !options['dry-run'])
        console.error('Interrupted. The same command goes on where it stands.')
      process.exit(130)
    })
    return await COMMANDS[command](client, file, options, progress, second)
  } catch (error) {
    progress.clear()
    if (error instanceof Usage) {
      console.error(`${error.message}\nfloe --help says more.`)
      return 2
    }
    if (error instanceof FloeError) console.error(`${error.message} (${error.code})${fieldsOf(error)}`)
    else if (error instanceof FloeUnreachable)
      console.error(`${error.message}. Nothing is known: do not send.`)
    else console.error(error instanceof Error ? error.message : String(error))
    return 3
  }
}

const version = (): string =>
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version

const isLocal = (command: CommandName): command is keyof typeof LOCAL => Object.hasOwn(LOCAL, command)

function fieldsOf({ problem }: FloeError): string {
  const errors = Array.isArray(problem['errors'])
    ? (problem['errors'] as { field: string; message: string }[])
    : []
  return errors.map(({ field, message }) => `\n  ${field} ${message}`).join('')
}

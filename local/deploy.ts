import { execFileSync, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { HOLDINGS, type Holding, type WorkerName } from '../core/holdings.ts'
import { isEntry, runCommand } from '../ops/cli.ts'
import { demandOwnNames } from '../ops/placeholders.ts'
import { varsOf } from '../ops/worker-vars.ts'
import { build } from './build.ts'
import { configOf } from './class-transfer.ts'
import { ROOT } from './folder.ts'
import { WORKERS, type WorkerSource } from './workers.ts'

const USAGE = `npm run deploy                     builds; deploys floe-app, floe-console and floe
npm run deploy -- lane             deploys the write lane alone, before the others the first time
npm run deploy -- secret NAME      gives a secret, read from standard input, to each Worker that may hold it
      --from floe                  the first time, where Floe was one Worker: takes over what it has stored
      --dry-run                    shows what would be uploaded, and uploads nothing`

/** What is deployed together, in the order in which each finds those that it calls. */
const TOGETHER: readonly WorkerName[] = ['floe-app', 'floe-console', 'floe']

/** The Workers that a command deploys. */
export const deployedBy = (command: string | undefined): readonly WorkerSource[] =>
  (command === 'lane' ? (['floe-lane'] as const) : TOGETHER).map(
    name => WORKERS.find(worker => worker.name === name)!,
  )

/** Returns wrangler's arguments that deploy a Worker; `from` is the script that its Durable Objects are transferred from. */
export const deployment = (worker: WorkerSource, vars: Record<string, string>, from?: string): string[] => [
  'deploy',
  '--config',
  configOf(worker, from),
  ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
]

/** Lets a Worker that keeps its former name start with the secrets that it had; the next deployment does not. */
const takingOver = ({ name }: WorkerSource, vars: Record<string, string>, from?: string) =>
  name === from ? { ...vars, TAKES_OVER: from } : vars

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [command, secret, ...more] = positionals
  if (values.help) return console.log(USAGE)
  if (
    more.length > 0 ||
    (command !== undefined && command !== 'lane' && command !== 'secret') ||
    (secret !== undefined) !== (command === 'secret') ||
    (secret !== undefined && (values.from !== undefined || values['dry-run']))
  )
    throw new Error(USAGE)
  if (secret !== undefined) return putSecret(secret)
  const commit = commitHere()
  const workers = deployedBy(command).map(worker => ({ worker, vars: varsOf(worker.name, commit) }))
  demandOwnNames(Object.assign({}, ...workers.map(({ vars }) => vars)))
  await build()
  for (const { worker, vars } of workers)
    wrangler([
      ...deployment(worker, takingOver(worker, vars, values.from), values.from),
      ...(values['dry-run'] ? ['--dry-run'] : []),
    ])
  if (command !== 'lane')
    console.log(
      'The write lane is as it was. After a change of its database: npm run deploy -- lane, for it holds DATABASE_URL, REPLICA_URLS and CLUSTERS too.',
    )
}

/** Returns the Workers that may hold a secret. Throws for a name that is none. */
export function holdersOf(secret: string): readonly WorkerSource[] {
  const { kind, workers } = (HOLDINGS as Record<string, Holding>)[secret] ?? { kind: 'var', workers: [] }
  if (kind !== 'secret') throw new Error(`${secret} is no secret of Floe; vars stand in the wrangler files.`)
  return WORKERS.filter(({ name }) => workers.includes(name))
}

async function putSecret(secret: string): Promise<void> {
  const holders = holdersOf(secret)
  // At a terminal wrangler asks for it itself, and shows nothing of what is typed.
  const value = process.stdin.isTTY ? undefined : (await text(process.stdin)).trim()
  if (value === '') throw new Error(`Nothing came on standard input; ${secret} is as it was.`)
  for (const { config } of holders) wrangler(['secret', 'put', secret, '--config', config], value)
}

function wrangler(args: string[], input?: string): void {
  const { status } = spawnSync(process.execPath, [`${ROOT}/node_modules/wrangler/bin/wrangler.js`, ...args], {
    cwd: ROOT,
    stdio: [input === undefined ? 'inherit' : 'pipe', 'inherit', 'inherit'],
    ...(input !== undefined && { input }),
  })
  if (status !== 0)
    throw new Error(
      `wrangler ${args.slice(0, 5).join(' ')} failed; what came before it is done. Run the command again.`,
    )
}

function commitHere(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

if (isEntry(import.meta.url)) await runCommand(main)

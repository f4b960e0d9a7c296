import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { FORMER_GENERATION } from '../core/cipher.ts'
import { systemClock, timestamp } from '../core/clock.ts'
import { Fault } from '../core/fault.ts'
import { parseKeyring } from '../core/keys.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { currentSchedule, type KeySchedule } from '../db/key-schedule.ts'
import { EVERY_DAYS, unreadableBy } from '../worker/encryption/schedule.ts'
import { parseVault } from '../worker/encryption/setting.ts'
import { parseClusters, parseClusterTokens } from '../worker/lane/cluster-setting.ts'
import { counted } from './backup.ts'
import { endpointFromEnv, isEntry, operatorFromEnv, runCommand } from './cli.ts'
import { keepKeySchedule } from './keep-key-schedule.ts'
import { writeNewSecrets } from './new-secrets.ts'
import { nextKeyring } from './next-keyring.ts'
import { allTenants, type Operator, operatorOf, readAsOperator } from './operator.ts'
import { keySecrets } from './operator-keys.ts'
import { progressLine } from './progress.ts'
import { keyUse, retireDataKeys, rewrapDataKeys, rotateDataKeys } from './rotate-keys.ts'
import { keyringFile, publishBy, transitKey } from './wrapping-keys.ts'

const HELP = `npm run -s keys -- <command>

  new FOLDER                makes the secrets of a new Floe, a file each, and the key its databases are started with
  status                    says which keys are in use, and for how much
  rotate encryption         gives every tenant a new data key and seals anew what is there, while all goes on.
                            Broken off, it goes on where it stopped when it is called again
    --retire                destroys the data keys that were replaced, a day later at the earliest
  rotate wrapping           wraps the data keys anew, by the first of KEY_ENCRYPTION_KEYS or by Vault
  rotate signing [SECRET]   prints the keyring that comes next; SECRET is TOKEN_KEYS, ACCESS_KEYS, RECEIPT_KEYS
                            or KEY_ENCRYPTION_KEYS. Twice: the first lets a new key be known, the second be used
                            npm run -s keys -- rotate signing TOKEN_KEYS | npm run deploy -- secret TOKEN_KEYS
  schedule --keyring FILE -- COMMAND…
                            does what is due so that whatever was erased can be read in no copy KEY_ROTATION_DAYS later
                            (7 to 365, 30 if not set): new keys, everything sealed anew, those before destroyed. Run it
                            each day. FILE holds KEY_ENCRYPTION_KEYS as the Worker has it and is written; COMMAND gets it on
                            standard input when it changes: npm run deploy -- secret KEY_ENCRYPTION_KEYS.
                            With Vault, neither: its token has to be allowed to manage the key

Reads DATABASE_URL, DATABASE_AUTH_TOKEN and the Worker's own KEY_ENCRYPTION_KEYS, VAULT_URL, VAULT_TOKEN, VAULT_KEY, VAULT_NAMESPACE
and DATA_KEY from the environment, "schedule" CLUSTERS and CLUSTER_AUTH_TOKENS too; "rotate signing" only the secret it is about.
"rotate encryption" and "schedule" need --as NAME: the ledger names who does it, by the name you go by and no address.`

const KEYRINGS = ['TOKEN_KEYS', 'ACCESS_KEYS', 'RECEIPT_KEYS', 'KEY_ENCRYPTION_KEYS'] as const

/** Runs `npm run keys`. Throws an error whose message is for the operator. */
export async function keysCommand(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      retire: { type: 'boolean' },
      help: { type: 'boolean' },
      keyring: { type: 'string' },
      as: { type: 'string' },
    },
  })
  const [verb, what, name, ...more] = positionals
  const plain = !values.retire && name === undefined && values.as === undefined
  if (values.help) console.log(HELP)
  else if (verb === 'schedule' && !values.retire) await schedule(values, positionals.slice(1))
  else if (values.keyring !== undefined) throw new Error(HELP)
  else if (verb === 'status' && what === undefined && plain) await status()
  else if (verb === 'new' && what !== undefined && plain)
    console.log(`made in ${what}: ${(await writeNewSecrets(what)).join(', ')}`)
  else if (verb !== 'rotate' || more.length > 0) throw new Error(HELP)
  else if (what === 'index')
    throw new Error(
      'INDEX_KEY can never be rotated: every address id derives from it, and they stand in links and in the ledger',
    )
  else if (what === 'signing' && !values.retire && values.as === undefined)
    printNextKeyring(name ?? 'TOKEN_KEYS')
  else if (what === 'wrapping' && plain) await wrapping()
  else if (what === 'encryption' && name === undefined)
    await (values.retire ? retire : encryption)(operatorFromEnv(values.as))
  else throw new Error(HELP)
}

async function encryption(operator: Operator): Promise<void> {
  const wait = (ms: number) => {
    console.error(`new keys are known everywhere in ${Math.ceil(ms / 1000)} s, then the rest is sealed anew`)
    return new Promise(resolve => setTimeout(resolve, ms))
  }
  const line = progressLine('texts sealed anew')
  const { made, sealedAnew, unreadable } = await rotateDataKeys(operator, keySecrets(process.env), {
    wait,
    progress: line.show,
  })
  line.end()
  console.log(
    made > 0
      ? `new data keys: ${counted(made, 'tenant')}; sealed anew: ${counted(sealedAnew, 'text')}`
      : `what an earlier run began is finished; sealed anew: ${counted(sealedAnew, 'text')}. Run it again for new keys`,
  )
  if (unreadable > 0)
    throw new Error(
      `${counted(unreadable, 'text')} could not be read: no key opens what is there, and it was left as it is`,
    )
}

async function schedule(
  { keyring: path, as }: { keyring?: string | undefined; as?: string | undefined },
  command: string[],
): Promise<void> {
  const { KEY_ROTATION_DAYS, KEY_ENCRYPTION_KEYS, ...env } = process.env
  const everyDays = Number(KEY_ROTATION_DAYS || EVERY_DAYS.usual)
  if (!Number.isInteger(everyDays) || everyDays < EVERY_DAYS.least || everyDays > EVERY_DAYS.most)
    throw new Error(`KEY_ROTATION_DAYS must be a number of days, ${EVERY_DAYS.least} to ${EVERY_DAYS.most}`)
  const secrets = (keyring?: string) => keySecrets({ ...env, KEY_ENCRYPTION_KEYS: keyring })
  const setting = parseVault({ ...env, KEY_ENCRYPTION_KEYS })
  if ('field' in setting) throw new Error(`${setting.field} ${setting.message}`)
  const wait = (ms: number) => {
    console.error(`what changed is known everywhere in ${Math.ceil(ms / 1000)} s`)
    return sleep(ms)
  }
  if (setting.transit && (KEY_ENCRYPTION_KEYS || path !== undefined || command.length > 0))
    throw new Error('Vault wraps the data keys: "rotate wrapping", then take KEY_ENCRYPTION_KEYS away')
  if (!setting.transit && (path === undefined || command.length === 0))
    throw new Error('"schedule" needs --keyring FILE and the COMMAND that tells the Worker of it')
  const run = await keepKeySchedule({
    endpoints: clusterEndpoints().map(endpoint => operatorOf(endpoint, as)),
    wrapping: setting.transit ? transitKey(setting.transit) : keyringFile(path!, publishBy(command), wait),
    secrets,
    everyDays,
    wait,
  })
  const { dataKeys, wrappingKeys } = run.destroyed
  if (run.begun) console.log(`new keys, and under them: ${counted(run.sealedAnew, 'text')}`)
  if (dataKeys + wrappingKeys.length > 0)
    console.log(`destroyed: ${[counted(dataKeys, 'data key'), ...wrappingKeys].join(', ')}`)
  if (run.waits) console.log('the keys before are still there: a run a day after the new ones destroys them')
  console.log(describeSchedule(run.schedule))
}

/** Returns the primaries of all clusters, from the Worker's own settings. */
function clusterEndpoints(): Endpoint[] {
  const { CLUSTERS = '[]', CLUSTER_AUTH_TOKENS = '' } = process.env
  const clusters = parseClusters(CLUSTERS)
  const tokens = parseClusterTokens(CLUSTER_AUTH_TOKENS)
  if (!clusters) throw new Error('CLUSTERS must be as the Worker has it')
  if (!tokens) throw new Error('CLUSTER_AUTH_TOKENS must be as the Worker has it')
  return [
    endpointFromEnv(),
    ...clusters.map(({ number, primary }) => ({ url: primary, authToken: tokens.get(number) })),
  ]
}

function describeSchedule(schedule: KeySchedule): string {
  const by = unreadableBy(schedule, systemClock())
  const kept = `keys are destroyed within ${schedule.everyDays} days; last run ${timestamp(schedule.keptAt).slice(0, 10)}`
  return by === undefined
    ? `${kept}: not kept, and no recipient is told a day`
    : `${kept}; what is erased now is unreadable in all copies by ${timestamp(by).slice(0, 10)}`
}

async function wrapping(): Promise<void> {
  const line = progressLine('data keys looked at')
  const { rewrapped, total } = await rewrapDataKeys(endpointFromEnv(), keySecrets(process.env), line.show)
  line.end()
  console.log(`wrapped anew: ${counted(rewrapped, 'data key')} of ${total}`)
}

async function retire(operator: Operator): Promise<void> {
  console.log(
    `destroyed: ${counted(await retireDataKeys(operator), 'data key')} that a newer one had replaced`,
  )
  const { counts } = await keyUse(operator)
  if (!counts.some(({ generation }) => generation === FORMER_GENERATION))
    console.log('nothing is sealed under DATA_KEY')
}

async function status(): Promise<void> {
  const endpoint = endpointFromEnv()
  const [{ keys, counts }, [tenants, planned]] = await Promise.all([
    keyUse(endpoint),
    readAsOperator(endpoint, [allTenants, currentSchedule]),
  ])
  for (const { number, name } of tenants) {
    const own = keys.filter(key => key.tenant === number)
    const textsUnder = (generation: number) =>
      counts
        .filter(each => each.tenant === number && each.generation === generation)
        .reduce((sum, { count }) => sum + count, 0)
    const former = textsUnder(FORMER_GENERATION)
    if (former > 0) console.log(`${name}  DATA_KEY  ${counted(former, 'text')}`)
    else if (own.length === 0) console.log(`${name}  no data key yet, and nothing sealed`)
    for (const { generation, madeAt, wrapped } of own) {
      const newest = generation === own.at(-1)!.generation ? '  newest' : ''
      const by = wrapped.split(':').slice(0, 2).join(':')
      console.log(
        `${name}  data key ${generation}  made ${timestamp(madeAt).slice(0, 10)}  wrapped by ${by}  ${counted(textsUnder(generation), 'text')}${newest}`,
      )
    }
  }
  if (planned) console.log(describeSchedule(planned))
  for (const secret of KEYRINGS) {
    const ring = parseKeyring(process.env[secret] ?? '')
    if (!ring) continue
    const [first, ...others] = ring.map(({ id }) => id)
    console.log(`${secret}  ${first} in use${others.length > 0 ? `, ${others.join(', ')} known` : ''}`)
  }
}

function printNextKeyring(name: string): void {
  if (!KEYRINGS.some(known => known === name)) throw new Error(HELP)
  let next: ReturnType<typeof nextKeyring>
  try {
    next = nextKeyring(process.env[name] ?? '')
  } catch (error) {
    throw new Error(`${name} must be the keyring the Worker has: ${(error as Error).message}`)
  }
  process.stdout.write(`${next.text}\n`)
  console.error(
    next.step === 'added'
      ? `key ${next.id} is new and stands behind: set this, wait a minute, then run it again with it`
      : `key ${next.id} stands in front and is used from now on; those behind it go on being known`,
  )
}

/** Runs the command. Where keys are unavailable, it reports the cause, which tells the operator more. */
export const runKeys = (args: string[]): Promise<void> =>
  runCommand(() =>
    keysCommand(args).catch(error => {
      throw error instanceof Fault && error.cause instanceof Error ? error.cause : error
    }),
  )

if (isEntry(import.meta.url)) await runKeys(process.argv.slice(2))

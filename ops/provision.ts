import { parseArgs } from 'node:util'
import * as z from 'zod'
import { DEFAULT_PERMISSIONS, PERMISSIONS, type Permission, SENDER_PERMISSIONS } from '../core/api-key.ts'
import { type Clock, systemClock, timestamp } from '../core/clock.ts'
import { CLUSTER_MAX, FIRST_CLUSTER } from '../core/cluster.ts'
import { type Keyring, openKeyring, parseKeyring } from '../core/keys.ts'
import { brand } from '../db/brand.ts'
import { builder, ordinary } from '../db/engine/builder.ts'
import { type Endpoint, StatementRefused } from '../db/engine/hrana.ts'
import { linkHost } from '../db/link-host.ts'
import { notice } from '../db/notice.ts'
import { workspace } from '../db/tenant.ts'
import { topic } from '../db/topic.ts'
import { endpointFrom, endpointFromEnv, isEntry, operatorFromEnv, runCommand } from './cli.ts'
import { difference, type PlanChange } from './difference.ts'
import { liftMistake } from './lift-mistake.ts'
import { allTenants, commitAsOperator, type Operator, readAsOperator } from './operator.ts'
import { type Plan, planSchema } from './plan.ts'
import { readPlan } from './plan-file.ts'
import { copyPlatform } from './platform-copy.ts'
import { preview } from './preview.ts'
import { createKey, listKeys, revokeKey } from './provision-key.ts'
import { undoMistakenImport } from './undo-import.ts'

/** Cluster of a plan's database, and the primaries of other clusters, for values that must be unique across them. */
export interface Among {
  cluster: number
  beside?: readonly Endpoint[]
}

/**
 * Applies a plan: creates missing rows and updates texts, each with its ledger event, all in one transaction. It never deletes or
 * renames, since mailed links contain numbers and names; a second run changes nothing.
 */
export async function provision(
  operator: Operator,
  plan: Plan,
  clock: Clock = systemClock,
  { cluster, beside = [] }: Among = { cluster: FIRST_CLUSTER },
): Promise<PlanChange[]> {
  const wanted = planSchema.safeParse(plan)
  if (!wanted.success) throw new Error(z.prettifyError(wanted.error))
  const others = await Promise.all(beside.map(other => readAsOperator(other, [HOSTS])))
  const elsewhere = others.flatMap(([hosts]) => hosts.map(({ host }) => host))
  for (let attempt = 1; ; attempt++) {
    const [tenants, workspaces, topics, notices, brands, hosts] = await readAsOperator(operator, ALL)
    const state = { tenants, workspaces, topics, notices, brands, hosts, cluster, elsewhere }
    const { act, changes } = difference(wanted.data, state, clock(), operator)
    try {
      if (act.length > 0) await commitAsOperator(operator, act)
      return changes
    } catch (error) {
      // Another run took a number or name in between, so the rows are read again.
      if (!(error instanceof StatementRefused) || attempt === 3) throw error
    }
  }
}

const HOSTS = ordinary(builder.select().from(linkHost))
const ALL = [
  allTenants,
  ordinary(builder.select().from(workspace)),
  ordinary(builder.select().from(topic)),
  ordinary(builder.select().from(notice)),
  ordinary(builder.select({ workspace: brand.workspace, digest: brand.digest }).from(brand)),
  HOSTS,
] as const

const USAGE = `npm run provision -- <plan.json> --as <you>                     create what is missing, update texts
npm run provision -- preview <plan.json> --as <you>             see its brands before recipients do
npm run provision -- platform --beside <other primary> --as <you>
                                                                copy the platform's suppressions from another cluster
npm run provision -- key create <tenant>/<workspace> [--permissions a,b] --as <you>
npm run provision -- key list
npm run provision -- key revoke <key_…> [--keep-children] --as <you>
                                                                and what it made, unless that is kept
npm run provision -- suppression lift <sup_…> --of <tenant>/<workspace> --ticket <case> --as <you>
                                                                one that was a mistake
npm run provision -- import undo <name> --of <tenant>/<workspace> --ticket <case> --as <you>
                                                                one that was a mistake, however long ago

The ledger names who did it: --as takes the name you go by, such as ada.lovelace, and no address.
Of another cluster than the first: --cluster <number> with a plan, and --beside <other primary> for each other cluster.
Reads DATABASE_URL and DATABASE_AUTH_TOKEN; key create and preview also TOKEN_KEYS, preview BASE_URL; --beside BESIDE_AUTH_TOKEN.
Permissions: ${PERMISSIONS.join(', ')}.
Of them, a key is given ${DEFAULT_PERMISSIONS.join(', ')} when none are named; "sender" names all but
${PERMISSIONS.filter(one => !SENDER_PERMISSIONS.includes(one)).join(' and ')}.`

async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      permissions: { type: 'string' },
      'keep-children': { type: 'boolean', default: false },
      as: { type: 'string' },
      of: { type: 'string' },
      ticket: { type: 'string' },
      cluster: { type: 'string', default: String(FIRST_CLUSTER) },
      beside: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return
  }
  const [first, verb, subject] = positionals
  const operator = () => operatorFromEnv(values.as)
  const beside = values.beside.map(url => endpointFrom(url, '--beside', process.env['BESIDE_AUTH_TOKEN']))
  if (first === 'key' && verb === 'create' && subject) {
    const { text, name } = await createKey(
      operator(),
      keyringFromEnv(),
      subject,
      permissionsOf(values.permissions),
    )
    console.log(`${text}\n\n${name} for ${subject}. This is the only time the key is shown.`)
  } else if (first === 'key' && verb === 'list' && !subject && !values.as) {
    for (const key of await listKeys(endpointFromEnv())) {
      const used = `used ${day(key.lastUsedAt)}`
      const end = key.expiresAt === null ? used : `${used}  ends ${day(key.expiresAt)}`
      const state = key.revokedAt === null ? end : `revoked ${day(key.revokedAt)}`
      const origin = key.cameOf === null ? '' : `  of ${key.cameOf}`
      console.log(
        `${key.name}  ${key.workspace}  created ${day(key.createdAt)}${origin}  ${state}  ${key.permissions.join(',')}`,
      )
    }
  } else if (first === 'key' && verb === 'revoke' && subject) {
    const children = values['keep-children'] ? 'keep' : 'end'
    const { alsoRevoked, kept } = await revokeKey(operator(), subject, systemClock, children)
    console.log(`${subject} is revoked`)
    for (const name of alsoRevoked) console.log(`${name}, which came of it, is revoked`)
    for (const name of kept) console.log(`${name}, which came of it, goes on`)
  } else if (first === 'suppression' && verb === 'lift' && subject && values.of && values.ticket) {
    const mistake = { path: values.of, id: subject, ticket: values.ticket }
    const { scope, reason, since } = await liftMistake(operator(), mistake)
    console.log(`${subject} is lifted: ${reason}, ${scope}, since ${since}`)
  } else if (first === 'import' && verb === 'undo' && subject && values.of && values.ticket) {
    const mistake = { path: values.of, name: subject, ticket: values.ticket }
    const { lifted, kept } = await undoMistakenImport(operator(), mistake)
    console.log(
      `${subject} is undone: ${lifted} lifted, ${kept} kept, of whose recipients something was told since`,
    )
    console.log(
      'Imports that came later may have found the same people suppressed: have their lists sent again',
    )
  } else if (first === 'preview' && verb && !subject) {
    const { BASE_URL = '' } = process.env
    if (!URL.canParse(BASE_URL)) throw new Error('BASE_URL must be the one the Worker has')
    const links = await preview(operator(), keyringFromEnv(), new URL(BASE_URL).origin, readPlan(verb))
    for (const { path, url } of links) console.log(`${path}  ${url}`)
    if (links.length === 0) console.log('the plan holds no brand')
  } else if (first === 'platform' && beside.length === 1 && !verb) {
    const copied = await copyPlatform(beside[0]!, operator())
    console.log(`${copied} of the platform's suppressions are new here`)
  } else if (
    first &&
    first !== 'key' &&
    first !== 'platform' &&
    first !== 'suppression' &&
    first !== 'import' &&
    positionals.length === 1
  ) {
    const among = { cluster: clusterFrom(values.cluster), beside }
    const changes = await provision(operator(), readPlan(first), systemClock, among)
    for (const { type, path } of changes) {
      const [noun = '', verb = ''] = type.split('.')
      console.log(`${verb} ${noun.padEnd(9)} ${path}`)
    }
    for (const { note } of changes) if (note) console.log(`\n${note}`)
    if (changes.length === 0) console.log('nothing to change')
  } else throw new Error(USAGE)
}

function keyringFromEnv(): Keyring {
  const { TOKEN_KEYS = '' } = process.env
  const keyring = parseKeyring(TOKEN_KEYS)
  if (!keyring) throw new Error('TOKEN_KEYS must be the keyring the Worker has')
  return openKeyring(keyring)
}

function clusterFrom(text: string): number {
  const cluster = Number(text)
  if (!/^\d{1,3}$/.test(text) || cluster > CLUSTER_MAX)
    throw new Error(`--cluster must be a number from 0 to ${CLUSTER_MAX}`)
  return cluster
}

const day = (at: number | null): string => (at === null ? 'never' : timestamp(at).slice(0, 10))

/** Returns the named permissions, or the defaults without any. */
function permissionsOf(text: string | undefined): readonly Permission[] {
  if (text === undefined) return DEFAULT_PERMISSIONS
  if (text === 'sender') return SENDER_PERMISSIONS
  return text.split(',').map(part => {
    const permission = PERMISSIONS.find(known => known === part.trim())
    if (!permission) throw new Error(`${part} is not a permission; there are ${PERMISSIONS.join(', ')}`)
    return permission
  })
}

if (isEntry(import.meta.url)) await runCommand(() => main(process.argv.slice(2)))

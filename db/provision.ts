import { parseArgs } from 'node:util'
import * as z from 'zod'
import { PERMISSIONS, type Permission, SENDER_PERMISSIONS } from '../worker/access/api-key.ts'
import { type Clock, systemClock, timestamp } from '../worker/core/clock.ts'
import { type Keyring, openKeyring, parseKeyring } from '../worker/core/keys.ts'
import { brand } from './brand.ts'
import { builder, ordinary } from './builder.ts'
import { endpointFromEnv, isEntry, runCommand } from './cli.ts'
import { type Change, difference } from './difference.ts'
import { type Endpoint, StatementRefused } from './hrana.ts'
import { linkHost } from './link-host.ts'
import { notice } from './notice.ts'
import { commitAsOperator, readAsOperator } from './operator.ts'
import { type Plan, planSchema } from './plan.ts'
import { readPlan } from './plan-file.ts'
import { preview } from './preview.ts'
import { createKey, listKeys, revokeKey } from './provision-key.ts'
import { tenant, workspace } from './tenant.ts'
import { topic } from './topic.ts'

/**
 * Makes a plan true: creates what is missing and updates texts, each with its ledger event, all in one transaction.
 * Never deletes and never renames, since numbers and names stand in links that are already mailed; run again, it changes nothing.
 */
export async function provision(
  endpoint: Endpoint,
  plan: Plan,
  clock: Clock = systemClock,
): Promise<Change[]> {
  const wanted = planSchema.safeParse(plan)
  if (!wanted.success) throw new Error(z.prettifyError(wanted.error))
  for (let attempt = 1; ; attempt++) {
    const [tenants, workspaces, topics, notices, brands, hosts] = await readAsOperator(endpoint, ALL)
    const state = { tenants, workspaces, topics, notices, brands, hosts }
    const { act, changes } = difference(wanted.data, state, clock())
    try {
      if (act.length > 0) await commitAsOperator(endpoint, act)
      return changes
    } catch (error) {
      // Somebody else took a number or name in between: what is missing now is found by looking again.
      if (!(error instanceof StatementRefused) || attempt === 3) throw error
    }
  }
}

const ALL = [
  ordinary(builder.select().from(tenant)),
  ordinary(builder.select().from(workspace)),
  ordinary(builder.select().from(topic)),
  ordinary(builder.select().from(notice)),
  ordinary(builder.select({ workspace: brand.workspace, digest: brand.digest }).from(brand)),
  ordinary(builder.select().from(linkHost)),
] as const

const USAGE = `npm run provision -- <plan.json>                                      create what is missing, update texts
npm run provision -- preview <plan.json>                              see its brands before recipients do
npm run provision -- key create <tenant>/<workspace> [--permissions a,b]
npm run provision -- key list
npm run provision -- key revoke <key_…>

Reads DATABASE_URL and DATABASE_AUTH_TOKEN; key create and preview also TOKEN_KEYS, preview BASE_URL.
Permissions: ${PERMISSIONS.join(', ')}`

async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { permissions: { type: 'string' } },
  })
  const [first, verb, subject] = positionals
  if (first === 'key' && verb === 'create' && subject) {
    const { text, name } = await createKey(
      endpointFromEnv(),
      keyringFromEnv(),
      subject,
      permissionsOf(values.permissions),
    )
    console.log(`${text}\n\n${name} for ${subject}. This is the only time the key is shown.`)
  } else if (first === 'key' && verb === 'list' && !subject) {
    for (const key of await listKeys(endpointFromEnv())) {
      const state = key.revokedAt ? `revoked ${day(key.revokedAt)}` : `used ${day(key.lastUsedAt)}`
      console.log(
        `${key.name}  ${key.workspace}  created ${day(key.createdAt)}  ${state}  ${key.permissions.join(',')}`,
      )
    }
  } else if (first === 'key' && verb === 'revoke' && subject) {
    await revokeKey(endpointFromEnv(), subject)
    console.log(`${subject} is revoked`)
  } else if (first === 'preview' && verb && !subject) {
    const { BASE_URL = '' } = process.env
    if (!URL.canParse(BASE_URL)) throw new Error('BASE_URL must be the one the Worker has')
    const links = await preview(endpointFromEnv(), keyringFromEnv(), new URL(BASE_URL).origin, readPlan(verb))
    for (const { path, url } of links) console.log(`${path}  ${url}`)
    if (links.length === 0) console.log('the plan holds no brand')
  } else if (first && first !== 'key' && positionals.length === 1) {
    const changes = await provision(endpointFromEnv(), readPlan(first))
    for (const { type, path } of changes) {
      const [noun = '', verb = ''] = type.split('.')
      console.log(`${verb} ${noun.padEnd(9)} ${path}`)
    }
    if (changes.length === 0) console.log('nothing to change')
  } else throw new Error(USAGE)
}

function keyringFromEnv(): Keyring {
  const { TOKEN_KEYS = '' } = process.env
  const keyring = parseKeyring(TOKEN_KEYS)
  if (!keyring) throw new Error('TOKEN_KEYS must be the keyring the Worker has')
  return openKeyring(keyring)
}

const day = (at: number | null): string => (at === null ? 'never' : timestamp(at).slice(0, 10))

/** Returns the named permissions; without any named, what a sending program needs. */
function permissionsOf(text: string | undefined): readonly Permission[] {
  if (text === undefined) return SENDER_PERMISSIONS
  return text.split(',').map(part => {
    const permission = PERMISSIONS.find(known => known === part.trim())
    if (!permission) throw new Error(`${part} is not a permission; there are ${PERMISSIONS.join(', ')}`)
    return permission
  })
}

if (isEntry(import.meta.url)) await runCommand(() => main(process.argv.slice(2)))

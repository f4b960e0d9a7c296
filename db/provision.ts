import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { PERMISSIONS, type Permission } from '../worker/access/api-key.ts'
import { fromHex, toHex } from '../worker/core/bytes.ts'
import { type Clock, systemClock, timestamp } from '../worker/core/clock.ts'
import type { EventType, LedgerEvent } from '../worker/core/event.ts'
import { openKeyring, parseKeyring } from '../worker/core/keys.ts'
import { builder, ordinary, statement } from './builder.ts'
import { endpointFromEnv, isEntry, runCommand } from './cli.ts'
import { append } from './event.ts'
import { type Endpoint, type Statement, StatementRefused } from './hrana.ts'
import { notice } from './notice.ts'
import { commitAsOperator, operatorEvent, readAsOperator } from './operator.ts'
import { type Plan, planSchema } from './plan.ts'
import { createKey, listKeys, revokeKey } from './provision-key.ts'
import { tenant, workspace } from './tenant.ts'
import { topic } from './topic.ts'

/** One thing that was created or whose texts were updated. */
export interface Change {
  type: EventType
  /** `tenant`, `tenant/workspace` or `tenant/workspace/topic`. */
  path: string
}

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
    const state = await readAsOperator(endpoint, [allTenants, allWorkspaces, allTopics, allNotices])
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

const allTenants = ordinary(builder.select().from(tenant))
const allWorkspaces = ordinary(builder.select().from(workspace))
const allTopics = ordinary(builder.select().from(topic))
const allNotices = ordinary(builder.select().from(notice))

type State = [
  (typeof tenant.$inferSelect)[],
  (typeof workspace.$inferSelect)[],
  (typeof topic.$inferSelect)[],
  (typeof notice.$inferSelect)[],
]

/** Decides what it takes to get from `state` to `plan`. */
function difference(
  plan: z.output<typeof planSchema>,
  [tenants, workspaces, topics, notices]: State,
  now: number,
): { act: Statement[]; changes: Change[] } {
  const act: Statement[] = []
  const changes: Change[] = []
  const next = { tenant: following(tenants), workspace: following(workspaces), topic: following(topics) }
  const record = (
    write: Statement,
    path: string,
    entry: Pick<LedgerEvent, 'tenant' | 'workspace' | 'type' | 'data'>,
  ) => {
    act.push(write, append(operatorEvent({ ...entry, at: now, subject: path.split('/').at(-1)! })))
    changes.push({ type: entry.type, path })
  }

  for (const t of plan.tenants) {
    const oldTenant = tenants.find(row => row.name === t.name)
    const tenantNumber = oldTenant?.number ?? next.tenant++
    const texts = { displayName: t.displayName }
    const at = { tenant: tenantNumber, workspace: null }
    if (!oldTenant) {
      const row = { number: tenantNumber, name: t.name, ...texts, createdAt: now }
      record(statement(builder.insert(tenant).values(row)), t.name, {
        ...at,
        type: 'tenant.created',
        data: { number: tenantNumber, ...texts },
      })
    } else if (differs(oldTenant, texts)) {
      const write = builder.update(tenant).set(texts).where(eq(tenant.number, tenantNumber))
      record(statement(write), t.name, { ...at, type: 'tenant.updated', data: texts })
    }

    for (const w of t.workspaces) {
      const path = `${t.name}/${w.name}`
      const old = workspaces.find(row => row.tenant === tenantNumber && row.name === w.name)
      const number = old?.number ?? next.workspace++
      const texts = {
        displayName: w.displayName,
        unsubscribeMailbox: settled(w.unsubscribeMailbox, old?.unsubscribeMailbox, null),
        consent: settled(w.consent, old?.consent, 'opt_out'),
        mailFrom: settled(w.mailFrom, old?.mailFrom, null),
        confirmationsPerDay: settled(w.confirmationsPerDay, old?.confirmationsPerDay, 10_000),
        regimes: settled(w.regimes && [...new Set(w.regimes)].sort().join(' '), old?.regimes, 'eu'),
      }
      const at = { tenant: tenantNumber, workspace: number }
      if (!old) {
        const row = { number, tenant: tenantNumber, name: w.name, ...texts, createdAt: now }
        record(statement(builder.insert(workspace).values(row)), path, {
          ...at,
          type: 'workspace.created',
          data: { number, ...texts },
        })
      } else if (differs(old, texts)) {
        const write = builder.update(workspace).set(texts).where(eq(workspace.number, number))
        record(statement(write), path, { ...at, type: 'workspace.updated', data: texts })
      }
      for (const wantedTopic of w.topics) planTopic(path, at, wantedTopic)
      for (const wantedNotice of w.notices) planNotice(path, at, wantedNotice)
    }
  }
  return { act, changes }

  function planTopic(
    parent: string,
    at: { tenant: number; workspace: number },
    { name, kind, displayName, description, consent, frequency }: Wanted['topics'][number],
  ) {
    const path = `${parent}/${name}`
    const old = topics.find(row => row.workspace === at.workspace && row.name === name)
    const texts = {
      displayName,
      description,
      consent: settled(consent, old?.consent, null),
      frequency: settled(frequency, old?.frequency, null),
    }
    if (!old) {
      const number = next.topic++
      const row = { number, workspace: at.workspace, name, kind, ...texts, createdAt: now }
      record(statement(builder.insert(topic).values(row)), path, {
        ...at,
        type: 'topic.created',
        data: { number, kind, ...texts },
      })
      return
    }
    // A topic that turned transactional would pass every unsubscribe made while it was marketing.
    if (old.kind !== kind)
      throw new Error(`${path} is ${old.kind} and stays so; make another topic for ${kind} mail`)
    if (differs(old, texts)) {
      const write = builder.update(topic).set(texts).where(eq(topic.number, old.number))
      record(statement(write), path, { ...at, type: 'topic.updated', data: texts })
    }
  }

  function planNotice(
    parent: string,
    at: { tenant: number; workspace: number },
    { name, version, url, sha256 }: Wanted['notices'][number],
  ) {
    const path = `${parent}/${name}/${version}`
    const old = notices.find(
      row => row.workspace === at.workspace && row.name === name && row.version === version,
    )
    // Consents point to it: what was shown may not become another text behind their back.
    if (old && (old.url !== url || toHex(old.digest) !== sha256))
      throw new Error(`${path} is published and stays as it is; give the new text a new version`)
    if (old) return
    const row = { workspace: at.workspace, name, version, url, digest: fromHex(sha256, 32)!, createdAt: now }
    record(statement(builder.insert(notice).values(row)), path, {
      ...at,
      type: 'notice.published',
      data: { name, version, url, sha256 },
    })
  }
}

type Wanted = z.output<typeof planSchema>['tenants'][number]['workspaces'][number]

/** What is wanted, else what is there, else what is usual. */
const settled = <T>(wanted: T | undefined, old: T | undefined, usual: T): T =>
  wanted === undefined ? (old === undefined ? usual : old) : wanted

const following = (rows: { number: number }[]): number => Math.max(0, ...rows.map(row => row.number)) + 1

const differs = <T extends object>(row: T, texts: Partial<T>): boolean =>
  Object.entries(texts).some(([field, text]) => row[field as keyof T] !== text)

const USAGE = `npm run provision -- <plan.json>                                      create what is missing, update texts
npm run provision -- key create <tenant>/<workspace> [--permissions a,b]
npm run provision -- key list
npm run provision -- key revoke <key_…>

Reads DATABASE_URL and DATABASE_AUTH_TOKEN; key create also TOKEN_KEYS.
Permissions: ${PERMISSIONS.join(', ')}`

async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { permissions: { type: 'string' } },
  })
  const [first, verb, subject] = positionals
  if (first === 'key' && verb === 'create' && subject) {
    const { TOKEN_KEYS = '' } = process.env
    const keyring = parseKeyring(TOKEN_KEYS)
    if (!keyring) throw new Error('TOKEN_KEYS must be the keyring the Worker has')
    const { text, name } = await createKey(
      endpointFromEnv(),
      openKeyring(keyring),
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
  } else if (first && first !== 'key' && positionals.length === 1) {
    const changes = await provision(endpointFromEnv(), JSON.parse(readFileSync(first, 'utf8')) as Plan)
    for (const { type, path } of changes) {
      const [noun = '', verb = ''] = type.split('.')
      console.log(`${verb} ${noun.padEnd(9)} ${path}`)
    }
    if (changes.length === 0) console.log('nothing to change')
  } else throw new Error(USAGE)
}

const day = (at: number | null): string => (at === null ? 'never' : timestamp(at).slice(0, 10))

/** Returns the named permissions; without any named, what a sending program needs. */
function permissionsOf(text: string | undefined): Permission[] {
  if (text === undefined) return PERMISSIONS.filter(permission => !permission.startsWith('platform'))
  return text.split(',').map(part => {
    const permission = PERMISSIONS.find(known => known === part.trim())
    if (!permission) throw new Error(`${part} is not a permission; there are ${PERMISSIONS.join(', ')}`)
    return permission
  })
}

if (isEntry(import.meta.url)) await runCommand(() => main(process.argv.slice(2)))

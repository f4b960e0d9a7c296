import { mkdtempSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { addressHash, canonicalAddress } from '../../core/address.ts'
import { keyName, mintApiKey, SENDER_PERMISSIONS } from '../../core/api-key.ts'
import { toHex } from '../../core/bytes.ts'
import { TenantCipher } from '../../core/cipher.ts'
import { systemClock } from '../../core/clock.ts'
import { AddressIndexes, openKeyring, parseKey, parseKeyring } from '../../core/keys.ts'
import type { Statement } from '../../core/write/statement.ts'
import { keepAddress } from '../../db/address.ts'
import { keepApiKey } from '../../db/api-key.ts'
import { run } from '../../db/engine/hrana.ts'
import { startCluster } from '../../local/cluster.ts'
import { type LocalSecrets, newSecrets } from '../../local/secrets.ts'
import { DEMO, DEMO_ADDRESS } from '../../local/seed.ts'
import { migrate } from '../../ops/migrate.ts'
import { commitAsOperator, operatorEvent } from '../../ops/operator.ts'
import { keySecrets, operatorKeys } from '../../ops/operator-keys.ts'
import type { Plan } from '../../ops/plan.ts'
import { provision } from '../../ops/provision.ts'

/** A tenant with everything a test needs, in a database shared by many tests. */
export interface Place {
  /** Tenant and workspace in operators' notation: `penguin-7/north`. */
  path: string
  tenant: number
  workspace: number
  topics: Record<'news' | 'offers' | 'receipts', number>
  apiKey: string
  /** Key of the same tenant's other workspace, `south`, whose topics have the same names. */
  siblingApiKey: string
  /** Key of another tenant, whose workspace `harbour` has the topics `weekly` and `account`. */
  otherApiKey: string
  /** Address id of `DEMO_ADDRESS` in the tenant, in hex; the address itself is stored too. */
  addressIdHex: string
}

/** Folder of a libSQL primary, with the tenants in its database. */
export interface Stock {
  dir: string
  places: Place[]
}

/** The initial state of worlds, made once a run and copied. */
export interface Template {
  /** Folder of a libSQL primary with the migrations applied and no rows. */
  migrated: string
  /** Database of a file's shared Floe, with many tenants. */
  shared: Stock
  /** Database of a test's own Floe, with the demo alone, so that little is copied, counted and restored. */
  own: Stock
  secrets: LocalSecrets
}

/** More than the tenants any file needs. */
const PLACES = 160

/** Makes the template in a new folder. */
export async function makeTemplate(): Promise<Template & { remove(): Promise<void> }> {
  const dir = mkdtempSync(`${tmpdir()}/floe-template-`)
  const migrated = `${dir}/migrated`
  const secrets = newSecrets()
  await inCluster(migrated, migrate)
  const stock = async (name: string, count: number): Promise<Stock> => {
    const primary = `${dir}/${name}/primary`
    await cp(`${migrated}/primary`, primary, { recursive: true })
    return {
      dir: primary,
      places: await inCluster(`${dir}/${name}`, url => makePlaces(url, secrets, count)),
    }
  }
  return {
    migrated: `${migrated}/primary`,
    shared: await stock('shared', PLACES),
    own: await stock('own', 1),
    secrets,
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}

async function inCluster<T>(dir: string, act: (url: string) => Promise<T>): Promise<T> {
  const cluster = await startCluster({ dir })
  try {
    return await act(cluster.primaryUrl)
  } finally {
    await cluster.stop()
  }
}

const [PENGUIN, PUFFIN] = DEMO.tenants as [Tenant, Tenant]

type Tenant = Plan['tenants'][number]

/** Returns a plan with copies of the demo's two tenants, the first with a second workspace. */
function planOf(count: number): Plan {
  const [north] = PENGUIN.workspaces
  const workspaces = [north!, { ...north!, name: 'south', displayName: 'South & Co.' }]
  return {
    tenants: namesOf(count).flatMap(({ penguin, puffin }) => [
      { ...PENGUIN, name: penguin, workspaces },
      { ...PUFFIN, name: puffin },
    ]),
  }
}

/** The first is the demo itself. */
const namesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const suffix = i === 0 ? '' : `-${i + 1}`
    return { penguin: `penguin${suffix}`, puffin: `puffin${suffix}` }
  })

/** Fills a migrated database with tenants and returns them. */
export async function makePlaces(url: string, secrets: LocalSecrets, count: number): Promise<Place[]> {
  const endpoint = { url, as: 'test' }
  const keyring = openKeyring(parseKeyring(secrets.tokenKeys)!)
  const vault = keySecrets({ KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys, DATA_KEY: secrets.dataKey })
  const cipher = new TenantCipher(operatorKeys(endpoint, vault))
  const indexes = new AddressIndexes(parseKey(secrets.indexKey)!)
  const canonical = canonicalAddress(DEMO_ADDRESS)!
  // The demo comes first, so that it has the numbers of every Floe's first tenants.
  await provision(endpoint, DEMO)
  await provision(endpoint, planOf(count))
  const [topics] = await run(endpoint, [{ sql: TOPICS, args: [] }], DEADLINE_MS)
  const numbers = new Map(topics!.rows.map(([path, ...row]) => [String(path), row.map(Number)]))
  const keyOf = (workspace: string) => {
    const [tenant, number] = numbers.get(`${workspace}/${workspace.endsWith('harbour') ? 'weekly' : 'news'}`)!
    const { text, keyId, secretHash } = mintApiKey(keyring, tenant!, number!)
    const row = {
      id: keyId,
      workspace: number!,
      secretHash,
      permissions: [...SENDER_PERMISSIONS],
      createdAt: now,
    }
    const place = { tenant: tenant!, workspace: number! }
    const created = operatorEvent(endpoint, {
      at: now,
      ...place,
      type: 'api_key.created',
      subject: keyName(keyId),
      data: {},
    })
    return { text, act: keepApiKey(row, created) }
  }
  const now = systemClock()
  const places: Place[] = []
  const act: Statement[] = []
  for (const { penguin, puffin } of namesOf(count)) {
    const path = `${penguin}/north`
    const [news, offers, receipts] = ['news', 'offers', 'receipts'].map(
      name => numbers.get(`${path}/${name}`)!,
    )
    const [tenant, workspace] = news as [number, number]
    const keys = [path, `${penguin}/south`, `${puffin}/harbour`].map(keyOf)
    const addressId = indexes.tenant(tenant).id(addressHash(canonical))
    const sealed = await cipher.encrypt(tenant, addressId, canonical)
    const address = keepAddress({ addressId, tenant, sealed, createdAt: now })
    act.push(...keys.flatMap(({ act }) => act), address)
    const [apiKey, siblingApiKey, otherApiKey] = keys.map(({ text }) => text) as [string, string, string]
    places.push({
      path,
      tenant,
      workspace,
      topics: { news: news![2]!, offers: offers![2]!, receipts: receipts![2]! },
      apiKey,
      siblingApiKey,
      otherApiKey,
      addressIdHex: toHex(addressId),
    })
  }
  // In one act, since a log of many small writes would be copied with every world.
  await commitAsOperator(endpoint, act)
  return places
}

const DEADLINE_MS = 10_000
const TOPICS = `SELECT tenant.name || '/' || workspace.name || '/' || topic.name, tenant, workspace.number, topic.number
  FROM topic JOIN workspace ON workspace.number = workspace JOIN tenant ON tenant.number = tenant`

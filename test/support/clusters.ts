import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, inject } from 'vitest'
import { addressHash, canonicalAddress } from '../../core/address.ts'
import { readApiKey, SENDER_PERMISSIONS } from '../../core/api-key.ts'
import { TenantCipher } from '../../core/cipher.ts'
import { systemClock } from '../../core/clock.ts'
import { AddressIndexes, type Keyring, parseKey } from '../../core/keys.ts'
import type { Value } from '../../core/write/statement.ts'
import { keepAddress } from '../../db/address.ts'
import { run } from '../../db/engine/hrana.ts'
import { startCluster } from '../../local/cluster.ts'
import { DEMO, DEMO_ADDRESS } from '../../local/seed.ts'
import { commitAsOperator, type Operator } from '../../ops/operator.ts'
import { keySecrets, operatorKeys } from '../../ops/operator-keys.ts'
import { provision } from '../../ops/provision.ts'
import { createKey } from '../../ops/provision-key.ts'
import { copyOf } from './database.ts'
import { OWN } from './own.ts'
import type { Place, Template } from './template.ts'
import { askingAs, type OwnWorld, openFloe } from './world.ts'

/** A tenant in each of two clusters. Their `writesNothing` covers both clusters. */
export interface Pair {
  first: OwnWorld
  second: OwnWorld
}

/** A Floe on two clusters, with tenants to hand out. */
export interface Clusters {
  /** Returns the next unused pair of tenants. */
  next(): Promise<Pair>
  close(): Promise<void>
}

/** Starts two libSQL servers and one Worker for both. */
export async function openClusters(bindings: Record<string, string> = {}): Promise<Clusters> {
  const { migrated, secrets } = inject('template')
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  await copyOf(migrated, dir)
  const database = await startCluster({ dir })
  const endpoint = { url: database.primaryUrl, as: 'test' }
  const setting = JSON.stringify([{ number: 1, primary: database.primaryUrl }])
  const floe = await openFloe({ bindings: { CLUSTERS: setting, ...bindings } })
  let used = 0
  return {
    async next() {
      const first = floe.next()
      const place = await makePlace(endpoint, secrets, first.keyring, `-${++used}`)
      const second: OwnWorld = {
        ...first,
        ...place,
        ...askingAs(first.fetch, place, endpoint),
        raw: async (text: string, args: Value[] = []) =>
          (await run(endpoint, [{ sql: text, args }], DEADLINE_MS))[0]!.rows,
        endpoint,
        database,
        dir,
      }
      for (const world of [first, second]) world.writesNothing = wholly(world)
      return { first, second }
    },
    async close() {
      await floe.close()
      await database.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Returns a `writesNothing` over all tenants, since a write in the wrong cluster would concern others than the world's. */
function wholly(world: OwnWorld): OwnWorld['writesNothing'] {
  const { writesNothing } = world
  // Refusals are counted, which concerns no recipient.
  const tables = [...Object.keys(OWN).filter(table => table !== 'inbound_refusal'), 'platform_suppression']
  const rows = () => world.raw(`SELECT ${tables.map(table => `(SELECT count(*) FROM ${table})`).join(', ')}`)
  return async act => {
    const before = await rows()
    const result = await writesNothing(act)
    expect(await rows()).toEqual(before)
    return result
  }
}

const DEADLINE_MS = 5000
const [PENGUIN, PUFFIN] = DEMO.tenants as [Tenant, Tenant]

type Tenant = (typeof DEMO.tenants)[number]

/** Makes a tenant in the second cluster with the contents of a template's. */
async function makePlace(endpoint: Operator, secrets: Template['secrets'], keyring: Keyring, suffix: string) {
  const [north] = PENGUIN.workspaces
  const tenants = [
    { ...PENGUIN, name: `penguin${suffix}`, workspaces: [north!, { ...north!, name: 'south' }] },
    { ...PUFFIN, name: `puffin${suffix}` },
  ]
  await provision(endpoint, { tenants }, systemClock, { cluster: 1 })
  const keyOf = async (path: string) => (await createKey(endpoint, keyring, path, SENDER_PERMISSIONS)).text
  const path = `penguin${suffix}/north`
  const apiKey = await keyOf(path)
  const siblingApiKey = await keyOf(`penguin${suffix}/south`)
  const otherApiKey = await keyOf(`puffin${suffix}/harbour`)
  const { tenant, workspace } = readApiKey(keyring, apiKey)!
  const canonical = canonicalAddress(DEMO_ADDRESS)!
  const addressId = new AddressIndexes(parseKey(secrets.indexKey)!).tenant(tenant).id(addressHash(canonical))
  const vault = keySecrets({ KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys })
  const sealed = await new TenantCipher(operatorKeys(endpoint, vault)).encrypt(tenant, addressId, canonical)
  await commitAsOperator(endpoint, [keepAddress({ addressId, tenant, sealed, createdAt: systemClock() })])
  const named = { sql: 'SELECT name, number FROM topic WHERE workspace = ?', args: [workspace] }
  const [found] = await run(endpoint, [named], DEADLINE_MS)
  const topics = Object.fromEntries(found!.rows) as Place['topics']
  return { path, tenant, workspace, topics, apiKey, siblingApiKey, otherApiKey, addressId }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { startCluster } from '../../db/local.ts'
import { migrate } from '../../db/migrate.ts'
import { seed } from '../../db/seed.ts'
import { askingAs, openWorld, type World } from './world.ts'

/** One Floe on two clusters, as their senders see it: each with tenants, keys and a database of its own. */
export interface Clusters {
  first: World
  second: World
  /** The clusters beside the first, as the Worker's settings name them. */
  setting: string
  close(): Promise<void>
}

/** Starts two libSQL servers and one Worker that has both. */
export async function openClusters(bindings: Record<string, string> = {}): Promise<Clusters> {
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  const database = await startCluster({ dir })
  await migrate(database.primaryUrl)
  const setting = JSON.stringify([{ number: 1, primary: database.primaryUrl }])
  const first = await openWorld({ bindings: { CLUSTERS: setting, ...bindings } })
  const { tokenKeys, indexKey } = first
  const secrets = { tokenKeys, indexKey, keyEncryptionKeys: first.bindings['KEY_ENCRYPTION_KEYS']! }
  const seeded = await seed(database.primaryUrl, secrets, 1)
  const second = {
    ...first,
    ...seeded,
    ...askingAs(first.fetch, seeded, { url: database.primaryUrl }),
    database,
  }
  return {
    first,
    second,
    setting,
    async close() {
      await first.close()
      await database.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

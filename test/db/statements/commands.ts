import { toBase64Url } from '../../../core/bytes.ts'
import { newKey } from '../../../core/cipher.ts'
import { systemClock } from '../../../core/clock.ts'
import { openKeyring } from '../../../core/keys.ts'
import type { Value } from '../../../core/write/statement.ts'
import { commitGroup, readPosition } from '../../../db/engine/commit.ts'
import { run } from '../../../db/engine/hrana.ts'
import { probeCluster } from '../../../db/engine/probe.ts'
import { suppressMany } from '../../../db/suppression-batch.ts'
import { backup, backupTail } from '../../../ops/backup.ts'
import { migrate } from '../../../ops/migrate.ts'
import { commitAsOperator, type Operator, takesWrites } from '../../../ops/operator.ts'
import { keySecrets } from '../../../ops/operator-keys.ts'
import type { Plan } from '../../../ops/plan.ts'
import { copyPlatform } from '../../../ops/platform-copy.ts'
import { preview } from '../../../ops/preview.ts'
import { provision } from '../../../ops/provision.ts'
import { createKey, listKeys } from '../../../ops/provision-key.ts'
import { restore } from '../../../ops/restore.ts'
import { rotateDataKeys } from '../../../ops/rotate-keys.ts'
import { type KeyedTable, withSnapshot, withStill } from '../../../ops/snapshot.ts'
import { ENTRY, ID, NOW } from './values.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])
const planOf = (displayName: string): Plan => ({
  tenants: [
    {
      name: 'penguin',
      displayName,
      workspaces: [
        {
          name: 'north',
          displayName,
          linkHost: 'mail.example.com',
          brand: { colour: '#0b5a85' },
          notices: [
            { name: 'privacy', version: '1', url: 'https://example.com/privacy', sha256: '0'.repeat(64) },
          ],
          topics: [{ name: 'news', displayName, description: 'What is new', kind: 'marketing' }],
        },
      ],
    },
  ],
})
const row = { addressId: ID, reason: 6, source: 2, at: NOW, until: null, scope: 0 }

/**
 * Runs what operators run, from nothing to a restored copy, on two empty databases; the first one is migrated then, and has few
 * rows. Calls `doing` with the name of each command before it runs.
 */
export async function runCommands(
  operator: Operator,
  empty: Operator,
  dir: string,
  doing: (command: string) => void,
): Promise<void> {
  const [whole, tail] = [`${dir}/whole`, `${dir}/tail`]
  const secrets = keySecrets({ KEY_ENCRYPTION_KEYS: `1:${toBase64Url(newKey())}` })
  doing('migrate')
  await migrate(operator.url)
  doing('provision')
  await provision(operator, planOf('Penguin'))
  await provision(operator, planOf('Penguin & Co.'), systemClock, { cluster: 0, beside: [operator] })
  doing('provision preview')
  await preview(operator, keyring, 'https://floe.example.com', planOf('Penguin'))
  doing('provision key')
  await createKey(operator, keyring, 'penguin/north', [])
  await listKeys(operator)
  doing('provision platform')
  await commitAsOperator(operator, suppressMany([{ row, entry: ENTRY }], 'platform'))
  await copyPlatform(operator, operator)
  doing('keys')
  await rotateDataKeys(operator, secrets, { wait: async () => undefined })
  doing('backup')
  await backup(operator, whole)
  await backupTail(operator, tail, whole, systemClock, withStill)
  doing('probe')
  await takesWrites(operator)
  await probeCluster(operator, [empty, { url: 'http://127.0.0.1:1' }], systemClock)
  doing('commit')
  const position = await readPosition(operator, 5000)
  await commitGroup(operator, { ...position, index: position.index + 1 }, [], 5000)
  doing('restore')
  await restore(empty, whole, tail)
}

/** Returns the tables of a database with their keys. */
export const tablesOf = (operator: Operator): Promise<KeyedTable[]> =>
  withSnapshot(operator, ({ tables }) =>
    Promise.all(
      tables.map(async table => {
        const [key] = await run(
          operator,
          [{ sql: 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', args: [table.name] }],
          5000,
        )
        return { ...table, key: (key!.rows as Value[][]).map(([name]) => String(name)) }
      }),
    ),
  )

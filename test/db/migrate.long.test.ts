import { mkdir, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { transact, wired } from '../../db/engine/hrana.ts'
import { migrate } from '../../ops/migrate.ts'
import { type TestDatabase, test } from '../support/database.ts'

/** One statement that holds other writers off for longer than the 5 s which the server lets a transaction do so. */
const LONG = `CREATE TABLE b AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000000) SELECT count(*) AS x FROM n`

/** Applies a migration while another writer, which waits as the write lane does, wants its turn. */
async function migrateBeside(database: TestDatabase, text: string): Promise<void> {
  const folder = `${database.dir}/migrations`
  await mkdir(folder)
  await writeFile(`${folder}/0001-a.sql`, 'CREATE TABLE a (x INTEGER);')
  await migrate(database.endpoint.url, undefined, folder)
  await writeFile(`${folder}/0002-b.sql`, text)
  let isOver = false
  const other = (async () => {
    while (!isOver) {
      const insert = wired({ sql: 'INSERT INTO a VALUES (1)', args: [] })
      await transact(database.endpoint, [insert], 2000).catch(() => undefined)
      await sleep(100)
    }
  })()
  try {
    await migrate(database.endpoint.url, undefined, folder)
  } finally {
    isOver = true
    await other
  }
}

test('a long migration that runs alone is applied while others wait to write', async ({
  emptyDatabase: database,
}) => {
  await migrateBeside(database, `-- Alone: it counts far.\n${LONG.replace('TABLE', 'TABLE IF NOT EXISTS')}`)
  expect(await database.sql('SELECT name FROM migration ORDER BY name')).toEqual([['0001-a'], ['0002-b']])
  expect(await database.sql('SELECT x FROM b')).toEqual([[60_000_000]])
})

test('a long migration in a transaction is undone while others wait to write, and says so', async ({
  emptyDatabase: database,
}) => {
  await expect(migrateBeside(database, LONG)).rejects.toThrow('0002-b does not apply, nothing of it was kept')
  expect(await database.sql("SELECT name FROM sqlite_schema WHERE name = 'b'")).toEqual([])
})

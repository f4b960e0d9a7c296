import { expect } from 'vitest'
import { type Clock, pause, systemClock } from '../../core/clock.ts'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import { lookAtDatabase } from '../../ops/doctor/database.ts'
import { openTestDatabase, type TestDatabase, test } from '../support/database.ts'

interface Cluster {
  replicas?: string[]
  number?: number
  clock?: Clock
}

const found = async (
  database: TestDatabase,
  { replicas = [], number = 0, clock = systemClock }: Cluster = {},
) => {
  const primary = { url: database.endpoint.url }
  const seen = await lookAtDatabase({ number, primary, replicas: replicas.map(url => ({ url })) }, clock)
  return seen.findings.map(({ check, result, says }) => `${result} ${check}: ${says}`)
}

test('a database and its replica that have everything are in order, and stay as they are', async () => {
  const database = await openTestDatabase({ replicas: 1 })
  const before = await database.dump()
  const [primary, schema, replica, ...more] = await found(database, {
    replicas: database.cluster.replicaUrls,
  })
  expect(primary).toMatch(/^ok database: primary 127\.0\.0\.1:\d+ answers in \d+ ms and takes writes$/)
  expect(schema).toMatch(/^ok schema: at \d{4}-[a-z0-9-]+; \d{4} is needed$/)
  expect(replica).toMatch(/^ok replica: 127\.0\.0\.1:\d+ answers in \d+ ms and lacks nothing$/)
  expect(more).toEqual([])
  expect(await database.dump()).toEqual(before)
  await database.close()
})

test('a replica that is stopped is told, and the rest is looked at', async () => {
  const database = await openTestDatabase({ replicas: 1 })
  const [url] = database.cluster.replicaUrls as [string]
  process.kill(database.cluster.pids[1]!, 'SIGKILL')
  while (
    await fetch(`${url}/health`).then(
      () => true,
      () => false,
    )
  )
    await pause(10)
  const [primary, schema, replica] = await found(database, { replicas: [url] })
  expect([primary?.slice(0, 2), schema?.slice(0, 2)]).toEqual(['ok', 'ok'])
  expect(replica).toMatch(/^fail replica: 127\.0\.0\.1:\d+ does not answer: connection (?:refused|reset)$/)
  await database.close()
})

test('a replica that does not catch up is told with what it lacks', async ({ database }) => {
  const replica = await openTestDatabase()
  await database.sql('UPDATE lane SET committed = 7')
  let now = 0
  const clock = () => {
    now += 1000
    return now
  }
  const [, , told] = await found(database, { replicas: [replica.endpoint.url], clock })
  expect(told).toContain('is 7 groups of writes behind, and did not catch up within 5 s')
  await replica.close()
})

test('a schema that is behind is told with what this version needs', async ({ database }) => {
  await database.sql("DELETE FROM migration WHERE name >= '0029'")
  const before = await database.dump()
  const [, schema] = await found(database)
  expect(schema).toMatch(
    new RegExp(`^fail schema: the last migration is 0028-[a-z0-9-]+; this version needs ${NEEDED_MIGRATION}`),
  )
  expect(await database.dump()).toEqual(before)
})

test('a database without any table is told as one that was never migrated', async ({
  emptyDatabase: database,
}) => {
  const [primary, schema] = await found(database)
  expect(primary).toMatch(/^ok database: /)
  expect(schema).toMatch(
    new RegExp(`^fail schema: no migration was ever applied; this version needs ${NEEDED_MIGRATION}`),
  )
  expect(await database.dump()).toEqual({})
})

test('a database that holds the tenants of another cluster is told', async ({ database }) => {
  await database.sql(
    "INSERT INTO tenant (number, name, display_name, created_at) VALUES (1, 'acme', 'Acme', 0)",
  )
  expect(await found(database, { number: 2 })).toEqual([
    expect.stringMatching(/^fail database: cluster 2: the primary .* holds tenants of cluster 0$/),
  ])
})

test('a primary that does not answer is told, and of its schema nothing is', async ({ database }) => {
  await database.cluster.stop()
  expect(await found(database)).toEqual([
    expect.stringMatching(
      /^fail database: the primary 127\.0\.0\.1:\d+ does not answer: connection (?:refused|reset)$/,
    ),
    'not_looked_at schema: not looked at: the primary cannot be read',
  ])
})

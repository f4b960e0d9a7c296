import { cp, writeFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect } from 'vitest'
import { MIGRATIONS, migrate } from '../../ops/migrate.ts'
import { press, request } from '../support/consent.ts'
import { answered, type OwnWorld, readyz, test, type World } from '../support/world.ts'

/** A migration as the next version might bring: a column in every table, a table, an index, and a fact about what is there. */
async function nextMigrations(world: OwnWorld): Promise<string> {
  const tables = await world.raw(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('number', 'migration')",
  )
  const columns = tables.map(
    ([name]) => `ALTER TABLE "${name}" ADD COLUMN surprise TEXT NOT NULL DEFAULT 'x';`,
  )
  const folder = `${world.dir}/migrations`
  await cp(MIGRATIONS, folder, { recursive: true })
  await writeFile(
    `${folder}/9999-the-next-version-knows-more.sql`,
    [
      ...columns,
      'CREATE TABLE surprise (x INTEGER PRIMARY KEY) STRICT;',
      'CREATE INDEX event_by_at ON event (at);',
    ].join('\n'),
  )
  return folder
}

/** What everybody does all day. */
async function day(world: World, i: number): Promise<void> {
  const [ada, bob] = [`ada-${i}@example.com`, `bob-${i}@example.com`]
  const links = await world.links(ada)
  expect(await world.check(ada)).toMatchObject({ decision: 'allow' })
  const clicked = await world.fetch(links.unsubscribeUrl, { method: 'POST' })
  expect([clicked.status, await clicked.text()]).toEqual([200, 'Unsubscribed.\n'])
  expect(await world.check(ada)).toMatchObject({ decision: 'deny' })
  const save = new URLSearchParams({ act: 'pause', days: '30' })
  expect((await world.fetch(links.preferencesUrl, { method: 'POST', body: save })).status).toBe(303)
  expect((await world.fetch(links.unsubscribeUrl)).status).toBe(200)
  const { confirmation } = await request(world, bob)
  expect((await press(world, confirmation.confirmUrl)).status).toBe(200)
  await answered(await world.call('/v1/consents/prove', { address: bob }))
  const entries = [{ address: bob, scope: 'workspace', reason: 'manual' }]
  await answered(await world.call('/v1/suppressions', { entries }))
  const lines = await world.call('/v1/suppressions/import', null, {
    body: `email\n${ada}\ncy-${i}@example.com\n`,
    headers: { 'content-type': 'text/csv' },
  })
  expect(await lines.text()).toContain('"type":"done"')
  const get = { method: 'GET', body: null } as const
  await answered(await world.call('/v1/events', null, get))
  expect(await (await world.call('/v1/suppressions/export', null, get)).text()).toContain(bob)
}

test('the version that serves goes on while the next one’s migration is applied, and on its schema', async ({
  ownWorld: world,
}) => {
  const folder = await nextMigrations(world)
  let days = 0
  let migrated = false
  const traffic = (async () => {
    while (!migrated || days < 3) {
      await day(world, days++)
      await nextTurn()
    }
  })()
  const migration = migrate(world.database.primaryUrl, undefined, folder).finally(() => {
    migrated = true
  })
  const [{ applied }] = await Promise.all([migration, traffic])
  expect(applied).toEqual(['9999-the-next-version-knows-more'])
  expect(await answered(await readyz(world))).toMatchObject({
    status: 'ready',
    schema: { seen: '9999-the-next-version-knows-more' },
  })
  await world.runCron()
  // Every acknowledged click is there, each with its event.
  const [[clicks]] = (await world.sql("SELECT count(*) FROM event WHERE data->>'via' = 'one-click'")) as [
    [number],
  ]
  expect(clicks).toBe(days)
})

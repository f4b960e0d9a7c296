import { createClient } from '@libsql/client/web'
import { expect } from 'vitest'
import { expectDone, newRecipient, ONCE } from '../conformance/client.ts'
import { test } from '../support/world.ts'

/** One statement that holds other writers off for many seconds, as the index of a long ledger does. */
const LONG = `CREATE TABLE IF NOT EXISTS long AS
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000000) SELECT count(*) AS x FROM n`

test('while a long index is built, an unsubscribe is answered and effective, and is in the database afterwards', async ({
  ownWorld: world,
}) => {
  const [before, ...during] = await Promise.all(Array.from({ length: 6 }, () => newRecipient(world)))
  const click = (url: string) =>
    world
      .fetch(url, { method: 'POST' })
      .then(async answer => ({ status: answer.status, text: await answer.text() }))
  expectDone(await click(before!.url))
  const client = createClient({ url: world.database.primaryUrl })
  let isBuilt = false
  const built = client.execute(LONG).finally(() => {
    isBuilt = true
  })
  const denied: unknown[] = []
  for (const { url, address } of during) {
    expectDone(await click(url))
    denied.push((await world.check(address)).decision)
  }
  expect(isBuilt).toBe(false)
  expect(denied).toEqual(during.map(() => 'deny'))
  await built
  client.close()
  for (const { traces } of during) await expect.poll(traces, { timeout: 40_000, interval: 200 }).toEqual(ONCE)
})

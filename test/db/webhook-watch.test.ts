import { expect } from 'vitest'
import { append } from '../../db/event.ts'
import { wait } from '../../db/webhook-delivery.ts'
import { createEndpoint, endpointsDue, replayFrom } from '../../db/webhook-endpoint.ts'
import { type Stir, stirSince, watch } from '../../db/webhook-watch.ts'
import { apply, eventOf, idOf, type TestDatabase, test } from '../support/database.ts'

const NOW = 2000
const BEFORE = `INSERT INTO tenant VALUES (1, 't', 'T', 0)`
const WORKSPACES = `INSERT INTO workspace (number, tenant, name, display_name, created_at)
  VALUES (1, 1, 'north', 'North', 0), (2, 1, 'south', 'South', 0)`

const endpointOf = (workspace: number) => ({
  id: idOf(workspace),
  tenant: 1,
  workspace,
  url: 'https://example.com/',
  description: '',
  types: [],
  secret: idOf('secret'),
})

/** An endpoint at each of two workspaces of one tenant, neither of which has anything to deliver. */
async function filled(database: TestDatabase): Promise<void> {
  for (const sql of [BEFORE, WORKSPACES]) await database.sql(sql)
  for (const workspace of [1, 2])
    await apply(database, createEndpoint(endpointOf(workspace), eventOf({ workspace: null })))
  await watched(database)
}

const happens = (database: TestDatabase, workspace: number) =>
  apply(database, [append(eventOf({ id: crypto.getRandomValues(new Uint8Array(16)), workspace }))])

async function stirred(database: TestDatabase, reach = 100): Promise<Stir> {
  const query = stirSince(reach)
  return query.decode(await database.sql(query.sql, query.args))
}

const watched = async (database: TestDatabase, reach = 100) =>
  apply(database, watch(await stirred(database, reach), NOW))

/** Workspaces whose endpoints the index of busy ones has. */
const busy = async (database: TestDatabase) =>
  (
    await database.sql(
      'SELECT workspace FROM webhook_endpoint INDEXED BY webhook_endpoint_busy WHERE state = 1 AND idle_cursor IS NOT cursor ORDER BY workspace',
    )
  ).flat()

async function due(database: TestDatabase): Promise<number[]> {
  const query = endpointsDue(NOW, 100)
  return query.decode(await database.sql(query.sql, query.args)).map(({ workspace }) => workspace)
}

test('an endpoint with nothing to deliver is asked no more, until its workspace has an event', async ({
  database,
}) => {
  await filled(database)
  expect(await busy(database)).toEqual([])
  expect((await stirred(database)).isQuiet).toBe(true)
  await happens(database, 2)
  expect((await stirred(database)).isQuiet).toBe(false)
  await watched(database)
  expect(await busy(database)).toEqual([2])
  expect((await stirred(database)).isQuiet).toBe(false)
  expect(await due(database)).toEqual([2])
})

test('an event that comes between a look and what is written about it wakes its endpoint the next time', async ({
  database,
}) => {
  await filled(database)
  await happens(database, 1)
  const before = await stirred(database)
  await happens(database, 2)
  await apply(database, watch(before, NOW))
  expect(await busy(database)).toEqual([1])
  await watched(database)
  expect(await busy(database)).toEqual([1, 2])
})

test('an endpoint does not rest while an event is there that nobody looked for yet', async ({ database }) => {
  await filled(database)
  await database.sql('UPDATE webhook_endpoint SET idle_cursor = NULL')
  const before = await stirred(database)
  await happens(database, 2)
  await apply(database, watch(before, NOW))
  expect(await busy(database)).toEqual([2])
})

test('more events than are looked at wake every endpoint, and those without any rest again', async ({
  database,
}) => {
  await filled(database)
  for (const _ of [1, 2, 3]) await happens(database, 1)
  await watched(database, 3)
  expect(await busy(database)).toEqual([1])
  expect((await stirred(database)).workspaces).toEqual([])
})

test('an endpoint that a sender sets back is asked at once, and one with a waiting delivery does not rest', async ({
  database,
}) => {
  await filled(database)
  await apply(database, replayFrom(idOf(1), 0, eventOf({ id: idOf16(1), workspace: null })))
  const waiting = { seq: 1, addressId: null, attempts: 1, firstAt: NOW, dueAt: NOW }
  await apply(database, [wait(idOf(2), waiting, 'timeout')])
  await database.sql('UPDATE webhook_endpoint SET idle_cursor = NULL WHERE workspace = 2')
  await watched(database)
  expect(await due(database)).toEqual([2])
  expect(await busy(database)).toEqual([2])
})

const idOf16 = (byte: number) => new Uint8Array(16).fill(byte)

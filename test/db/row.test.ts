import { expect } from 'vitest'
import { readApiKey } from '../../core/api-key.ts'
import { openKeyring } from '../../core/keys.ts'
import { keepAddress, sealedAddress } from '../../db/address.ts'
import { apiKeyById, apiKeyUsed } from '../../db/api-key.ts'
import { topicByName, topicByNumber, topicsOf } from '../../db/topic.ts'
import { DEMO } from '../../local/seed.ts'
import { provision } from '../../ops/provision.ts'
import { createKey } from '../../ops/provision-key.ts'
import { apply, idOf, type TestDatabase, test } from '../support/database.ts'

const ask = async <T>(
  database: TestDatabase,
  query: { sql: string; args: Parameters<TestDatabase['sql']>[1]; decode(rows: never): T },
) => query.decode((await database.sql(query.sql, query.args)) as never)

test('an encrypted address is kept once, and the first stays', async ({ database }) => {
  const row = { addressId: idOf('ada'), tenant: 1, sealed: new Uint8Array([1, 2]), createdAt: 5 }
  expect(await apply(database, [keepAddress(row)])).toEqual([1])
  expect(await apply(database, [keepAddress({ ...row, sealed: new Uint8Array([3]) })])).toEqual([0])
  expect(await ask(database, sealedAddress(idOf('ada')))).toEqual([
    { tenant: 1, sealed: new Uint8Array([1, 2]) },
  ])
  expect(await ask(database, sealedAddress(idOf('bob')))).toEqual([])
})

test('a key’s last use is noted, unless that was noted since', async ({ database }) => {
  await provision(database.endpoint, DEMO)
  const keyring = openKeyring([{ id: 1, key: new Uint8Array(32) }])
  const { text } = await createKey(database.endpoint, keyring, 'puffin/harbour', ['links:mint'])
  const { keyId, secretHash } = readApiKey(keyring, text)!
  const usedAt = async () => (await ask(database, apiKeyById(keyId)))[0]!.lastUsedAt
  expect(await ask(database, apiKeyById(keyId))).toEqual([
    {
      ...{ tenant: 2, workspace: 2, secretHash, permissions: ['links:mint'] },
      ...{ lastUsedAt: null, revokedAt: null, expiresAt: null, allowedIps: null },
    },
  ])
  expect(await apply(database, [apiKeyUsed(keyId, 1000, 400)])).toEqual([1])
  expect(await apply(database, [apiKeyUsed(keyId, 1500, 900)])).toEqual([0])
  expect(await usedAt()).toBe(1000)
  expect(await apply(database, [apiKeyUsed(keyId, 1700, 1100)])).toEqual([1])
  expect(await usedAt()).toBe(1700)
  expect(await ask(database, apiKeyById(new Uint8Array(8)))).toEqual([])
})

test('a topic is found with the workspace and tenant it belongs to, and by name in its workspace only', async ({
  database,
}) => {
  await provision(database.endpoint, DEMO)
  const weekly = {
    topic: 4,
    workspace: 2,
    tenant: 2,
    topicName: 'weekly',
    topicDisplayName: 'The weekly letter',
    kind: 'marketing',
    sender: 'Puffin Press',
    unsubscribeMailbox: null,
  }
  expect(await ask(database, topicByNumber(4))).toEqual([weekly])
  expect(await ask(database, topicByName(2, 'weekly'))).toEqual([weekly])
  expect(await ask(database, topicByName(1, 'weekly'))).toEqual([])
  expect(await ask(database, topicByNumber(99))).toEqual([])
  expect((await ask(database, topicsOf(1))).map(({ name }) => name)).toEqual(['news', 'offers', 'receipts'])
})

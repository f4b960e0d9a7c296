import { expect } from 'vitest'
import { uuid7 } from '../../core/id.ts'
import { append } from '../../db/event.ts'
import { demandKey, keepKey, type RecipientKeyRow } from '../../db/recipient-key.ts'
import { apply, eventOf, idOf, type TestDatabase, test } from '../support/database.ts'

const row: RecipientKeyRow = {
  addressId: idOf('ada'),
  tenant: 1,
  wrapped: new Uint8Array([1, 2, 3]),
  createdAt: 500,
}
const kept = (database: TestDatabase) => database.sql('SELECT wrapped, created_at FROM recipient_key')
const count = async (database: TestDatabase) => (await database.sql('SELECT count(*) FROM event'))[0]![0]

/** An act that seals evidence under a recipient's key: their first one, or one that was read before. */
function act(first: boolean, from = row) {
  const entry = eventOf({ id: uuid7(1000) })
  return [append(entry), first ? keepKey(from, entry.id) : demandKey(from, entry.id)]
}

test('evidence is kept when its key was wrapped anew while its act was on its way', async ({ database }) => {
  await apply(database, act(true))
  await database.sql('UPDATE recipient_key SET wrapped = ?', [new Uint8Array([9])])
  await apply(database, act(false))
  expect([await count(database), await kept(database)]).toEqual([2, [[new Uint8Array([9]), 500]]])
})

test('evidence is refused when its key was destroyed in between, also where its recipient has another by now', async ({
  database,
}) => {
  await apply(database, act(true))
  await database.sql('DELETE FROM recipient_key')
  await expect(apply(database, act(false))).rejects.toThrow('NOT NULL')
  await apply(database, act(true, { ...row, wrapped: new Uint8Array([4]), createdAt: 600 }))
  await expect(apply(database, act(false))).rejects.toThrow('NOT NULL')
  expect([await count(database), await kept(database)]).toEqual([2, [[new Uint8Array([4]), 600]]])
})

test('of two first keys one is kept, and what was sealed under the other is refused', async ({
  database,
}) => {
  await apply(database, act(true))
  await expect(apply(database, act(true, { ...row, wrapped: new Uint8Array([7]) }))).rejects.toThrow('UNIQUE')
  expect([await count(database), await kept(database)]).toEqual([1, [[row.wrapped, 500]]])
})

test('evidence is refused when its key is gone, whoever else has one of the same moment', async ({
  database,
}) => {
  await apply(database, act(true, { ...row, addressId: idOf('bob') }))
  await expect(apply(database, act(false))).rejects.toThrow('NOT NULL')
  expect([await count(database), await kept(database)]).toEqual([1, [[row.wrapped, 500]]])
})

test('where the evidence was not recorded no key is kept and none is missed, whatever else was', async ({
  database,
}) => {
  await apply(database, [append(eventOf({ id: uuid7(900) }))])
  await apply(database, [keepKey(row, uuid7(1000)), demandKey(row, uuid7(1000))])
  expect([await count(database), await kept(database)]).toEqual([1, []])
})

test('a first key is kept once, however many events of its act are sealed with it', async ({ database }) => {
  await apply(database, [...act(true), ...act(true)])
  expect([await count(database), await kept(database)]).toEqual([2, [[row.wrapped, 500]]])
})

import { describe, expect } from 'vitest'
import { dataText, leafHash } from '../../core/event.ts'
import type { Value } from '../../core/write/statement.ts'
import { append, appendIfChanged } from '../../db/event.ts'
import { apply, eventOf, type TestDatabase, test } from '../support/database.ts'

const first = eventOf({ data: { via: 'one-click', topic: 3 } })
const second = eventOf({ at: 2000, workspace: null, addressId: null, actor: 'operator' })

async function withTwoEntries(database: TestDatabase) {
  await apply(database, [append(first), append(second)])
  return database.sql('SELECT * FROM event ORDER BY seq')
}

test('an entry holds every field of its event, and its hash', async ({ database }) => {
  expect(await withTwoEntries(database)).toEqual([
    [
      1,
      first.id,
      1000,
      1,
      1,
      'suppression.added',
      'recipient',
      first.addressId,
      first.subject,
      dataText(first.data),
      null,
      leafHash(first),
    ],
    [
      2,
      second.id,
      2000,
      1,
      null,
      'suppression.added',
      'operator',
      null,
      second.subject,
      '{}',
      null,
      leafHash(second),
    ],
  ])
})

const row = (seq: number | null, id: Uint8Array): Value[] => [
  ...[seq, id, 5000, 9, null, 'suppression.lifted', 'operator', null, 'forged', '{}'],
  new Uint8Array(32),
]
const INTO = 'INTO event (seq, id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)'
const VALUES = 'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
const NEW_ID = new Uint8Array(16).fill(9)

describe('no entry is ever altered', () => {
  test.for<[how: string, sql: string, args?: Value[]]>([
    ['by an update', "UPDATE event SET data = '{}' WHERE seq = 1"],
    ['by an update that changes nothing', 'UPDATE event SET data = data'],
    ['by an update of its place', 'UPDATE event SET seq = 7 WHERE seq = 1'],
    ['by an update that would ignore errors', "UPDATE OR IGNORE event SET data = '{}'"],
    ['by a delete', 'DELETE FROM event WHERE seq = 1'],
    ['by a delete of everything', 'DELETE FROM event'],
    ['by an entry at its place', `INSERT ${INTO} ${VALUES}`, row(1, NEW_ID)],
    ['by an entry with its id', `INSERT ${INTO} ${VALUES}`, row(null, first.id)],
    ['by one that replaces it, by its place', `INSERT OR REPLACE ${INTO} ${VALUES}`, row(1, NEW_ID)],
    ['by one that replaces it, by its id', `INSERT OR REPLACE ${INTO} ${VALUES}`, row(null, first.id)],
    ['by one that replaces two at once', `REPLACE ${INTO} ${VALUES}`, row(1, second.id)],
    [
      'by one that updates it when it is there',
      `INSERT ${INTO} ${VALUES} ON CONFLICT DO UPDATE SET data = excluded.data, subject = excluded.subject`,
      row(null, first.id),
    ],
  ])('%s', async ([, sql, args = []], { database }) => {
    const before = await withTwoEntries(database)
    await expect(database.sql(sql, args)).rejects.toThrow()
    expect(await database.sql('SELECT * FROM event ORDER BY seq')).toEqual(before)
  })
})

describe('an entry is refused', () => {
  test.for<[why: string, column: string, value: Value]>([
    ['with an id that is not 16 bytes', 'id', new Uint8Array(15)],
    ['without an id', 'id', null],
    ['without a hash', 'leaf', null],
    ['with a hash that is not 32 bytes', 'leaf', new Uint8Array(31)],
    ['with an address id that is not 12 bytes', 'address_id', new Uint8Array(11)],
    ['with a plain address for an address id', 'address_id', 'ada@example.com'],
    ['with facts that are not JSON', 'data', 'via one-click'],
    ['without a tenant', 'tenant', null],
    ['with a time in words', 'at', 'yesterday'],
    ['without an actor', 'actor', null],
  ])('%s', async ([, column, value], { database }) => {
    const { sql, args } = append(first)
    const columns = sql.slice(sql.indexOf('(') + 1, sql.indexOf(')')).split(', ')
    const changed = args.with(columns.indexOf(column), value)
    await expect(database.sql(sql, changed)).rejects.toThrow()
    expect(await database.sql('SELECT * FROM event')).toEqual([])
  })
})

test('an event that hangs on a change is appended when there was one and not when there was none', async ({
  database,
}) => {
  const change = (to: number) => ({ sql: 'UPDATE lane SET committed = ?1 WHERE committed <> ?1', args: [to] })
  expect(await apply(database, [change(5), appendIfChanged(first)])).toEqual([1, 1])
  expect(await apply(database, [change(5), appendIfChanged(second)])).toEqual([0, 0])
  expect(await database.sql('SELECT id FROM event')).toEqual([[first.id]])
})

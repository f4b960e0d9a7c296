import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { LINK_KEPT_MS } from '../../core/limits.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { Value } from '../../core/write/statement.ts'
import { retireDataKey } from '../../db/data-key.ts'
import { append } from '../../db/event.ts'
import { connect, disconnect } from '../../db/inbound.ts'
import { OVERWRITTEN } from '../../db/overwrite.ts'
import { endAccess, forgetLinks, refuseLink } from '../../db/rights-link.ts'
import { closeRequest } from '../../db/rights-request.ts'
import { erase, succeed } from '../../db/succession.ts'
import { deleteEndpoint } from '../../db/webhook-endpoint.ts'
import { SEALED } from '../../ops/sealed.ts'
import { apply, eventOf, idOf, openTestDatabase, type TestDatabase, test } from '../support/database.ts'
import { FILES, textOf } from '../support/source.ts'

test('whatever is sealed under a data key, and the data keys themselves, are overwritten before they go', () => {
  const overwritten = Object.entries(OVERWRITTEN).flatMap(([table, columns]) =>
    columns.map(column => `${table}.${column}`),
  )
  const sealed = SEALED.map(({ table, column }) => `${table}.${column}`)
  expect(overwritten.sort()).toEqual([...sealed, 'data_key.wrapped'].sort())
})

test('no statement of the product deletes such a row, or empties such a column, by any other way', () => {
  const tables = Object.keys(OVERWRITTEN).join('|')
  const removal = new RegExp(`DELETE\\s+FROM\\s+["\`]?(?:${tables})\\b|\\b(?:REPLACE\\s+INTO)\\b`, 'i')
  const files = FILES.filter(file => /^(db|worker)\/.*\.tsx?$/.test(file))
  const removing = files.filter(file => removal.test(textOf(file)))
  // The lane's own journal, which holds no table of these.
  expect(removing).toEqual(['worker/lane/sql-journal.ts'])
  const emptying = files.filter(file => /\b(?:sealed|wrapped|secret) = NULL\b/.test(textOf(file)))
  expect(emptying).toEqual(['db/rights-link.ts', 'db/rights-request.ts'])
})

const ADA = idOf('ada')
const BOB = idOf('bob')
const REF = new Uint8Array(11).fill(7)
const ENDPOINT = new Uint8Array(12).fill(8)
const sealed = (byte: number, length = 60) => new Uint8Array(length).fill(byte)

/** Refuses to let go of anything encrypted that was not overwritten, in every column of that kind that the schema has. */
async function guard(database: TestDatabase): Promise<void> {
  for (const { table, column } of [...SEALED, { table: 'data_key', column: 'wrapped' }]) {
    const plain = `length(ltrim(hex(OLD.${column}), '0')) > 0 AND OLD.${column} <> printf('%.*c', length(OLD.${column}), '0')`
    const refusal = `BEGIN SELECT RAISE(ABORT, '${table}.${column} was not overwritten'); END`
    await database.sql(
      `CREATE TRIGGER no_delete_${table}_${column} BEFORE DELETE ON ${table} WHEN ${plain} ${refusal}`,
    )
    await database.sql(
      `CREATE TRIGGER no_update_${table}_${column} BEFORE UPDATE OF ${column} ON ${table}
        WHEN ${plain} AND length(OLD.${column}) IS NOT length(NEW.${column}) ${refusal}`,
    )
  }
}

/** A row in each table that holds something encrypted, of Ada's or of her sender's. */
async function filled(database: TestDatabase): Promise<void> {
  const rows: [sql: string, args: Value[]][] = [
    ["INSERT INTO tenant (number, name, display_name, created_at) VALUES (1, 't', 'T', 0)", []],
    ["INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (1, 1, 'w', 'W', 0)", []],
    ["INSERT INTO data_key VALUES (1, 1, 'keyring:1:abc', 0), (1, 2, 'keyring:1:def', 0)", []],
    ['INSERT INTO address VALUES (?, 1, ?, 0)', [ADA, sealed(1)]],
    ['INSERT INTO recipient_key VALUES (?, 1, ?, 5)', [ADA, sealed(2)]],
    [
      `INSERT INTO rights_link (ref, kind, tenant, workspace, topic, address_id, successor_id, sealed, locale, state, requested_at, expires_at)
        VALUES (?, 1, 1, 1, 1, ?, ?, ?, 'en', 1, 1, 2)`,
      [REF, ADA, BOB, sealed(3)],
    ],
    [
      `INSERT INTO rights_request (ref, tenant, workspace, address_id, right, state, opened_at, event, sealed)
        VALUES (?, 1, 1, ?, 1, 1, 0, ?, ?)`,
      [REF, ADA, new Uint8Array(16), sealed(4, 3000)],
    ],
    ["INSERT INTO inbound_connection VALUES (1, 'mailgun', ?, 0)", [sealed(5)]],
    [
      `INSERT INTO webhook_endpoint (id, tenant, workspace, url, description, types, secret, old_secret, state, created_at, cursor, due_at)
        VALUES (?, 1, 1, 'https://x', '', '[]', ?, ?, 1, 0, 0, 0)`,
      [ENDPOINT, sealed(6), sealed(7)],
    ],
  ]
  for (const [sql, args] of rows) await database.sql(sql, args)
}

const entry = eventOf({ type: 'rights.erased' })
const after = (act: WriteBatch): WriteBatch => [append(entry), ...act]

const ACTS: [what: string, act: WriteBatch, gone: string[]][] = [
  [
    'an erasure',
    after(erase(1, ADA, entry)),
    ['address.sealed', 'recipient_key.wrapped', 'rights_link.sealed'],
  ],
  [
    'a correction',
    after([
      ...succeed(
        { formerId: ADA, addressId: BOB, tenant: 1, at: 9 },
        { addressId: ADA, tenant: 1, wrapped: sealed(2), createdAt: 5 },
        entry.id,
      ),
      ...endAccess(ADA, entry.id),
    ]),
    ['address.sealed', 'recipient_key.wrapped', 'rights_link.sealed'],
  ],
  ['a refusal of a mailed link', refuseLink(REF, entry), ['rights_link.sealed']],
  ['forgetting whom a link was mailed to', after(forgetLinks(1000)), ['rights_link.sealed']],
  ['forgetting old links', after(forgetLinks(LINK_KEPT_MS + 1)), ['rights_link.sealed']],
  ['closing a request', closeRequest(REF, 1, entry), ['rights_request.sealed']],
  [
    'ending the connection to a provider',
    disconnect({ workspace: 1, provider: 'mailgun' }, entry),
    ['inbound_connection.sealed'],
  ],
  [
    'deleting a webhook endpoint',
    deleteEndpoint(ENDPOINT, entry),
    ['webhook_endpoint.secret', 'webhook_endpoint.old_secret'],
  ],
  [
    'destroying a data key',
    retireDataKey({ tenant: 1, generation: 1, wrapped: '', madeAt: 0 }, 9, { kind: 'floe' }),
    [],
  ],
]

const holding = async (database: TestDatabase): Promise<string[]> => {
  const found: string[] = []
  for (const { table, column } of SEALED) {
    const [row] = await database.sql(`SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL`)
    if (row![0] !== 0) found.push(`${table}.${column}`)
  }
  return found
}

describe('lets go of nothing encrypted before it is overwritten', () => {
  test.for(ACTS)('%s', async ([, act, gone], { database }) => {
    await filled(database)
    await guard(database)
    const before = await holding(database)
    expect(before).toHaveLength(SEALED.length)
    await apply(database, act)
    expect(await holding(database)).toEqual(before.filter(place => !gone.includes(place)))
    expect(await database.sql('SELECT count(*) FROM event')).toEqual([[1]])
  })

  test('setting a connection up anew', async ({ database }) => {
    await filled(database)
    await guard(database)
    await apply(
      database,
      connect({ workspace: 1, provider: 'mailgun', sealed: sealed(9, 90), updatedAt: 1 }, entry),
    )
    expect(await database.sql('SELECT sealed FROM inbound_connection')).toEqual([[sealed(9, 90)]])
  })
})

test('the database’s own file holds nothing of what was erased, as soon as it is written to it', async () => {
  const database = await openTestDatabase({ checkpointSeconds: 1 })
  const file = `${database.dir}/primary/dbs/default/data`
  const marks = [sealed(1), sealed(2), sealed(3)].map(bytes => Buffer.from(bytes))
  const found = () => marks.map(mark => readFileSync(file).includes(mark))
  await filled(database)
  await expect.poll(found, { timeout: 20_000 }).toEqual([true, true, true])
  await apply(database, after(erase(1, ADA, entry)))
  await expect.poll(found, { timeout: 20_000 }).toEqual([false, false, false])
  await database.close()
})

test('the guard would catch a row that is deleted as it is', async ({ database }) => {
  await filled(database)
  await guard(database)
  for (const { table, column } of SEALED) {
    const refused = `${table}.${column} was not overwritten`
    await expect(database.sql(`DELETE FROM ${table}`)).rejects.toThrow(/was not overwritten/)
    if (!['secret', 'wrapped'].includes(column) && table.startsWith('rights'))
      await expect(database.sql(`UPDATE ${table} SET ${column} = NULL`)).rejects.toThrow(refused)
  }
  await expect(database.sql('DELETE FROM data_key')).rejects.toThrow(/was not overwritten/)
})

import { expect } from 'vitest'
import { SEAL_MARK } from '../../core/cipher.ts'
import { keepAddress } from '../../db/address.ts'
import { keepDataKey } from '../../db/data-key.ts'
import type { Query } from '../../db/engine/query.ts'
import { countsOf, endOfPage, olderTexts, PAGE_ROWS, SEALED, sealAnew } from '../../ops/sealed.ts'
import { apply, idOf, type TestDatabase, test } from '../support/database.ts'

/** Columns of bytes that are no secret of a tenant's: ids, hashes, pictures, and what is under recipients' own keys. */
const NOT_SEALED = [
  'address.address_id',
  'api_key.id',
  'api_key.made_by',
  'api_key.renewal_of',
  'api_key.secret_hash',
  'brand.digest',
  'brand.logo',
  'event.address_id',
  'event.id',
  'event.leaf',
  'event.sealed',
  'inbound_report.address_id',
  'inbound_report.id',
  'inbound_report.message',
  'inbound_report.once',
  'inbound_signature.id',
  'notice.digest',
  'personal_data_read.key',
  'platform_suppression.address_id',
  'preference_allowance.address_id',
  'recipient_choice.address_id',
  'recipient_key.address_id',
  'recipient_mail.address_id',
  'recipient_mail.ref',
  'rights_link.address_id',
  'rights_link.ref',
  'rights_link.successor_id',
  'rights_request.address_id',
  'rights_request.event',
  'rights_request.ref',
  'signup_form.made_by',
  'signup_form.ref',
  'subscription.address_id',
  'subscription_request.address_id',
  'subscription_request.form',
  'subscription_request.ref',
  'succession.address_id',
  'succession.former_id',
  'suppression.address_id',
  'webhook_delivery.address_id',
  'webhook_delivery.endpoint',
  'webhook_endpoint.id',
  'workspace.brand',
]

test('whatever holds bytes in the schema is walked by a rotation, or is known not to be encrypted', async ({
  database,
}) => {
  const rows = await database.sql(
    `SELECT m.name || '.' || c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
      WHERE m.type = 'table' AND c.type = 'BLOB' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'libsql_%' ORDER BY 1`,
  )
  const walked = SEALED.map(({ table, column }) => `${table}.${column}`)
  expect(rows.flat()).toEqual([...NOT_SEALED, ...walked].sort())
})

test('a rotation finds the rows of each table by the table’s own key', async ({ database }) => {
  for (const { table, key } of SEALED) {
    const rows = await database.sql('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', [table])
    const uniques = await database.sql(
      `SELECT (SELECT group_concat(c.name) FROM pragma_index_info(i.name) AS c) FROM pragma_index_list(?) AS i WHERE i."unique"`,
      [table],
    )
    expect([rows.flat().join(), ...uniques.flat()], table).toContain(key.join())
  }
})

const ADDRESSES = SEALED.find(({ table }) => table === 'address')!
const ask = async <T>(database: TestDatabase, query: Query<T>): Promise<T> =>
  query.decode(await database.sql(query.sql, query.args))
const text = (generation: number, ...rest: number[]) =>
  generation === 0 ? Uint8Array.from(rest) : Uint8Array.from([...SEAL_MARK, generation, ...rest])

/** A tenant with that many data keys, and an address under each of the given texts. */
async function filled(database: TestDatabase, keys: number, texts: Uint8Array[]): Promise<void> {
  await database.sql("INSERT INTO tenant VALUES (1, 't', 'T', 0)")
  for (let generation = 1; generation <= keys; generation++)
    await apply(database, keepDataKey({ tenant: 1, generation, wrapped: 'x', madeAt: 0 }, { kind: 'floe' }))
  for (let i = 0; i < texts.length; i += 500)
    await apply(
      database,
      texts
        .slice(i, i + 500)
        .map((sealed, k) => keepAddress({ addressId: idOf(i + k), tenant: 1, sealed, createdAt: 0 })),
    )
}

test('what lies under an older key is told from what does not, however a text from before begins', async ({
  database,
}) => {
  // Texts from before begin with any bytes at all: also with a newest key's number, with half a mark, and with most of one.
  const former = [
    text(0, 2, 2, 2),
    text(0, ...SEAL_MARK.slice(0, 6), 0, 2),
    text(0, ...SEAL_MARK.slice(1), 2),
  ]
  await filled(database, 2, [...former, text(1, 7), text(2, 7), text(2)])
  const older = await ask(database, olderTexts(ADDRESSES, undefined))
  const hex = (texts: Uint8Array[]) => texts.map(each => Buffer.from(each).toString('hex')).sort()
  expect(hex(older.map(({ sealed }) => sealed))).toEqual(hex([...former, text(1, 7)]))
  expect(await ask(database, countsOf(ADDRESSES))).toEqual([
    { tenant: 1, generation: 0, count: 3 },
    { tenant: 1, generation: 1, count: 1 },
    { tenant: 1, generation: 2, count: 2 },
  ])
})

test('a text is replaced only as it was read: what was written meanwhile stands', async ({ database }) => {
  await filled(database, 2, [text(1, 7)])
  const [older] = await ask(database, olderTexts(ADDRESSES, undefined))
  await database.sql('UPDATE address SET sealed = ?', [text(1, 8)])
  expect(await apply(database, [sealAnew(ADDRESSES, older!, text(2, 7))])).toEqual([0])
  expect(await database.sql('SELECT sealed FROM address')).toEqual([[text(1, 8)]])
  const [again] = await ask(database, olderTexts(ADDRESSES, undefined))
  expect(await apply(database, [sealAnew(ADDRESSES, again!, text(2, 8))])).toEqual([1])
  expect(await ask(database, olderTexts(ADDRESSES, undefined))).toEqual([])
})

test('every row is on one page, also where the last page is full', async ({ database }) => {
  await filled(
    database,
    2,
    Array.from({ length: 2 * PAGE_ROWS }, () => text(1, 2)),
  )
  let [found, pages] = [0, 0]
  for (let after: Parameters<typeof olderTexts>[1]; ; pages++) {
    found += (await ask(database, olderTexts(ADDRESSES, after))).length
    const [end] = await ask(database, endOfPage(ADDRESSES, after))
    if (!end) break
    after = end
  }
  expect([found, pages]).toEqual([2 * PAGE_ROWS, 2])
})

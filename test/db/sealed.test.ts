import { expect } from 'vitest'
import { SEALED } from '../../db/sealed.ts'
import { test } from '../support/database.ts'

/** Columns of octets that are no secret of a tenant's: ids, hashes, pictures, and what is under recipients' own keys. */
const NOT_SEALED = [
  'address.address_id',
  'api_key.id',
  'api_key.secret_hash',
  'brand.digest',
  'brand.logo',
  'event.address_id',
  'event.id',
  'event.leaf',
  'event.sealed',
  'inbound_report.address_id',
  'inbound_report.id',
  'inbound_report.once',
  'notice.digest',
  'platform_suppression.address_id',
  'recipient_choice.address_id',
  'recipient_key.address_id',
  'rights_link.address_id',
  'rights_link.ref',
  'rights_link.successor_id',
  'rights_request.address_id',
  'rights_request.event',
  'rights_request.ref',
  'subscription.address_id',
  'subscription_request.address_id',
  'subscription_request.ref',
  'succession.address_id',
  'succession.former_id',
  'suppression.address_id',
  'webhook_delivery.address_id',
  'webhook_delivery.endpoint',
  'webhook_endpoint.id',
  'workspace.brand',
]

test('whatever holds octets in the schema is walked by a rotation, or is known not to be encrypted', async ({
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

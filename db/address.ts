import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, type Selected, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'

/** Encrypted addresses that must be read again. No other table holds an address. */
export const address = sqliteTable('address', {
  addressId: bytes('address_id').primaryKey(),
  tenant: integer().notNull(),
  sealed: bytes().notNull(),
  createdAt: integer('created_at').notNull(),
})

const { tenant, sealed } = fieldsOf(address)
const KEPT = selection({ tenant, sealed })

/** `may-lag` is enough. Asks for the encrypted address behind an id, within one tenant. */
export const sealedAddress = (addressId: About<Uint8Array>): Query<Selected<typeof KEPT>[]> => {
  const id = subjectOf(addressId)
  return {
    sql: `SELECT ${KEPT.list} FROM address WHERE address_id = ${id.sql}`,
    args: [...id.args],
    decode: KEPT.rows,
  }
}

/** Inserts an encrypted address, unless it is there already. */
export const keepAddress = (row: typeof address.$inferInsert): Statement => ({
  sql: 'INSERT INTO address (address_id, tenant, sealed, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  args: [row.addressId, row.tenant, row.sealed, row.createdAt],
})

/** Inserts an encrypted address, unless it is there already, if the event that needs it was appended. */
export const keepAddressOf = (row: typeof address.$inferInsert, eventId: Uint8Array): Statement => ({
  sql: `INSERT INTO address (address_id, tenant, sealed, created_at)
    SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM event WHERE id = ?) ON CONFLICT DO NOTHING`,
  args: [row.addressId, row.tenant, row.sealed, row.createdAt, eventId],
})

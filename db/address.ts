import { eq, sql } from 'drizzle-orm'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { Statement } from '../core/write/statement.ts'
import { builder, bytes, prepared, statement } from './engine/builder.ts'

/** The addresses that must be read again, encrypted, and nowhere else. */
export const address = sqliteTable('address', {
  addressId: bytes('address_id').primaryKey(),
  tenant: integer().notNull(),
  sealed: bytes().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** `may-lag` is enough. Asks for the encrypted address behind an id, within one tenant. */
export const sealedAddress = (addressId: Uint8Array) => sealedOf({ addressId })

const sealedOf = prepared(
  builder
    .select({ tenant: address.tenant, sealed: address.sealed })
    .from(address)
    .where(eq(address.addressId, sql.placeholder('addressId'))),
)

/** Keeps an encrypted address, once. */
export const keepAddress = (row: typeof address.$inferInsert): Statement =>
  statement(builder.insert(address).values(row).onConflictDoNothing())

/** Keeps an encrypted address, once, if the event that needs it was appended. */
export const keepAddressOf = (row: typeof address.$inferInsert, eventId: Uint8Array): Statement => ({
  sql: `INSERT INTO address (address_id, tenant, sealed, created_at)
    SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM event WHERE id = ?) ON CONFLICT DO NOTHING`,
  args: [row.addressId, row.tenant, row.sealed, row.createdAt, eventId],
})

import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { ADDRESS_ID_BYTES } from '../core/address.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'

/** The key of each recipient's evidence, encrypted. Destroying a row makes their evidence unreadable for ever. */
export const recipientKey = sqliteTable('recipient_key', {
  addressId: bytes('address_id').primaryKey(),
  tenant: integer().notNull(),
  wrapped: bytes().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** A recipient's key as it is kept. */
export type RecipientKeyRow = typeof recipientKey.$inferSelect

const KEY = selection<RecipientKeyRow>(fieldsOf(recipientKey, 'k'))

/** Always `fresh`: evidence sealed under a key that is not kept could never be read. */
export const recipientKeyOf = (addressId: About<Uint8Array>): Query<RecipientKeyRow[]> => {
  const id = subjectOf(addressId)
  return {
    sql: `SELECT ${KEY.list} FROM recipient_key AS k WHERE k.address_id = ${id.sql}`,
    args: [...id.args],
    decode: KEY.rows,
  }
}

/** Always `fresh`. Asks for the keys of a packed list of address ids. */
export const recipientKeysOf = (ids: Uint8Array): Query<RecipientKeyRow[]> => ({
  sql: `SELECT ${KEY.list} FROM number AS n
    CROSS JOIN recipient_key AS k ON k.address_id = substr(?1, n.i * ${ADDRESS_ID_BYTES} + 1, ${ADDRESS_ID_BYTES}) WHERE n.i < ?2`,
  args: [ids, ids.length / ADDRESS_ID_BYTES],
  decode: KEY.rows,
})

/**
 * Keeps a recipient's first key, if the event that is sealed with it was appended. Refused where another act kept one in
 * between, and with it the whole act: evidence under a key that is not kept would be lost.
 */
export const keepKey = (row: RecipientKeyRow, eventId: Uint8Array): Statement => ({
  sql: `INSERT INTO recipient_key (address_id, tenant, wrapped, created_at) SELECT ?1, ?2, ?3, ?4
    WHERE EXISTS (SELECT 1 FROM event WHERE id = ?5) AND NOT EXISTS (SELECT 1 FROM recipient_key WHERE address_id = ?1 AND wrapped = ?3)`,
  args: [row.addressId, row.tenant, row.wrapped, row.createdAt, eventId],
})

/**
 * Refuses the whole act if the event that was sealed with a recipient's key was appended and the key is gone: they were erased in
 * between, and evidence under a key that is not kept would be lost. A key is known by when it was made: how it is wrapped changes
 * when its tenant's data key does, also while an act waits in the lane's journal.
 */
export const demandKey = (row: RecipientKeyRow, eventId: Uint8Array): Statement => ({
  // The column takes no NULL.
  sql: `INSERT INTO recipient_key (address_id, tenant, wrapped, created_at) SELECT ?1, ?2, NULL, ?3
    WHERE EXISTS (SELECT 1 FROM event WHERE id = ?4) AND NOT EXISTS (SELECT 1 FROM recipient_key WHERE address_id = ?1 AND created_at = ?3)`,
  args: [row.addressId, row.tenant, row.createdAt, eventId],
})

import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { ADDRESS_ID_BYTES } from '../core/address.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'

/** Keys of recipients' evidence, encrypted. Destroying a row makes the recipient's evidence unreadable for ever. */
export const recipientKey = sqliteTable('recipient_key', {
  addressId: bytes('address_id').primaryKey(),
  tenant: integer().notNull(),
  wrapped: bytes().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** A recipient's key as it is stored. */
export type RecipientKeyRow = typeof recipientKey.$inferSelect

const KEY = selection<RecipientKeyRow>(fieldsOf(recipientKey, 'k'))

/** Always `fresh`, since evidence sealed under a key that is not stored could never be read. Asks for a recipient's key. */
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
 * Inserts a recipient's first key, if the event sealed with it was appended. If another batch inserted one in between, the whole
 * batch is refused: evidence under a key that is not stored would be lost.
 */
export const keepKey = (row: RecipientKeyRow, eventId: Uint8Array): Statement => ({
  sql: `INSERT INTO recipient_key (address_id, tenant, wrapped, created_at) SELECT ?1, ?2, ?3, ?4
    WHERE EXISTS (SELECT 1 FROM event WHERE id = ?5) AND NOT EXISTS (SELECT 1 FROM recipient_key WHERE address_id = ?1 AND wrapped = ?3)`,
  args: [row.addressId, row.tenant, row.wrapped, row.createdAt, eventId],
})

/**
 * Refuses the whole batch if the event sealed with a recipient's key was appended but the key is gone: the recipient was erased
 * in between, and evidence under a key that is not stored would be lost. The key is identified by its time of creation, since its
 * wrapping changes with the tenant's data key, even while a batch waits in the lane's journal.
 */
export const demandKey = (row: RecipientKeyRow, eventId: Uint8Array): Statement => ({
  // The insert fails, since the column takes no NULL.
  sql: `INSERT INTO recipient_key (address_id, tenant, wrapped, created_at) SELECT ?1, ?2, NULL, ?3
    WHERE EXISTS (SELECT 1 FROM event WHERE id = ?4) AND NOT EXISTS (SELECT 1 FROM recipient_key WHERE address_id = ?1 AND created_at = ?3)`,
  args: [row.addressId, row.tenant, row.createdAt, eventId],
})

import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { MAIL_MONTH_MS } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'

/** Mails to recipients within the counted time, of any kind. */
export const recipientMail = sqliteTable(
  'recipient_mail',
  {
    addressId: bytes('address_id').notNull(),
    at: integer().notNull(),
    ref: bytes().notNull(),
    tenant: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.addressId, table.at, table.ref] })],
)

/** Returns, as SQL, the number of mails to a recipient since a time. Both arguments are SQL. */
export const mailsTo = (addressId: string, since: string): string =>
  `(SELECT count(*) FROM recipient_mail WHERE address_id = ${addressId} AND at > ${since})`

/** Counts a mail to a recipient, once, if the event of its request was appended. */
export const countMail = (
  { addressId, at, ref, tenant }: typeof recipientMail.$inferInsert,
  eventId: Uint8Array,
): Statement => ({
  sql: `INSERT INTO recipient_mail (address_id, at, ref, tenant)
    SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM event WHERE id = ?) ON CONFLICT DO NOTHING`,
  args: [addressId, at, ref, tenant, eventId],
})

/** Deletes mails that no longer count. Bookkeeping, not a change: it has no ledger event. */
export const forgetMails = (now: number): Statement => ({
  sql: 'DELETE FROM recipient_mail WHERE at <= ?',
  args: [now - MAIL_MONTH_MS],
})

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LedgerEvent } from '../core/event.ts'
import type { Locale } from '../core/locale.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'

/** Choices of recipients about themselves: language, and opt-out of sale. */
export const recipientChoice = sqliteTable('recipient_choice', {
  addressId: bytes('address_id').primaryKey(),
  tenant: integer().notNull(),
  locale: text(),
  saleOptOutAt: integer('sale_opt_out_at'),
})

/**
 * Always `fresh`, since a person may have chosen just now. Asks for the language a recipient chose; no row where they chose none.
 */
export const chosenLanguage = (addressId: About<Uint8Array>): Query<string[]> => {
  const id = subjectOf(addressId)
  return {
    sql: `SELECT locale FROM recipient_choice WHERE address_id = ${id.sql} AND locale IS NOT NULL`,
    args: [...id.args],
    decode: rows => rows.map(([locale]) => locale as string),
  }
}

/**
 * Always `fresh`. Asks for a recipient's languages at a topic's workspace, strongest first: the one they chose, then that of
 * their newest sign-up there. The plus keeps the workspace's sign-ups out of the search, here and in whatever asks for a recipient's.
 */
export const languagesOf = (topic: number, addressId: Uint8Array): Query<string[]> => ({
  sql: `SELECT (SELECT locale FROM recipient_choice WHERE address_id = ?1),
      (SELECT locale FROM subscription_request WHERE address_id = ?1 AND +workspace = (SELECT workspace FROM topic WHERE number = ?2)
        ORDER BY requested_at DESC LIMIT 1)`,
  args: [addressId, topic],
  decode: rows => rows.flat().filter(locale => typeof locale === 'string'),
})

/** Always `fresh`. Asks since when a recipient's data may not be sold or shared; null where they never opted out. */
export const saleOptOutOf = (addressId: Uint8Array): Query<number | null> => ({
  sql: 'SELECT sale_opt_out_at FROM recipient_choice WHERE address_id = ?',
  args: [addressId],
  decode: rows => (rows[0]?.[0] ?? null) as number | null,
})

/** Records that a recipient's data may not be sold or shared, once, with its event. */
export const optOutOfSale = (
  row: { addressId: Uint8Array; tenant: number },
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `INSERT INTO recipient_choice (address_id, tenant, sale_opt_out_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET sale_opt_out_at = excluded.sale_opt_out_at WHERE sale_opt_out_at IS NULL`,
    args: [row.addressId, row.tenant, entry.at],
  },
  appendIfChanged(entry),
]

/** Stores the language a recipient chose, with its event, if `allowed` holds; repeating the choice changes nothing. */
export const chooseLanguage = (
  row: { addressId: Uint8Array; tenant: number; locale: Locale },
  entry: LedgerEvent,
  allowed: Pick<Statement, 'sql' | 'args'> = { sql: 'TRUE', args: [] },
): Statement[] => [
  {
    sql: `INSERT INTO recipient_choice (address_id, tenant, locale) SELECT ?, ?, ? WHERE ${allowed.sql}
      ON CONFLICT DO UPDATE SET locale = excluded.locale WHERE locale IS NOT excluded.locale`,
    args: [row.addressId, row.tenant, row.locale, ...allowed.args],
  },
  appendIfChanged(entry),
]

import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { REQUEST_STATES, SUBSCRIPTION_STATES } from '../core/codes/subscription.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { destroy } from './overwrite.ts'
import type { RecipientKeyRow } from './recipient-key.ts'

/** Former address ids and the ids that replaced them. */
export const succession = sqliteTable(
  'succession',
  {
    formerId: bytes('former_id').notNull(),
    addressId: bytes('address_id').notNull(),
    tenant: integer().notNull(),
    at: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.formerId, table.addressId] })],
)

/** Asks, alone or within a batch, for the address ids that replaced one. */
export const successorsOf = (addressId: Uint8Array): Query<Uint8Array[]> => ({
  sql: 'SELECT address_id FROM succession WHERE former_id = ?',
  args: [addressId],
  decode: rows => rows.map(([id]) => id as Uint8Array),
})

const OCCURRED = 'EXISTS (SELECT 1 FROM event WHERE id = ?3)'
/** Returns, as SQL, the rank of a state; a lower rank lets less mail through. */
const rank = (state: string) =>
  `CASE ${state} WHEN ${SUBSCRIPTION_STATES.ended} THEN 0 WHEN ${SUBSCRIPTION_STATES.expired} THEN 1 WHEN ${SUBSCRIPTION_STATES.pending} THEN 2 ELSE 3 END`

/**
 * Moves a recipient's subscriptions from one address id to another, if the event was appended. Where both ids have a subscription
 * to a topic, the one that lets less mail through wins. Pending confirmations of the old address end, since their links lead
 * nowhere.
 */
export const moveSubscriptions = (
  tenant: number,
  from: Uint8Array,
  to: Uint8Array,
  eventId: Uint8Array,
): Statement[] => {
  const topics =
    'SELECT t.number FROM topic AS t JOIN workspace AS w ON w.number = t.workspace WHERE w.tenant = ?4'
  const args = [from, to, eventId, tenant]
  return [
    {
      sql: `INSERT INTO subscription (topic, address_id, state, at, until, basis, given_at, state_before, ended_at)
        SELECT topic, ?2, state, at, until, basis, given_at, NULL, ended_at FROM subscription
          WHERE topic IN (${topics}) AND address_id = ?1 AND state <> ${SUBSCRIPTION_STATES.pending} AND ${OCCURRED}
        ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, until = excluded.until, basis = excluded.basis,
          given_at = excluded.given_at, state_before = NULL, ended_at = coalesce(max(ended_at, excluded.ended_at), ended_at, excluded.ended_at)
        WHERE ${rank('excluded.state')} < ${rank('state')}
          OR (excluded.state = state AND excluded.until IS NOT NULL AND (until IS NULL OR excluded.until < until))`,
      args,
    },
    {
      sql: `DELETE FROM subscription WHERE topic IN (${topics}) AND address_id = ?1 AND ?2 <> ?1 AND ${OCCURRED}`,
      args,
    },
    {
      sql: `UPDATE subscription_request SET state = ${REQUEST_STATES.expired}, closed_at = (SELECT at FROM event WHERE id = ?3), mail_due_at = NULL
        WHERE address_id = ?1 AND state = ${REQUEST_STATES.open} AND ?2 <> ?1 AND ?4 AND ${OCCURRED}`,
      args,
    },
  ]
}

/** Deletes the old address and its key, moves its rights requests, and records the address that replaced it. */
export const succeed = (
  { formerId, addressId, tenant, at }: typeof succession.$inferInsert,
  formerKey: RecipientKeyRow | undefined,
  eventId: Uint8Array,
): Statement[] => [
  ...destroy('address', 'address_id = ? AND EXISTS (SELECT 1 FROM event WHERE id = ?)', [formerId, eventId]),
  ...(formerKey
    ? destroy(
        'recipient_key',
        'address_id = ? AND created_at = ? AND EXISTS (SELECT 1 FROM event WHERE id = ?)',
        [formerId, formerKey.createdAt, eventId],
      )
    : []),
  {
    sql: `INSERT INTO recipient_choice (address_id, tenant, locale, sale_opt_out_at)
      SELECT ?2, tenant, locale, sale_opt_out_at FROM recipient_choice WHERE address_id = ?1 AND EXISTS (SELECT 1 FROM event WHERE id = ?3)
      ON CONFLICT DO UPDATE SET locale = coalesce(locale, excluded.locale), sale_opt_out_at = coalesce(sale_opt_out_at, excluded.sale_opt_out_at)`,
    args: [formerId, addressId, eventId],
  },
  {
    sql: 'DELETE FROM recipient_choice WHERE address_id = ? AND EXISTS (SELECT 1 FROM event WHERE id = ?)',
    args: [formerId, eventId],
  },
  {
    sql: `UPDATE rights_request SET address_id = ? WHERE address_id = ? AND EXISTS (SELECT 1 FROM event WHERE id = ?)`,
    args: [addressId, formerId, eventId],
  },
  {
    sql: `INSERT INTO succession (former_id, address_id, tenant, at) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM event WHERE id = ?5)
      ON CONFLICT DO UPDATE SET at = excluded.at`,
    args: [formerId, addressId, tenant, at, eventId],
  },
]

/** Deletes everything about a recipient except their suppressions, if the event was appended. */
export const erase = (tenant: number, addressId: Uint8Array, entry: Pick<LedgerEvent, 'id'>): Statement[] => {
  const occurred = (columns: string) => `${columns} AND EXISTS (SELECT 1 FROM event WHERE id = ?)`
  const own = [addressId, entry.id]
  const either = [addressId, ...own]
  const of = (table: string): Statement => ({
    sql: `DELETE FROM ${table} WHERE ${occurred('address_id = ?')}`,
    args: own,
  })
  return [
    ...destroy('recipient_key', occurred('address_id = ?'), own),
    ...destroy('address', occurred('address_id = ?'), own),
    of('recipient_choice'),
    of('preference_allowance'),
    of('subscription_request'),
    {
      sql: `DELETE FROM subscription WHERE ${occurred(
        'address_id = ? AND topic IN (SELECT t.number FROM topic AS t JOIN workspace AS w ON w.number = t.workspace WHERE w.tenant = ?)',
      )}`,
      args: [addressId, tenant, entry.id],
    },
    {
      sql: `DELETE FROM succession WHERE ${occurred('(address_id = ? OR former_id = ?)')}`,
      args: either,
    },
    ...destroy('rights_link', occurred('(address_id = ? OR successor_id = ?)'), either),
    of('recipient_mail'),
  ]
}

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { dataText, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Statement, Value } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'

/** The ledger. Two triggers keep it append-only. */
export const event = sqliteTable('event', {
  seq: integer().primaryKey(),
  id: bytes().notNull().unique(),
  at: integer().notNull(),
  tenant: integer().notNull(),
  workspace: integer(),
  type: text().notNull(),
  actor: text().notNull(),
  addressId: bytes('address_id'),
  subject: text().notNull(),
  data: text().notNull(),
  sealed: bytes(),
  leaf: bytes().notNull(),
})

/** Columns of an appended event, in the order of `values`. */
const COLUMNS = 'id, at, tenant, workspace, type, actor, address_id, subject, data, sealed, leaf'

const values = (entry: LedgerEvent): Value[] => [
  entry.id,
  entry.at,
  entry.tenant,
  entry.workspace,
  entry.type,
  entry.actor,
  entry.addressId,
  entry.subject,
  dataText(entry.data),
  entry.sealed ?? null,
  leafHash(entry),
]

/** Appends an event. */
export const append = (entry: LedgerEvent): Statement => ({
  sql: `INSERT INTO event (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: values(entry),
})

/** Appends an event if a condition holds when the statement runs. */
export const appendIf = (entry: LedgerEvent, condition: Pick<Statement, 'sql' | 'args'>): Statement => ({
  sql: `INSERT INTO event (${COLUMNS}) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${condition.sql}`,
  args: [...values(entry), ...condition.args],
})

/** Appends an event if the statement just before it changed a row, so that a repeated batch leaves no second event. */
export const appendIfChanged = (entry: LedgerEvent): Statement => ({
  sql: `INSERT INTO event (${COLUMNS}) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE changes() > 0`,
  args: values(entry),
})

/** Appends an event if another one was appended before it in the batch. */
export const appendIfOccurred = (entry: LedgerEvent, because: Uint8Array): Statement =>
  appendIf(entry, { sql: 'EXISTS (SELECT 1 FROM event WHERE id = ?)', args: [because] })

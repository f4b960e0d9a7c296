import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import { LINK_KINDS, LINK_STATES } from '../core/codes/rights.ts'
import type { LedgerEvent } from '../core/event.ts'
import {
  ACCESS_MS,
  LINK_KEPT_MS,
  LINKS_A_DAY,
  LINKS_A_MONTH,
  MAIL_MONTH_MS,
  MAILS_A_MONTH,
} from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, type Selected, selection } from './engine/selection.ts'
import { columnOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'
import { destroy, overwrite } from './overwrite.ts'
import { countMail, mailsTo } from './recipient-mail.ts'
import { tenant, workspace } from './tenant.ts'

/** Mailed links that open more than a sender's links may, and the outbox of their mails. */
export const rightsLink = sqliteTable('rights_link', {
  ref: bytes().primaryKey(),
  kind: integer().notNull(),
  tenant: integer().notNull(),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  topic: integer().notNull(),
  addressId: bytes('address_id').notNull(),
  successorId: bytes('successor_id'),
  sealed: bytes(),
  locale: text().notNull(),
  state: integer().notNull(),
  requestedAt: integer('requested_at').notNull(),
  expiresAt: integer('expires_at'),
  closedAt: integer('closed_at'),
  mailDueAt: integer('mail_due_at'),
  mailAttempts: integer('mail_attempts').notNull().default(0),
})

/** A link as it is stored. */
export type LinkRow = typeof rightsLink.$inferSelect

const who = fieldsOf(workspace, 'w')
const LINK = selection({
  ...fieldsOf(rightsLink, 'l'),
  sender: who.displayName,
  company: fieldsOf(tenant, 't').displayName,
  mailFrom: who.mailFrom,
  regimes: who.regimes,
})
const SELECT = `SELECT ${LINK.list}
  FROM rights_link AS l JOIN workspace AS w ON w.number = l.workspace JOIN tenant AS t ON t.number = l.tenant`

/** A link with its sender. */
export type LinkAndPlace = Selected<typeof LINK>

/** Always `fresh`. Asks for the link that a token or a session names. */
export const linkByRef = (ref: Uint8Array): Query<LinkAndPlace[]> => ({
  sql: `${SELECT} WHERE l.ref = ?`,
  args: [ref],
  decode: LINK.rows,
})

/** Returns the owners of the link with a reference, for queries of a read that begins with `linkByRef`. */
export const aboutLink = (ref: Uint8Array) => ({
  addressId: columnOf(rightsLink, 'addressId', { ref }),
  tenant: columnOf(rightsLink, 'tenant', { ref }),
  workspace: columnOf(rightsLink, 'workspace', { ref }),
})

/**
 * Inserts a link to be mailed, with its event. With `wanted` false it inserts nothing but costs the same, so that timing reveals
 * nothing. It also inserts nothing where the recipient, the preference link or the new address has reached its limit of mails, or
 * the new address refused one lately. `session` is the access link that must still be open, for requests from within it.
 */
export const keepLink = (
  row: LinkRow,
  wanted: boolean,
  entry: LedgerEvent,
  session: Uint8Array | null = null,
): Statement[] => [
  {
    sql: `INSERT INTO rights_link (ref, kind, tenant, workspace, topic, address_id, successor_id, sealed, locale, state, requested_at,
        expires_at, mail_due_at)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ${LINK_STATES.open}, ?10, ?11, ?12 WHERE ?13
        AND (SELECT count(*) FROM rights_link WHERE address_id = ?6 AND kind = ?2 AND requested_at > ?14) < ${LINKS_A_DAY}
        AND (SELECT count(*) FROM rights_link WHERE address_id = ?6 AND kind = ?2 AND topic = ?5 AND requested_at > ?15) < ${LINKS_A_MONTH}
        AND (?7 IS NULL OR (SELECT count(*) FROM rights_link WHERE successor_id = ?7 AND requested_at > ?14) < ${LINKS_A_DAY})
        AND (?7 IS NULL OR NOT EXISTS (SELECT 1 FROM rights_link WHERE successor_id = ?7 AND state = ${LINK_STATES.refused} AND requested_at > ?15))
        AND ${mailsTo('coalesce(?7, ?6)', '?17')} < ?18
        AND (?16 IS NULL OR EXISTS (SELECT 1 FROM rights_link WHERE ref = ?16 AND state = ${LINK_STATES.used}))`,
    args: [
      row.ref,
      row.kind,
      row.tenant,
      row.workspace,
      row.topic,
      row.addressId,
      row.successorId,
      row.sealed,
      row.locale,
      row.requestedAt,
      row.expiresAt,
      row.mailDueAt,
      wanted ? 1 : 0,
      row.requestedAt - DAY_MS,
      row.requestedAt - LINK_KEPT_MS,
      session,
      row.requestedAt - MAIL_MONTH_MS,
      row.kind === LINK_KINDS.access ? MAILS_A_MONTH.access : MAILS_A_MONTH.correction,
    ],
  },
  appendIfChanged(entry),
  countMail({ ...row, addressId: row.successorId ?? row.addressId, at: row.requestedAt }, entry.id),
]

/** Marks a link as used, once and while it works, with its event. */
export const useLink = (ref: Uint8Array, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE rights_link SET state = ${LINK_STATES.used}, closed_at = ?, mail_due_at = NULL
      WHERE ref = ? AND state = ${LINK_STATES.open} AND expires_at > ?`,
    args: [entry.at, ref, entry.at],
  },
  appendIfChanged(entry),
]

/** Refuses a waiting link ("this was not me"), once, with its event, and deletes the address it was mailed to. */
export const refuseLink = (ref: Uint8Array, entry: LedgerEvent): Statement[] => [
  overwrite('rights_link', `ref = ? AND state = ${LINK_STATES.open}`, [ref]),
  {
    sql: `UPDATE rights_link SET state = ${LINK_STATES.refused}, closed_at = ?, mail_due_at = NULL, sealed = NULL
      WHERE ref = ? AND state = ${LINK_STATES.open}`,
    args: [entry.at, ref],
  },
  appendIfChanged(entry),
]

/** Appends an event if the session of an access link is open and `allowed` holds. The rest of the batch depends on that event. */
export const whileOpen = (
  ref: Uint8Array,
  entry: LedgerEvent,
  allowed: Pick<Statement, 'sql' | 'args'> = { sql: 'TRUE', args: [] },
): Statement[] => [
  {
    sql: `UPDATE rights_link SET state = state
      WHERE ref = ? AND kind = ${LINK_KINDS.access} AND state = ${LINK_STATES.used} AND closed_at > ? AND ${allowed.sql}`,
    args: [ref, entry.at - ACCESS_MS, ...allowed.args],
  },
  appendIfChanged(entry),
]

/** Ends a recipient's access sessions and waiting links, if the event that outdates them was appended. */
export const endAccess = (addressId: Uint8Array, eventId: Uint8Array): Statement[] => {
  const where = `address_id = ? AND (state = ${LINK_STATES.open} OR (kind = ${LINK_KINDS.access} AND state = ${LINK_STATES.used}))
    AND EXISTS (SELECT 1 FROM event WHERE id = ?)`
  const args = [addressId, eventId]
  return [
    overwrite('rights_link', where, args),
    {
      sql: `UPDATE rights_link SET state = ${LINK_STATES.ended}, sealed = NULL, mail_due_at = NULL WHERE ${where}`,
      args,
    },
  ]
}

/** Asks for the links whose mails are due, longest due first. */
export const linkMailDue = (now: number, limit: number): Query<LinkRow[]> => ({
  sql: `${SELECT} WHERE l.mail_due_at IS NOT NULL AND l.mail_due_at <= ? ORDER BY l.mail_due_at LIMIT ?`,
  args: [now, limit],
  decode: LINK.rows,
})

/**
 * Leases a mail until `leaseUntil`, if its due time is still the one that was read. Bookkeeping, not a change: it has no ledger
 * event.
 */
export const takeLinkMail = (row: Pick<LinkRow, 'ref' | 'mailDueAt'>, leaseUntil: number): Statement => ({
  sql: `UPDATE rights_link SET mail_due_at = ?, mail_attempts = mail_attempts + 1 WHERE ref = ? AND mail_due_at = ?`,
  args: [leaseUntil, row.ref, row.mailDueAt],
})

/** Sets the expiry of an access link, counted from when its mail goes out, if the mail is still to go. */
export const startLink = (ref: Uint8Array, expiresAt: number): Statement => ({
  sql: `UPDATE rights_link SET expires_at = iif(kind = ${LINK_KINDS.access}, ?, expires_at)
    WHERE ref = ? AND state = ${LINK_STATES.open} AND mail_due_at IS NOT NULL`,
  args: [expiresAt, ref],
})

/** Reschedules a mail that could not be sent for `dueAt`. */
export const linkMailAgain = (ref: Uint8Array, dueAt: number): Statement => ({
  sql: 'UPDATE rights_link SET mail_due_at = ? WHERE ref = ? AND mail_due_at IS NOT NULL',
  args: [dueAt, ref],
})

/** Records the outcome of a mail, once, and the expiry of its link. */
export const linkMailDone = (ref: Uint8Array, expiresAt: number, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE rights_link SET mail_due_at = NULL, expires_at = iif(kind = ${LINK_KINDS.access}, ?, expires_at)
      WHERE ref = ? AND mail_due_at IS NOT NULL`,
    args: [expiresAt, ref],
  },
  appendIfChanged(entry),
]

/**
 * Deletes the addresses of links that no longer open anything, and links that no longer count. Bookkeeping, not a change: it has
 * no ledger event.
 */
export const forgetLinks = (now: number): Statement[] => {
  const done = `sealed IS NOT NULL AND mail_due_at IS NULL AND requested_at < ?1 AND (
    state IN (${LINK_STATES.refused}, ${LINK_STATES.ended}) OR (state = ${LINK_STATES.used} AND closed_at <= ?2) OR (state = ${LINK_STATES.open} AND expires_at <= ?1))`
  const args = [now, now - ACCESS_MS]
  return [
    overwrite('rights_link', done, args),
    { sql: `UPDATE rights_link SET sealed = NULL WHERE ${done}`, args },
    ...destroy('rights_link', 'requested_at <= ?', [now - LINK_KEPT_MS]),
  ]
}

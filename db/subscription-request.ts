import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import { REQUEST_STATES, SUBSCRIPTION_STATES } from '../core/codes/subscription.ts'
import type { LedgerEvent } from '../core/event.ts'
import {
  CONFIRMABLE_MS,
  MAIL_MONTH_MS,
  MAILS_A_MONTH,
  MAILS_PER_ADDRESS,
  REFUSED_MS,
} from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, type Selected, selection } from './engine/selection.ts'
import { columnOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'
import { notice } from './notice.ts'
import { countMail, mailsTo } from './recipient-mail.ts'
import { tenant, workspace } from './tenant.ts'

/** Sign-ups: the topics that a confirmation link confirms, and the outbox of its mail. */
export const subscriptionRequest = sqliteTable('subscription_request', {
  ref: bytes().primaryKey(),
  addressId: bytes('address_id').notNull(),
  tenant: integer().notNull(),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  topics: text({ mode: 'json' }).$type<number[]>().notNull(),
  basis: integer().notNull(),
  notice: text().notNull(),
  noticeVersion: text('notice_version').notNull(),
  sourceHost: text('source_host').notNull(),
  locale: text().notNull(),
  state: integer().notNull(),
  requestedAt: integer('requested_at').notNull(),
  closedAt: integer('closed_at'),
  mailDueAt: integer('mail_due_at'),
  mailAttempts: integer('mail_attempts').notNull().default(0),
  /** 1: the sender got its link and mails it; 0: Floe mails it; null: from before this column. */
  givenToSender: integer('given_to_sender'),
  /** Where its confirmation's page leads back to; null for nowhere. */
  returnUrl: text('return_url'),
  /** The sign-up form it came by; null for none. */
  form: bytes(),
})

/** A sign-up as it is stored. */
export type RequestRow = typeof subscriptionRequest.$inferSelect

const who = fieldsOf(workspace, 'w')
const shown = fieldsOf(notice, 'n')
const REQUEST = selection({
  ...fieldsOf(subscriptionRequest, 'r'),
  sender: who.displayName,
  company: fieldsOf(tenant, 't').displayName,
  mailFrom: who.mailFrom,
  noticeUrl: shown.url,
  noticeDigest: shown.digest,
  linkHost: who.linkHost,
  returnOrigins: who.returnOrigins,
})
const SELECT = `SELECT ${REQUEST.list} FROM subscription_request AS r
  JOIN workspace AS w ON w.number = r.workspace JOIN tenant AS t ON t.number = r.tenant
  JOIN notice AS n ON n.workspace = r.workspace AND n.name = r.notice AND n.version = r.notice_version`

/** A sign-up with its sender and the notice shown. */
export type RequestAndPlace = Selected<typeof REQUEST>

/** Always `fresh`. Asks for the sign-up that a confirmation link names. */
export const requestByRef = (ref: Uint8Array): Query<RequestAndPlace[]> => ({
  sql: `${SELECT} WHERE r.ref = ?`,
  args: [ref],
  decode: REQUEST.rows,
})

/** Returns the owners of the sign-up with a reference, for queries of a read that begins with `requestByRef`. */
export const aboutRequest = (ref: Uint8Array) => ({
  addressId: columnOf(subscriptionRequest, 'addressId', { ref }),
  workspace: columnOf(subscriptionRequest, 'workspace', { ref }),
})

/**
 * Always `fresh`. Asks for a recipient's sign-up at a workspace that can still be confirmed and whose link the sender may have:
 * `ref` if it is one, else the newest.
 */
export const openRequestOf = (
  workspaceNumber: number,
  addressId: Uint8Array,
  now: number,
  ref: Uint8Array,
): Query<Pick<RequestRow, 'ref' | 'requestedAt'> | undefined> => ({
  sql: `SELECT ref, requested_at FROM subscription_request WHERE address_id = ? AND +workspace = ? AND state = ${REQUEST_STATES.open} AND requested_at > ?
      AND given_to_sender IS NOT 0 ORDER BY ref = ? DESC, requested_at DESC LIMIT 1`,
  args: [addressId, workspaceNumber, now - CONFIRMABLE_MS, ref],
  decode: ([row]) => row && { ref: row[0] as Uint8Array, requestedAt: row[1] as number },
})

/** The newest confirmed sign-up for a topic: where it was requested, and when it was confirmed. */
export interface ConfirmedRequest {
  topic: number
  sourceHost: string
  closedAt: number
}

/** Always `fresh`. Asks for the newest confirmed sign-up of a recipient for each topic. */
export const confirmedRequestsOf = (addressId: Uint8Array): Query<ConfirmedRequest[]> => ({
  sql: `SELECT j.value, r.source_host, max(r.closed_at) FROM subscription_request AS r, json_each(r.topics) AS j
    WHERE r.address_id = ? AND r.state = ${REQUEST_STATES.confirmed} GROUP BY j.value`,
  args: [addressId],
  decode: rows =>
    rows.map(([topic, sourceHost, closedAt]) => ({
      topic: topic as number,
      sourceHost: sourceHost as string,
      closedAt: closedAt as number,
    })),
})

/** Asks for the sign-ups whose mail is due, longest due first. Recipients who have left since are skipped. */
export const mailDue = (now: number, limit: number): Query<RequestAndPlace[]> => ({
  sql: `${SELECT} WHERE r.mail_due_at IS NOT NULL AND r.mail_due_at <= ?
      AND EXISTS (SELECT 1 FROM json_each(r.topics) AS j JOIN subscription AS s ON s.topic = j.value AND s.address_id = r.address_id
        WHERE s.state <> ${SUBSCRIPTION_STATES.ended})
    ORDER BY r.mail_due_at LIMIT ?`,
  args: [now, limit],
  decode: REQUEST.rows,
})

/** Asks for sign-ups that were not confirmed in time, oldest first. */
export const unconfirmed = (now: number, limit: number): Query<RequestRow[]> => ({
  sql: `${SELECT} WHERE r.state = ${REQUEST_STATES.open} AND r.requested_at <= ? ORDER BY r.requested_at LIMIT ?`,
  args: [now - CONFIRMABLE_MS, limit],
  decode: REQUEST.rows,
})

/** Most sign-ups within a day: of the workspace, of all its forms together, and of the form that one comes by. */
export interface SignUpRoom {
  workspace: number
  forms: number
  form: number
}

/**
 * Inserts a sign-up with its event and makes its topics pending. Writes nothing when the address has had its mails of the day or
 * month, the workspace or the form has had its sign-ups of the day, or the recipient refused recently; the first result shows
 * whether it did.
 *
 * Confirmed topics stay confirmed. An earlier end or expiry is remembered until the recipient returns.
 */
export const request = (row: RequestRow, room: SignUpRoom, entry: LedgerEvent): Statement[] => {
  const day = row.requestedAt - DAY_MS
  return [
    {
      sql: `INSERT INTO subscription_request (ref, address_id, tenant, workspace, topics, basis, notice, notice_version, source_host,
          locale, state, requested_at, mail_due_at, given_to_sender, return_url, form)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ${REQUEST_STATES.open}, ?11, ?12, ?15, ?18, ?19
        WHERE (SELECT count(*) FROM subscription_request WHERE address_id = ?2 AND requested_at > ?13) < ${MAILS_PER_ADDRESS}
          AND (SELECT count(*) FROM subscription_request WHERE workspace = ?4 AND requested_at > ?13) < ?14
          AND (?19 IS NULL
            OR (SELECT count(*) FROM subscription_request WHERE form = ?19 AND requested_at > ?13) < ?20
              AND (SELECT count(form) FROM subscription_request WHERE workspace = ?4 AND requested_at > ?13) < ?21)
          AND ${mailsTo('?2', '?16')} < ${MAILS_A_MONTH.confirmation}
          AND NOT EXISTS (SELECT 1 FROM subscription_request WHERE address_id = ?2 AND +workspace = ?4
            AND state = ${REQUEST_STATES.refused} AND closed_at > ?17)
        ON CONFLICT DO NOTHING`,
      args: [
        row.ref,
        row.addressId,
        row.tenant,
        row.workspace,
        JSON.stringify(row.topics),
        row.basis,
        row.notice,
        row.noticeVersion,
        row.sourceHost,
        row.locale,
        row.requestedAt,
        row.mailDueAt,
        day,
        room.workspace,
        row.givenToSender,
        row.requestedAt - MAIL_MONTH_MS,
        row.requestedAt - REFUSED_MS,
        row.returnUrl,
        row.form,
        room.form,
        room.forms,
      ],
    },
    appendIfChanged(entry),
    {
      sql: `INSERT INTO subscription (topic, address_id, state, at, until)
        SELECT j.value, ?1, ${SUBSCRIPTION_STATES.pending}, ?2, ?3 FROM json_each(?4) AS j WHERE EXISTS (SELECT 1 FROM event WHERE id = ?5)
        ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, until = excluded.until, state_before = NULL,
          ended_at = iif(state = ${SUBSCRIPTION_STATES.ended}, at, ended_at), basis = iif(state = ${SUBSCRIPTION_STATES.ended}, NULL, basis),
          given_at = iif(state = ${SUBSCRIPTION_STATES.ended}, NULL, given_at)
        WHERE state <> ${SUBSCRIPTION_STATES.confirmed} OR until <= excluded.at`,
      args: [
        row.addressId,
        row.requestedAt,
        row.requestedAt + CONFIRMABLE_MS,
        JSON.stringify(row.topics),
        entry.id,
      ],
    },
    countMail({ ...row, at: row.requestedAt }, entry.id),
  ]
}

/** Topics that a confirmation confirms, except those ended after `bindsAfter`, and the end of the consent. */
export interface Confirmed {
  topics: number[]
  bindsAfter: number
  until: number | null
}

/** Confirms a sign-up, once, with its event. A consent with a term never replaces one that lasts longer. */
export const confirm = (
  row: Pick<RequestRow, 'ref' | 'addressId' | 'basis'>,
  { topics, bindsAfter, until }: Confirmed,
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `UPDATE subscription_request SET state = ${REQUEST_STATES.confirmed}, closed_at = ?, mail_due_at = NULL
      WHERE ref = ? AND state = ${REQUEST_STATES.open} AND requested_at > ?`,
    args: [entry.at, row.ref, entry.at - CONFIRMABLE_MS],
  },
  appendIfChanged(entry),
  {
    sql: `INSERT INTO subscription (topic, address_id, state, at, until, basis, given_at)
      SELECT j.value, ?1, ${SUBSCRIPTION_STATES.confirmed}, ?2, ?7, ?3, ?2 FROM json_each(?4) AS j WHERE EXISTS (SELECT 1 FROM event WHERE id = ?5)
      ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, until = excluded.until, basis = excluded.basis,
        given_at = excluded.given_at, state_before = NULL, ended_at = NULL
      WHERE NOT (state = ${SUBSCRIPTION_STATES.ended} AND at > ?6) AND (ended_at IS NULL OR ended_at <= ?6)
        AND NOT (state = ${SUBSCRIPTION_STATES.confirmed} AND excluded.until IS NOT NULL AND (until IS NULL OR until > excluded.until))`,
    args: [row.addressId, entry.at, row.basis, JSON.stringify(topics), entry.id, bindsAfter, until],
  },
]

/**
 * Refuses a sign-up ("this was not me"), once, with its event, in time or too late. Topics of other open sign-ups stay pending
 * and can still be confirmed; if that does not happen, the refusal is remembered.
 */
export const refuse = (row: Pick<RequestRow, 'ref' | 'addressId'>, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE subscription_request SET state = ${REQUEST_STATES.refused}, closed_at = ?, mail_due_at = NULL
      WHERE ref = ? AND state IN (${REQUEST_STATES.open}, ${REQUEST_STATES.expired})`,
    args: [entry.at, row.ref],
  },
  appendIfChanged(entry),
  {
    sql: `UPDATE subscription SET state_before = state, state = ${SUBSCRIPTION_STATES.ended}, at = ?1
      WHERE address_id = ?2 AND state IN (${SUBSCRIPTION_STATES.pending}, ${SUBSCRIPTION_STATES.expired}) AND EXISTS (SELECT 1 FROM event WHERE id = ?3)
        AND topic IN (SELECT j.value FROM subscription_request AS r, json_each(r.topics) AS j WHERE r.ref = ?4)
        AND topic NOT IN (SELECT j.value FROM subscription_request AS r, json_each(r.topics) AS j
          WHERE r.address_id = ?2 AND r.state = ${REQUEST_STATES.open} AND r.requested_at > ?5)`,
    args: [entry.at, row.addressId, entry.id, row.ref, entry.at - CONFIRMABLE_MS],
  },
  {
    sql: `UPDATE subscription SET ended_at = (SELECT min(requested_at) FROM subscription_request WHERE address_id = ?1)
      WHERE address_id = ?1 AND state = ${SUBSCRIPTION_STATES.pending} AND ended_at IS NULL AND EXISTS (SELECT 1 FROM event WHERE id = ?2)
        AND topic IN (SELECT j.value FROM subscription_request AS r, json_each(r.topics) AS j WHERE r.ref = ?3)`,
    args: [row.addressId, entry.id, row.ref],
  },
]

/** Records that a sign-up was not confirmed in time, with its event, and expires its pending topics. */
export const requestRanOut = ({ ref, addressId, topics }: RequestRow, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE subscription_request SET state = ${REQUEST_STATES.expired}, closed_at = ?, mail_due_at = NULL WHERE ref = ? AND state = ${REQUEST_STATES.open}`,
    args: [entry.at, ref],
  },
  appendIfChanged(entry),
  {
    sql: `UPDATE subscription SET state = ${SUBSCRIPTION_STATES.expired}, at = until
      WHERE topic IN (SELECT value FROM json_each(?)) AND address_id = ? AND state = ${SUBSCRIPTION_STATES.pending} AND until <= ?`,
    args: [JSON.stringify(topics), addressId, entry.at],
  },
]

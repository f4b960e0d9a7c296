import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { BASES } from '../core/codes/basis.ts'
import { REASONS } from '../core/codes/reason.ts'
import { SCOPE_KINDS, topicScope, workspaceScope } from '../core/codes/scope.ts'
import { SOURCES } from '../core/codes/source.ts'
import { SUBSCRIPTION_STATES } from '../core/codes/subscription.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Pending } from './engine/pending.ts'
import type { Query } from './engine/query.ts'
import { field, fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'
import { workspace } from './tenant.ts'
import { topic } from './topic.ts'

/** State of one recipient's subscription to one topic. */
export const subscription = sqliteTable(
  'subscription',
  {
    topic: integer()
      .notNull()
      .references(() => topic.number),
    addressId: bytes('address_id').notNull(),
    state: integer().notNull(),
    at: integer().notNull(),
    until: integer(),
    basis: integer(),
    givenAt: integer('given_at'),
    stateBefore: integer('state_before'),
    /** Its last end, remembered while the recipient is asked again. */
    endedAt: integer('ended_at'),
  },
  table => [primaryKey({ columns: [table.topic, table.addressId] })],
)

/** A subscription row. */
export type SubscriptionRow = typeof subscription.$inferSelect

const kept = fieldsOf(subscription, 's')
const ROW = selection<SubscriptionRow & { workspace: number }>({
  ...kept,
  // A sub-select, so that it does not change how the rows are found.
  workspace: field('(SELECT workspace FROM topic WHERE number = s.topic)'),
})

/**
 * Ends the rows that a pending unsubscribe will end. An unsubscribe older than a row's last change does not end that row.
 */
const ended = <Row extends SubscriptionRow & { workspace: number }>(rows: Row[], pending: Pending): Row[] =>
  rows.map(row => {
    const left = pending
      .of(row.addressId)
      .find(
        ({ scope, reason, source, at }) =>
          reason === REASONS.unsubscribed &&
          source === SOURCES.recipient &&
          at >= row.at &&
          (scope === topicScope(row.topic) || scope === workspaceScope(row.workspace)),
      )
    return left && OPEN_STATES.includes(row.state)
      ? { ...row, state: SUBSCRIPTION_STATES.ended, at: left.at, stateBefore: row.state }
      : row
  })

/** Always `fresh`. Asks for a recipient's subscriptions to topics of a workspace. */
export const subscriptionsOf = (
  workspace: About<number>,
  addressId: About<Uint8Array>,
): Query<SubscriptionRow[]> => {
  const [at, id] = [subjectOf(workspace), subjectOf(addressId)]
  return {
    sql: `SELECT ${ROW.list} FROM subscription AS s
      WHERE s.topic IN (SELECT number FROM topic WHERE workspace = ${at.sql}) AND s.address_id = ${id.sql} ORDER BY s.topic`,
    args: [...at.args, ...id.args],
    decode: ROW.rows,
    overlayPending: ended,
  }
}

/** Always `fresh`. Asks for a recipient's subscriptions to topics of a tenant. */
export const allSubscriptionsOf = (
  tenant: About<number>,
  addressId: About<Uint8Array>,
): Query<SubscriptionRow[]> => {
  const [of, id] = [subjectOf(tenant), subjectOf(addressId)]
  return {
    sql: `SELECT ${ROW.list} FROM subscription AS s
      WHERE s.topic IN (SELECT t.number FROM topic AS t JOIN workspace AS w ON w.number = t.workspace WHERE w.tenant = ${of.sql})
        AND s.address_id = ${id.sql} ORDER BY s.topic`,
    args: [...of.args, ...id.args],
    decode: ROW.rows,
    overlayPending: ended,
  }
}

const { workspace: ofTopic, name: topicName } = fieldsOf(topic, 't')
const AMONG = selection({ ...kept, workspace: ofTopic })

/** Always `fresh`. Asks for the subscriptions of a packed list of recipients to topics of a workspace. */
export const subscriptionsAmong = (workspace: number, ids: Uint8Array): Query<SubscriptionRow[]> => ({
  sql: `SELECT ${AMONG.list} FROM topic AS t CROSS JOIN number AS n
    CROSS JOIN subscription AS s ON s.topic = t.number AND s.address_id = substr(?2, n.i * ${ADDRESS_ID_BYTES} + 1, ${ADDRESS_ID_BYTES})
    WHERE t.workspace = ?1 AND n.i < ?3`,
  args: [workspace, ids, ids.length / ADDRESS_ID_BYTES],
  decode: AMONG.rows,
  overlayPending: ended,
})

const { number, tenant } = fieldsOf(workspace, 'w')
const RUN_OUT = selection({ ...kept, workspace: number, tenant, topicName })

/** Asks for consents past their term that are not yet recorded as expired, oldest first. */
export const runOut = (
  now: number,
  limit: number,
): Query<(SubscriptionRow & { workspace: number; tenant: number; topicName: string })[]> => ({
  sql: `SELECT ${RUN_OUT.list}
    FROM subscription AS s JOIN topic AS t ON t.number = s.topic JOIN workspace AS w ON w.number = t.workspace
    WHERE s.state = ${SUBSCRIPTION_STATES.confirmed} AND s.until IS NOT NULL AND s.until <= ? ORDER BY s.until LIMIT ?`,
  args: [now, limit],
  decode: RUN_OUT.rows,
})

/** Records that a consent expired, with its event. A consent renewed in between stays. */
export const expire = (row: SubscriptionRow, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE subscription SET state = ${SUBSCRIPTION_STATES.expired}, at = ? WHERE topic = ? AND address_id = ? AND state = ${SUBSCRIPTION_STATES.confirmed} AND until = ?`,
    args: [row.until, row.topic, row.addressId, row.until],
  },
  appendIfChanged(entry),
]

/** States that an unsubscribe ends. */
const OPEN_STATES: readonly number[] = [SUBSCRIPTION_STATES.pending, SUBSCRIPTION_STATES.confirmed]
const OPEN = OPEN_STATES.join(', ')

/** Topics that a recipient leaves: one, or every topic of a workspace. */
export type Left = { topic: number } | { workspace: number }

const among = (left: Left): string =>
  'topic' in left ? 'topic = ?' : 'topic IN (SELECT number FROM topic WHERE workspace = ?)'
const named = (left: Left): number => ('topic' in left ? left.topic : left.workspace)

/**
 * Ends a recipient's confirmed and pending subscriptions, with its event, if the batch's event `because` was appended; nothing where
 * there are none. A recipient's own stop ends them by itself (`stop`).
 */
export const end = (
  left: Left,
  entry: LedgerEvent & { addressId: Uint8Array },
  because: Uint8Array,
): Statement[] => [
  {
    sql: `UPDATE subscription SET state_before = state, state = ${SUBSCRIPTION_STATES.ended}, at = ? WHERE ${among(left)} AND address_id = ? AND state IN (${OPEN})
      AND EXISTS (SELECT 1 FROM event WHERE id = ?)`,
    args: [entry.at, named(left), entry.addressId, because],
  },
  appendIfChanged(entry),
]

/**
 * Restores subscriptions that ended at exactly `endedAt`, with its event: the subscription part of an undo. Topics that the
 * recipient chose to leave since, alone or with the whole workspace, stay ended; nothing is restored unless `allowed` holds.
 */
export const restore = (
  left: Left,
  endedAt: number,
  entry: LedgerEvent & { addressId: Uint8Array },
  allowed: Pick<Statement, 'sql' | 'args'>,
): Statement[] => [
  {
    sql: `UPDATE subscription SET state = state_before, state_before = NULL, at = ? WHERE ${among(left)} AND address_id = ?
      AND state = ${SUBSCRIPTION_STATES.ended} AND at = ? AND state_before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM suppression AS s
        WHERE s.address_id = subscription.address_id AND s.source = ${SOURCES.recipient} AND coalesce(s.chosen_at, s.at) > ?
          AND s.scope IN (subscription.topic * 4 + ${SCOPE_KINDS.topic}, (SELECT workspace * 4 + ${SCOPE_KINDS.workspace} FROM topic WHERE number = subscription.topic)))
      AND ${allowed.sql}`,
    args: [entry.at, named(left), entry.addressId, endedAt, endedAt, ...allowed.args],
  },
  appendIfChanged(entry),
]

/**
 * Records a consent that a sender holds, with its event. It only adds: a longer consent is kept; an express one is not replaced
 * by one with a term, but replaces a weaker basis that lasts as long; subscriptions that the recipient ended stay ended, even
 * while the recipient is asked again.
 */
export const grant = (
  row: Pick<SubscriptionRow, 'topic' | 'addressId' | 'at' | 'until' | 'basis' | 'givenAt'>,
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `INSERT INTO subscription (topic, address_id, state, at, until, basis, given_at) VALUES (?, ?, ${SUBSCRIPTION_STATES.confirmed}, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, until = excluded.until, basis = excluded.basis,
        given_at = excluded.given_at, state_before = NULL
      WHERE state <> ${SUBSCRIPTION_STATES.ended} AND ended_at IS NULL
        AND (state <> ${SUBSCRIPTION_STATES.confirmed} OR (until IS NOT NULL AND (excluded.until IS NULL OR excluded.until > until))
          OR (until IS excluded.until AND basis <> ${BASES.express} AND excluded.basis = ${BASES.express}))`,
    args: [row.topic, row.addressId, row.at, row.until, row.basis, row.givenAt],
  },
  appendIfChanged(entry),
]

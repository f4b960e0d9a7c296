import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { LACKS } from '../core/codes/lack.ts'
import { REASONS } from '../core/codes/reason.ts'
import { SCOPE_KINDS } from '../core/codes/scope.ts'
import { SOURCES } from '../core/codes/source.ts'
import { SUBSCRIPTION_STATES } from '../core/codes/subscription.ts'
import type { LedgerEvent } from '../core/event.ts'
import { UNDO_MS } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Pending } from './engine/pending.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'

const column = {
  addressId: bytes('address_id').notNull(),
  scope: integer().notNull(),
  reason: integer().notNull(),
  source: integer().notNull(),
  at: integer().notNull(),
  until: integer(),
  /** Time of the recipient's last repetition of the choice; null for `at`. */
  chosenAt: integer('chosen_at'),
  /** Time of the last ledger event about a repetition, or of the first repetition counted since. */
  toldAt: integer('told_at'),
  /** Repetitions since then. */
  untold: integer(),
}

/** Suppressions within tenants. One row per address id, scope and reason. */
export const suppression = sqliteTable('suppression', column, table => [
  primaryKey({ columns: [table.addressId, table.scope, table.reason] }),
])

/** Suppressions for all tenants, by ids under the platform's own key. */
export const platformSuppression = sqliteTable(
  'platform_suppression',
  {
    addressId: bytes('address_id').notNull(),
    reason: integer().notNull(),
    source: integer().notNull(),
    at: integer().notNull(),
    until: integer(),
  },
  table => [primaryKey({ columns: [table.addressId, table.reason] })],
)

/** A suppression as it is stored. Scope 0 is the platform's list. */
export type SuppressionRow = Omit<typeof suppression.$inferSelect, 'toldAt' | 'untold'> & {
  untold?: number | null
}

/** A suppression to add. */
export type NewSuppression = Omit<SuppressionRow, 'chosenAt' | 'untold'>

/** Returns when the choice of a row was last made, milliseconds since 1970 UTC. */
export const chosenAt = (row: Pick<SuppressionRow, 'at' | 'chosenAt'>): number => row.chosenAt ?? row.at

/** Scope of the platform's list, where rows of both lists meet. */
export const PLATFORM = 0

/** A row found for the id at `index` of a packed list. A negative reason is a lack of consent; only then may `at` be null. */
export interface Hit {
  index: number
  scope: number
  reason: number
  at: number | null
  until: number | null
}

const hits = (rows: unknown[][]): Hit[] =>
  (rows as [number, number, number, number | null, number | null][]).map(
    ([index, scope, reason, at, until]) => ({
      index,
      scope,
      reason,
      at,
      until,
    }),
  )

/** Scopes and topic that a packed list is looked up for, and whether consents are checked. */
export interface SuppressionLookup {
  scopes: [number, number]
  topic: { workspace: number; name: string } | undefined
  consent: boolean
  now: number
}

/** SQL for the n-th id of a packed list in `?1`. */
export const ID = `substr(?1, n.i * ${ADDRESS_ID_BYTES} + 1, ${ADDRESS_ID_BYTES})`
const NAMED = `WITH named AS MATERIALIZED (SELECT t.number, coalesce(t.consent, w.consent) = 'opt_in' AS opt_in
    FROM topic AS t JOIN workspace AS w ON w.number = t.workspace WHERE t.workspace = ?5 AND t.name = ?6)`

/**
 * Rows for recipients without a valid consent: in `opt_in` mode everybody without a row, and in both modes those whose row does
 * not allow mail. In `opt_out` mode an unconfirmed sign-up without earlier history counts as no row: it silences nobody.
 */
const LACKING = `UNION ALL SELECT n.i, named.number * 4 + ${SCOPE_KINDS.topic},
      CASE WHEN named.opt_in AND c.state = ${SUBSCRIPTION_STATES.pending} AND (c.until IS NULL OR c.until > ?7) THEN ${LACKS.pending_confirmation}
        WHEN c.given_at IS NOT NULL AND c.state <> ${SUBSCRIPTION_STATES.ended} THEN ${LACKS.consent_expired} ELSE ${LACKS.no_consent} END,
      iif(c.state = ${SUBSCRIPTION_STATES.confirmed}, c.until, c.at), NULL
    FROM named CROSS JOIN number AS n LEFT JOIN subscription AS c ON c.topic = named.number AND c.address_id = ${ID}
    WHERE n.i < ?2 AND (named.opt_in OR EXISTS (SELECT 1 FROM subscription WHERE topic = named.number))
      AND CASE WHEN c.state IS NULL THEN named.opt_in WHEN c.state = ${SUBSCRIPTION_STATES.confirmed} THEN c.until <= ?7
        WHEN c.given_at IS NULL AND c.ended_at IS NULL AND c.state IN (${SUBSCRIPTION_STATES.pending}, ${SUBSCRIPTION_STATES.expired}) THEN named.opt_in
        ELSE 1 END`

/**
 * Always `fresh`. Looks up a packed list of tenant address ids: their suppressions in the scopes of tenant, workspace and, when
 * named, topic, and what their consent to the topic lacks.
 *
 * One statement serves one id or ten thousand: the numbers table splits the list, CROSS JOIN fixes the order of the loops, and
 * the unary plus keeps the scope out of the index, so that each id is one seek (decision 0003).
 */
export const matching = (
  ids: Uint8Array,
  { scopes, topic, consent, now }: SuppressionLookup,
): Query<Hit[]> => ({
  sql: `${NAMED} SELECT n.i, s.scope, s.reason, s.at, s.until
    FROM number AS n CROSS JOIN suppression AS s ON s.address_id = ${ID}
    WHERE n.i < ?2 AND +s.scope IN (?3, ?4, (SELECT number * 4 + ${SCOPE_KINDS.topic} FROM named)) ${consent ? LACKING : ''}`,
  args: [
    ids,
    ids.length / ADDRESS_ID_BYTES,
    ...scopes,
    topic?.workspace ?? null,
    topic?.name ?? null,
    ...(consent ? [now] : []),
  ],
  decode: hits,
  // The topic is given by name, so denials of every topic pass; the caller filters them once it knows the topic's number.
  overlayPending: (answer, pending) => [
    ...answer,
    ...pendingHits(ids, pending).filter(
      ({ scope }) => scopes.includes(scope) || scope % 4 === SCOPE_KINDS.topic,
    ),
  ],
})

/** Returns the pending denials of a packed list of ids. */
function pendingHits(ids: Uint8Array, pending: Pending): Hit[] {
  const found: Hit[] = []
  for (let index = 0; index * ADDRESS_ID_BYTES < ids.length; index++) {
    const id = ids.subarray(index * ADDRESS_ID_BYTES, (index + 1) * ADDRESS_ID_BYTES)
    for (const { scope, reason, at, until } of pending.of(id)) found.push({ index, scope, reason, at, until })
  }
  return found
}

/** Always `fresh`. Looks up a packed list of platform address ids in the platform's list. */
export const matchingPlatform = (ids: Uint8Array): Query<Hit[]> => ({
  sql: `SELECT n.i, ${PLATFORM}, p.reason, p.at, p.until
    FROM number AS n CROSS JOIN platform_suppression AS p ON p.address_id = ${ID}
    WHERE n.i < ?2`,
  args: [ids, ids.length / ADDRESS_ID_BYTES],
  decode: hits,
  overlayPending: (answer, pending) => [
    ...answer,
    ...pendingHits(ids, pending).filter(({ scope }) => scope === PLATFORM),
  ],
})

const { toldAt: _, ...kept } = fieldsOf(suppression)
const ROW = selection<SuppressionRow>(kept)

/**
 * Always `fresh`. Asks for all suppressions of one address id in its tenant. A looked-up id is known once the read is answered,
 * and its pending denials are added then.
 */
export const suppressionsOf = (addressId: About<Uint8Array>): Query<SuppressionRow[]> => {
  const about = subjectOf(addressId)
  return {
    sql: `SELECT ${ROW.list} FROM suppression WHERE address_id = ${about.sql} ORDER BY scope, reason`,
    args: [...about.args],
    decode: ROW.rows,
    overlayPending: (rows, pending, answers) => {
      const id = about.valueIn(answers)
      return [...rows, ...(id === undefined ? [] : pendingBeside(rows, pending.of(id)))]
    },
  }
}

/** Returns the pending denials of an address id in its tenant that its rows do not hold without an end. */
export const pendingBeside = (
  rows: readonly SuppressionRow[],
  denials: ReturnType<Pending['of']>,
): SuppressionRow[] =>
  denials
    .filter(
      ({ scope, reason }) =>
        scope !== PLATFORM &&
        !rows.some(row => row.scope === scope && row.reason === reason && row.until === null),
    )
    .map(denial => ({ ...denial, chosenAt: null }))

/** Reasons that are a recipient's own choice also where an import brought them from elsewhere. */
export const CHOSEN_ELSEWHERE = `${REASONS.unsubscribed}, ${REASONS.objected}, ${REASONS.complained}`
const IMPORT_AND_SENDER = `excluded.source + source = ${SOURCES.import + SOURCES.sender} AND reason IN (${CHOSEN_ELSEWHERE})`
const STAYS_IMPORT = `(${IMPORT_AND_SENDER}) OR (source = ${SOURCES.import} AND until IS NULL AND excluded.source <> ${SOURCES.recipient})`

const LATER_END = 'until = iif(until IS NULL OR excluded.until IS NULL, NULL, max(until, excluded.until))'

/** Returns the SQL that merges a suppression of anybody's at `now`, as SQL. */
const extendedAt = (now: string): string => `at = iif(until <= ${now}, excluded.at, at),
    source = CASE WHEN until <= ${now} THEN excluded.source WHEN ${STAYS_IMPORT} THEN ${SOURCES.import} ELSE min(source, excluded.source) END,
    ${LATER_END}`
const IS_EXTENDED = `(until IS NOT NULL AND (excluded.until IS NULL OR excluded.until > until))
    OR (excluded.source = ${SOURCES.recipient} AND source <> ${SOURCES.recipient})
    OR (excluded.source = ${SOURCES.import} AND ${IMPORT_AND_SENDER})`

/**
 * Merges a suppression into one of the same address, scope and reason: it may end later or never, and may become the recipient's
 * own (source 1), or their choice elsewhere (an import's), which no sender can lift. It is never shortened. One that had expired begins again.
 */
export const EXTEND = `ON CONFLICT DO UPDATE SET ${extendedAt('excluded.at')} WHERE ${IS_EXTENDED}`

/**
 * Returns, as SQL, whether a row `s` could still be undone at `at`, though an entry of `source` says the same: a recipient's own by
 * their undo, an import's by its own. A later import does not keep a row, since it is undone before the earlier one; while a
 * tenant's import is being undone, it does.
 */
export const undoable = (s: string, at: string, source: string, tenant: string): string =>
  `${source} <> ${SOURCES.recipient} AND ${s}.chosen_at IS NULL AND (${s}.source = ${SOURCES.recipient} AND ${s}.at > ${at} - ${UNDO_MS}
    OR ${s}.source = ${SOURCES.import} AND (${source} <> ${SOURCES.import} OR EXISTS (SELECT 1 FROM workspace AS w
      CROSS JOIN import AS m INDEXED BY import_undoing ON m.workspace = w.number AND m.undone_at IS NOT NULL AND m.undo_ended_at IS NULL WHERE w.tenant = ${tenant})))`

/**
 * Returns SQL that merges as `EXTEND` does, at `now`, for a tenant's suppressions, which have undos: a later choice of the recipient
 * becomes the last one, and an entry that somebody else confirms can no longer be undone.
 */
export const extendAndBindAt = (now: string, tenant: string): string => {
  const isUndoable = undoable('suppression', now, 'excluded.source', tenant)
  return `ON CONFLICT DO UPDATE SET ${extendedAt(now)},
    chosen_at = CASE WHEN until <= ${now} THEN excluded.chosen_at
      WHEN excluded.source <> ${SOURCES.recipient} THEN iif(${isUndoable}, max(${now}, at + 1), chosen_at)
      ELSE max(coalesce(chosen_at, at), coalesce(excluded.chosen_at, excluded.at)) END
  WHERE ${IS_EXTENDED} OR (${isUndoable})
    OR (excluded.source = ${SOURCES.recipient} AND coalesce(excluded.chosen_at, excluded.at) > coalesce(chosen_at, at))`
}

/**
 * Adds a suppression with its event, or copies one to another address id; repeating it changes and records nothing. The first
 * result has a row when something changed: the time since which the suppression stands. Within a bigger batch, only if that
 * batch's event `because` was appended.
 */
export const suppress = (
  row: NewSuppression & { chosenAt?: number | null },
  entry: LedgerEvent,
  because: Uint8Array | null = null,
): Statement[] => [
  {
    sql: `INSERT INTO suppression (address_id, scope, reason, source, at, until, chosen_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
      WHERE (?8 IS NULL OR EXISTS (SELECT 1 FROM event WHERE id = ?8)) ${extendAndBindAt('excluded.at', 'NULL')} RETURNING at`,
    args: [
      row.addressId,
      row.scope,
      row.reason,
      row.source,
      row.at,
      row.until,
      row.chosenAt ?? null,
      because,
    ],
    denies: [row],
  },
  appendIfChanged(entry),
]

/**
 * Lifts exactly the suppression that was read, with its event, which also gives the number of repetitions not yet in the ledger.
 * A suppression that has since become another's, was chosen again or began again stays. Within a bigger batch, only if that
 * batch's event `because` was appended.
 */
export const lift = (
  row: Omit<SuppressionRow, 'until'>,
  entry: LedgerEvent,
  because: Uint8Array | null = null,
): Statement[] => [
  {
    sql: `DELETE FROM suppression WHERE address_id = ?1 AND scope = ?2 AND reason = ?3 AND source = ?4 AND at = ?5
      AND chosen_at IS ?7 AND (?6 IS NULL OR EXISTS (SELECT 1 FROM event WHERE id = ?6))`,
    args: [row.addressId, row.scope, row.reason, row.source, row.at, because, row.chosenAt],
  },
  appendIfChanged(row.untold ? { ...entry, data: { ...entry.data, repeated: row.untold } } : entry),
]

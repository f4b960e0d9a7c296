import { dataText, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Query } from './engine/query.ts'
import { type Field, field, fieldsOf, selection } from './engine/selection.ts'
import { type About, subjectOf } from './engine/subject.ts'
import { event } from './event.ts'
import { recipientKey } from './recipient-key.ts'

/** An event of the ledger as it is stored, with its sequence number. */
export interface EventRow {
  seq: number
  id: Uint8Array
  at: number
  workspace: number | null
  type: string
  actor: string
  addressId: Uint8Array | null
  subject: string
  /** The name of the topic that `data` has by its number. */
  topic: string | null
  data: string
  leaf: Uint8Array
}

/** An event about a recipient, with its address id and its encrypted evidence. */
export interface RecipientEventRow extends EventRow {
  addressId: Uint8Array
  sealed: Uint8Array | null
  /** Names of the topics of the sign-up whose mail the event is about. */
  asked: string | null
}

/** An event with its evidence and its recipient's key, both encrypted; null where they were not asked for. */
export interface EvidentRow extends EventRow {
  sealed: Uint8Array | null
  wrapped: Uint8Array | null
}

const { tenant: _, sealed, addressId, ...kept } = fieldsOf(event, 'e')
const TOPIC = field<string | null>(
  "(SELECT t.name FROM topic AS t WHERE t.number = json_extract(e.data, '$.topic'))",
)
const EVENT = { ...kept, addressId, topic: TOPIC }
const ROW = selection<EventRow>(EVENT)

/** Returns the columns of an event about a recipient; `asked` is the expression for the sign-up's topics. */
const recipientRow = (asked: string) =>
  selection<RecipientEventRow>({
    ...EVENT,
    addressId: addressId as Field<Uint8Array>,
    sealed,
    asked: field<string | null>(asked),
  })
const TOLD = recipientRow('NULL')

/** Returns an event about a recipient as it will be stored, without its sequence number, to show it before that. */
export const rowOf = (entry: LedgerEvent & { addressId: Uint8Array }): RecipientEventRow => ({
  ...entry,
  seq: 0,
  topic: null,
  data: dataText(entry.data),
  sealed: entry.sealed ?? null,
  asked: null,
  leaf: leafHash(entry),
})

/** Address ids that a recipient had, each until they left it. */
const person = (id: string) => `WITH RECURSIVE person(id, until) AS (
    SELECT ${id}, 9e15 UNION SELECT s.former_id, s.at FROM person AS p JOIN succession AS s ON s.address_id = p.id AND s.at < p.until)`

/** One address id of a recipient, and the part of its history that is theirs: sequence numbers above `after`, up to `last`. */
export interface Span {
  id: Uint8Array
  after: number
  last: number
}

/**
 * Always `fresh`. Asks for the spans of a recipient's history, including their former addresses, each until they left it. Events
 * of an address before its last holder left it belong to that holder and follow them.
 */
export const spansOf = (addressId: Uint8Array): Query<Span[]> => ({
  sql: `${person('?')} SELECT p.id, (SELECT max(l.seq) FROM event AS l
      WHERE l.address_id = p.id AND l.type = 'rights.address_left' AND l.at < p.until),
    CASE WHEN p.until < 9e15 THEN coalesce((SELECT max(l.seq) FROM event AS l WHERE l.address_id = p.id AND l.at <= p.until), 0) END
    FROM person AS p`,
  args: [addressId],
  decode: rows =>
    rows.map(([id, after, last]) => ({
      id: id as Uint8Array,
      after: (after as number | null) ?? 0,
      last: (last as number | null) ?? Number.MAX_SAFE_INTEGER,
    })),
})

/**
 * Always `fresh`. Asks for the events by which a recipient came from each former address, newest first. Each holds the key to
 * that address's evidence.
 */
export const arrivalsOf = (addressId: About<Uint8Array>): Query<RecipientEventRow[]> => {
  const id = subjectOf(addressId)
  return {
    sql: `${person(id.sql)} SELECT ${TOLD.list} FROM person AS p
      CROSS JOIN succession AS s ON s.address_id = p.id AND s.at < p.until
      CROSS JOIN event AS e ON e.address_id = s.address_id AND e.at = s.at AND e.type = 'rights.address_corrected' ORDER BY e.seq DESC`,
    args: [...id.args],
    decode: TOLD.rows,
  }
}

/** Part of a recipient's history to ask for. */
export interface HistoryPart {
  /** Sequence numbers around it, both excluded; from the beginning and to the end where left out. */
  after?: number | undefined
  before?: number | undefined
  /** The end it is read from, which is also the order of the answer. */
  from: 'oldest' | 'newest'
  /** Most events it holds, which bounds its cost. */
  limit: number
  /** Events at this workspace or with the whole tenant; everything at the tenant when left out. */
  workspace?: number
  /** Event types; all of them when left out. */
  types?: readonly string[]
  /** Leaves out events about mail to the new address of a requested correction, which the answer must not disclose. */
  ownMail?: true
}

/**
 * Returns a sub-select of an earlier event under the same subject. It searches backwards from the event, since that event is
 * near.
 */
const earlier = (what: string, among: string): string =>
  `(SELECT ${what} FROM event AS r WHERE r.address_id = e.address_id AND r.seq < e.seq AND r.subject = e.subject AND ${among}
      ORDER BY r.seq DESC LIMIT 1)`
const OWN_MAIL = `AND (e.type NOT IN ('rights.link_mailed', 'rights.link_undeliverable')
    OR ${earlier('r.type', "r.type IN ('rights.link_requested', 'rights.correction_requested')")} IS NOT 'rights.correction_requested')`
/** Events of a confirmation mail name the sign-up, and only the sign-up's first event names its topics. */
const PART = recipientRow(
  `CASE WHEN e.type LIKE 'confirmation.%' THEN ${earlier("json_extract(r.data, '$.topics')", "r.type = 'consent.requested'")} END`,
)

/**
 * Always `fresh`. Asks for a part of a recipient's history. Each span is walked in order from the wanted end until the part is
 * full, so a page costs the same in the longest history.
 */
export function historyPart(spans: readonly Span[], part: HistoryPart): Query<RecipientEventRow[]> {
  const { after = 0, before = Number.MAX_SAFE_INTEGER, limit, workspace, types, ownMail } = part
  const order = part.from === 'oldest' ? 'ASC' : 'DESC'
  const within = workspace === undefined ? '' : 'AND (e.workspace = ? OR e.workspace IS NULL)'
  const among = types === undefined ? '' : 'AND e.type IN (SELECT value FROM json_each(?))'
  const walk = `SELECT * FROM (SELECT e.seq FROM event AS e WHERE e.address_id = ? AND e.seq > ? AND e.seq <= ?
      ${within} ${among} ${ownMail ? OWN_MAIL : ''} ORDER BY e.seq ${order} LIMIT ?)`
  return {
    sql: `SELECT ${PART.list} FROM event AS e WHERE e.seq IN (${spans.map(() => walk).join(' UNION ALL ')})
      ORDER BY e.seq ${order} LIMIT ?`,
    args: [
      ...spans.flatMap(span => [
        span.id,
        Math.max(span.after, after),
        Math.min(span.last, before - 1),
        ...(workspace === undefined ? [] : [workspace]),
        ...(types === undefined ? [] : [JSON.stringify(types)]),
        limit,
      ]),
      limit,
    ],
    decode: PART.rows,
  }
}

/** Always `fresh`. Asks for the event that created a rights request of a workspace. */
export const eventOfRightsRequest = (workspace: number, ref: Uint8Array): Query<RecipientEventRow[]> => ({
  sql: `SELECT ${TOLD.list} FROM rights_request AS q JOIN event AS e ON e.id = q.event AND e.address_id IS NOT NULL
    WHERE q.ref = ? AND q.workspace = ?`,
  args: [ref, workspace],
  decode: TOLD.rows,
})

/** Part of a workspace's ledger to ask for. */
export interface LedgerPart {
  workspace: number
  /** Sequence number after which it begins. */
  after: number
  /** Event types; all of them when left out. */
  types?: readonly string[] | undefined
  /** Most events it holds. */
  limit: number
  /** Most events it examines, which bounds its cost even when few of them match. */
  reach: number
  /** Whether to include evidence and the keys to read it. */
  evidence?: boolean
}

/** A part of the ledger, the last sequence number examined, and whether more follows. */
export interface LedgerPage {
  events: EvidentRow[]
  last: number
  more: boolean
}

const PAGE = selection({
  ...EVENT,
  seq: field<number | null>(EVENT.seq.sql),
  sealed: field<Uint8Array | null>('CASE WHEN ?6 THEN e.sealed END'),
  wrapped: fieldsOf(recipientKey, 'k').wrapped as Field<Uint8Array | null>,
  reached: field<number | null>('reach.last'),
  looked: field<number>('reach.seen'),
})

/**
 * Always `fresh`. Asks for the next events of a workspace, in order, and how far its ledger was examined. It is one
 * statement, so that no write can come between.
 */
export const ledgerAfter = (part: LedgerPart): Query<LedgerPage> => ({
  long: true,
  sql: `WITH reach AS (SELECT max(seq) AS last, count(*) AS seen
      FROM (SELECT seq FROM event WHERE workspace = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3))
    SELECT ${PAGE.list}
    FROM reach LEFT JOIN event AS e ON e.workspace = ?1 AND e.seq > ?2 AND e.seq <= reach.last
      AND (?4 IS NULL OR e.type IN (SELECT value FROM json_each(?4)))
    LEFT JOIN recipient_key AS k ON ?6 AND e.sealed IS NOT NULL AND k.address_id = e.address_id
    ORDER BY e.seq LIMIT ?5`,
  args: [
    part.workspace,
    part.after,
    part.reach,
    part.types ? JSON.stringify(part.types) : null,
    part.limit,
    part.evidence ? 1 : 0,
  ],
  decode: rows => {
    const found = PAGE.rows(rows)
    const { reached, looked } = found[0]!
    // Where no event matches, the answer is one row without an event.
    const events = found.flatMap(({ reached: _, looked: __, seq, ...row }) =>
      seq === null ? [] : { ...row, seq },
    )
    // A full page may end before the examined part does.
    const full = events.length === part.limit
    return {
      events,
      last: (full ? events.at(-1)!.seq : reached) ?? part.after,
      more: full || looked === part.reach,
    }
  },
})

/** Always `fresh`. Asks for the events with these sequence numbers, in order. */
export const eventsAt = (tenant: number, places: readonly number[]): Query<EventRow[]> => ({
  sql: `SELECT ${ROW.list} FROM event AS e WHERE e.seq IN (SELECT value FROM json_each(?)) AND +e.tenant = ? ORDER BY e.seq`,
  args: [JSON.stringify(places), tenant],
  decode: ROW.rows,
})

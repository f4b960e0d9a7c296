import type { Query } from './client.ts'

/** An event of the ledger, as it is kept, and its place. */
export interface EventRow {
  seq: number
  id: Uint8Array
  at: number
  workspace: number | null
  type: string
  actor: string
  addressId: Uint8Array | null
  subject: string
  data: string
  leaf: Uint8Array
}

/** An event about a recipient, with the address id it happened to and its evidence as it is kept. */
export interface RecipientEventRow extends EventRow {
  addressId: Uint8Array
  sealed: Uint8Array | null
}

/** An event with its evidence and its recipient's key, as they are kept; without either, where none was asked for. */
export interface EvidentRow extends EventRow {
  sealed: Uint8Array | null
  wrapped: Uint8Array | null
}

const COLUMNS = 'e.seq, e.id, e.at, e.workspace, e.type, e.actor, e.address_id, e.subject, e.data, e.leaf'

/**
 * Everything that happened to a recipient, also under the addresses they had before, each until they left it. What happened to an
 * address before its last holder left it belongs to them and follows them.
 */
const OF_PERSON = `WITH RECURSIVE person(id, until) AS (
    SELECT ?1, 9e15 UNION SELECT s.former_id, s.at FROM person AS p JOIN succession AS s ON s.address_id = p.id AND s.at < p.until)
  SELECT ${COLUMNS}, e.sealed
  FROM person AS p CROSS JOIN event AS e ON e.address_id = p.id AND e.at <= p.until
  WHERE e.seq > coalesce((SELECT max(l.seq) FROM event AS l
    WHERE l.address_id = p.id AND l.type = 'rights.address_left' AND l.at < p.until), 0)`

const recipientEvents = (rows: unknown[][]): RecipientEventRow[] =>
  rows.map(row => ({
    ...eventOf(row),
    addressId: row[6] as Uint8Array,
    sealed: row[10] as Uint8Array | null,
  }))

/** Always `fresh`. Asks for everything that happened to a recipient at a workspace, or with their whole tenant, in order. */
export const eventsOf = (workspace: number, addressId: Uint8Array): Query<RecipientEventRow[]> => ({
  sql: `${OF_PERSON} AND (e.workspace = ?2 OR e.workspace IS NULL) ORDER BY e.seq`,
  args: [addressId, workspace],
  decode: recipientEvents,
})

/** Always `fresh`. Asks for everything that happened to a recipient with a tenant, in order. */
export const allEventsOf = (addressId: Uint8Array): Query<RecipientEventRow[]> => ({
  sql: `${OF_PERSON} ORDER BY e.seq`,
  args: [addressId],
  decode: recipientEvents,
})

/** Always `fresh`. Asks for the newest events about a recipient at one workspace, newest first. */
export const newestEventsOf = (
  workspace: number,
  addressId: Uint8Array,
  limit: number,
): Query<EventRow[]> => ({
  sql: `SELECT ${COLUMNS} FROM event AS e
    WHERE e.workspace = ? AND e.address_id = ? ORDER BY e.seq DESC LIMIT ?`,
  args: [workspace, addressId, limit],
  decode: rows => rows.map(eventOf),
})

/** What part of a tenant's ledger is asked for. */
export interface LedgerPart {
  tenant: number
  workspace: number
  /** The place behind which it begins. */
  after: number
  /** The kinds of event; all of them when left out. */
  types?: readonly string[] | undefined
  /** Most events it holds. */
  limit: number
  /** Most events it looks at: what bounds its cost, however few of them match. */
  reach: number
  /** Whether evidence, and the keys to read it, are asked for too. */
  evidence?: boolean
}

/** A part of the ledger, the last place that was looked at, and whether more lies behind it. */
export interface LedgerPage {
  events: EvidentRow[]
  last: number
  more: boolean
}

/**
 * Always `fresh`. Asks for the next events of a workspace, in order, and how far the tenant's ledger was looked through for
 * them: one statement, so that nothing can come in between.
 */
export const ledgerAfter = (part: LedgerPart): Query<LedgerPage> => ({
  sql: `WITH reach AS (SELECT max(seq) AS last, count(*) AS seen
      FROM (SELECT seq FROM event WHERE tenant = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3))
    SELECT reach.last, reach.seen, ${COLUMNS}, CASE WHEN ?7 THEN e.sealed END, k.wrapped
    FROM reach LEFT JOIN event AS e ON e.tenant = ?1 AND e.seq > ?2 AND e.seq <= reach.last AND e.workspace = ?4
      AND (?5 IS NULL OR e.type IN (SELECT value FROM json_each(?5)))
    LEFT JOIN recipient_key AS k ON ?7 AND e.sealed IS NOT NULL AND k.address_id = e.address_id
    ORDER BY e.seq LIMIT ?6`,
  args: [
    part.tenant,
    part.after,
    part.reach,
    part.workspace,
    part.types ? JSON.stringify(part.types) : null,
    part.limit,
    part.evidence ? 1 : 0,
  ],
  decode: rows => {
    const [last, seen] = rows[0] as [number | null, number]
    const events = rows.flatMap(([, , ...row]) =>
      row[0] === null
        ? []
        : { ...eventOf(row), sealed: row[10] as Uint8Array | null, wrapped: row[11] as Uint8Array | null },
    )
    // A full page may end before what was looked at does.
    const full = events.length === part.limit
    return {
      events,
      last: (full ? events.at(-1)!.seq : last) ?? part.after,
      more: full || seen === part.reach,
    }
  },
})

/** Always `fresh`. Asks for the events at these places, in order. */
export const eventsAt = (tenant: number, places: readonly number[]): Query<EventRow[]> => ({
  sql: `SELECT ${COLUMNS} FROM event AS e WHERE e.seq IN (SELECT value FROM json_each(?)) AND e.tenant = ? ORDER BY e.seq`,
  args: [JSON.stringify(places), tenant],
  decode: rows => rows.map(eventOf),
})

const eventOf = (row: unknown[]): EventRow => ({
  seq: row[0] as number,
  id: row[1] as Uint8Array,
  at: row[2] as number,
  workspace: row[3] as number | null,
  type: row[4] as string,
  actor: row[5] as string,
  addressId: row[6] as Uint8Array | null,
  subject: row[7] as string,
  data: row[8] as string,
  leaf: row[9] as Uint8Array,
})

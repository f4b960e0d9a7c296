import type { Query } from './client.ts'

/** An event of the ledger, as it is kept, and its place. */
export interface EventRow {
  seq: number
  id: Uint8Array
  at: number
  workspace: number | null
  type: string
  actor: string
  subject: string
  data: string
  leaf: Uint8Array
}

/** An event about a recipient, with the address id it happened to and its evidence as it is kept. */
export interface RecipientEventRow extends EventRow {
  addressId: Uint8Array
  sealed: Uint8Array | null
}

/**
 * Everything that happened to a recipient, also under the addresses they had before, each until they left it. What happened to an
 * address before its last holder left it belongs to them and follows them.
 */
const OF_PERSON = `WITH RECURSIVE person(id, until) AS (
    SELECT ?1, 9e15 UNION SELECT s.former_id, s.at FROM person AS p JOIN succession AS s ON s.address_id = p.id AND s.at < p.until)
  SELECT e.seq, e.id, e.at, e.workspace, e.type, e.actor, e.subject, e.data, e.leaf, e.address_id, e.sealed
  FROM person AS p CROSS JOIN event AS e ON e.address_id = p.id AND e.at <= p.until
  WHERE e.seq > coalesce((SELECT max(l.seq) FROM event AS l
    WHERE l.address_id = p.id AND l.type = 'rights.address_left' AND l.at < p.until), 0)`

const recipientEvents = (rows: unknown[][]): RecipientEventRow[] =>
  rows.map(row => ({
    ...eventOf(row),
    addressId: row[9] as Uint8Array,
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
  sql: `SELECT seq, id, at, workspace, type, actor, subject, data, leaf FROM event
    WHERE workspace = ? AND address_id = ? ORDER BY seq DESC LIMIT ?`,
  args: [workspace, addressId, limit],
  decode: rows => rows.map(eventOf),
})

/** Always `fresh`. Asks for the next `limit` events of a tenant behind the one at `seq`, in order. */
export const eventsAfter = (tenant: number, seq: number, limit: number): Query<EventRow[]> => ({
  sql: `SELECT seq, id, at, workspace, type, actor, subject, data, leaf FROM event
    WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT ?`,
  args: [tenant, seq, limit],
  decode: rows => rows.map(eventOf),
})

const eventOf = ([seq, id, at, workspace, type, actor, subject, data, leaf]: unknown[]): EventRow => ({
  seq: seq as number,
  id: id as Uint8Array,
  at: at as number,
  workspace: workspace as number | null,
  type: type as string,
  actor: actor as string,
  subject: subject as string,
  data: data as string,
  leaf: leaf as Uint8Array,
})

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

/** An event about a recipient, with its evidence as it is kept. */
export interface RecipientEventRow extends EventRow {
  sealed: Uint8Array | null
}

/** Always `fresh`. Asks for everything that happened to a recipient at a workspace, or with their whole tenant, in order. */
export const eventsOf = (workspace: number, addressId: Uint8Array): Query<RecipientEventRow[]> => ({
  sql: `SELECT seq, id, at, workspace, type, actor, subject, data, leaf, sealed FROM event
    WHERE (workspace = ? OR workspace IS NULL) AND address_id = ? ORDER BY seq`,
  args: [workspace, addressId],
  decode: rows => rows.map(row => ({ ...eventOf(row), sealed: row[9] as Uint8Array | null })),
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

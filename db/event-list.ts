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

/** Always `fresh`. Asks for the next `limit` events of a tenant behind the one at `seq`, in order. */
export const eventsAfter = (tenant: number, seq: number, limit: number): Query<EventRow[]> => ({
  sql: `SELECT seq, id, at, workspace, type, actor, subject, data, leaf FROM event
    WHERE tenant = ? AND seq > ? ORDER BY seq LIMIT ?`,
  args: [tenant, seq, limit],
  decode: rows =>
    rows.map(([seq, id, at, workspace, type, actor, subject, data, leaf]) => ({
      seq: seq as number,
      id: id as Uint8Array,
      at: at as number,
      workspace: workspace as number | null,
      type: type as string,
      actor: actor as string,
      subject: subject as string,
      data: data as string,
      leaf: leaf as Uint8Array,
    })),
})

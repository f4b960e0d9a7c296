import type { Query } from '../../db/engine/query.ts'

/** Asks a node for the milliseconds since 1970 by its own clock, in the middle of the second that it tells. */
export const nodeClock: Query<number> = {
  sql: "SELECT CAST(strftime('%s', 'now') AS INTEGER)",
  args: [],
  decode: rows => Number(rows[0]![0]) * 1000 + 500,
}

/** Asks for one encrypted address, whichever. */
export const anyAddress: Query<[id: Uint8Array, tenant: number, sealed: Uint8Array] | undefined> = {
  sql: 'SELECT address_id, tenant, sealed FROM address LIMIT 1',
  args: [],
  decode: rows => rows[0] as [Uint8Array, number, Uint8Array] | undefined,
}

/** Asks for a topic of marketing mail, whichever. */
export const anyTopic: Query<number | undefined> = {
  sql: "SELECT number FROM topic WHERE kind = 'marketing' LIMIT 1",
  args: [],
  decode: rows => rows[0]?.[0] as number | undefined,
}

/** Asks whether any API key stands at a time. */
export const anyKey = (now: number): Query<boolean> => ({
  sql: 'SELECT 1 FROM api_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) LIMIT 1',
  args: [now],
  decode: rows => rows.length > 0,
})

/** Asks for every host that links of a workspace use or used. */
export const allHosts: Query<string[]> = {
  sql: 'SELECT host FROM link_host ORDER BY host',
  args: [],
  decode: rows => rows.map(([host]) => String(host)),
}

/** Asks for the domains that workspaces send confirmations from. */
export const allSenders: Query<string[]> = {
  sql: "SELECT DISTINCT substr(mail_from, instr(mail_from, '@') + 1) FROM workspace WHERE mail_from IS NOT NULL ORDER BY 1",
  args: [],
  decode: rows => rows.map(([domain]) => String(domain)),
}

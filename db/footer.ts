import { ADDRESS_ID_BYTES } from '../core/address.ts'
import type { Query } from './engine/query.ts'

/** Sender and topic in a mail's footer. */
export interface FooterRow {
  sender: string
  legalName: string | null
  postalAddress: string | null
  topic: string
  kind: 'marketing' | 'transactional'
}

/** `may-lag` is enough. Asks for the content of the footer of a topic's mail. */
export const footerFacts = (workspace: number, topic: string): Query<FooterRow[]> => ({
  sql: `SELECT w.display_name, w.legal_name, w.postal_address, t.display_name, t.kind
    FROM topic AS t JOIN workspace AS w ON w.number = t.workspace WHERE t.workspace = ? AND t.name = ?`,
  args: [workspace, topic],
  decode: rows =>
    (rows as [string, string | null, string | null, string, FooterRow['kind']][]).map(
      ([sender, legalName, postalAddress, topic, kind]) => ({
        sender,
        legalName,
        postalAddress,
        topic,
        kind,
      }),
    ),
})

/** `may-lag` is enough. Asks for a workspace's legal name and postal address. */
export const imprintOf = (
  workspace: number,
): Query<{ legalName: string | null; postalAddress: string | null }> => ({
  sql: 'SELECT legal_name, postal_address FROM workspace WHERE number = ?',
  args: [workspace],
  decode: rows => ({
    legalName: (rows[0]?.[0] ?? null) as string | null,
    postalAddress: (rows[0]?.[1] ?? null) as string | null,
  }),
})

/** The language a recipient chose, and that of their last sign-up; null where unknown. */
export interface KnownLocale {
  chosen: string | null
  asked: string | null
}

const ID = `substr(?1, n.i * ${ADDRESS_ID_BYTES} + 1, ${ADDRESS_ID_BYTES})`

/** `may-lag` is enough. Asks for the known languages of each recipient of a packed list, in its order. */
export const localesOf = (ids: Uint8Array): Query<KnownLocale[]> => ({
  sql: `SELECT (SELECT locale FROM recipient_choice WHERE address_id = ${ID}),
      (SELECT locale FROM subscription_request WHERE address_id = ${ID} ORDER BY requested_at DESC LIMIT 1)
    FROM number AS n WHERE n.i < ?2 ORDER BY n.i`,
  args: [ids, ids.length / ADDRESS_ID_BYTES],
  decode: rows => (rows as [string | null, string | null][]).map(([chosen, asked]) => ({ chosen, asked })),
})

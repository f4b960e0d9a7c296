import type { LedgerEvent } from '../core/event.ts'
import type { Statement, Value } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { appendIfChanged } from './event.ts'

/**
 * The line of a key: the keys it made, the one that it replaced itself by, and theirs. Whoever held the key may hold all of them, so
 * they end with it.
 */

/** A key of a line that counts. `direct`: made by the very key, or its renewal. */
export interface LineKey {
  id: Uint8Array
  direct: boolean
}

/** Whose line: a key of a workspace, and the renewal that is left out of it with what came of that, if there is one. */
export interface KeyLine {
  key: Uint8Array
  workspace: number
  spared: Uint8Array | null
}

/**
 * `line` from ?1 (the key), ?2 (its workspace) and ?3 (whom it spares: a renewal of the very key, which is the same holder). `UNION`
 * visits each key once: a long row of renewals has many ways to its end. The `+` has each step look for the few keys of one, not through all
 * of the workspace.
 */
const LINE = `WITH RECURSIVE line(id, own) AS (SELECT ?1, 1 UNION
  SELECT k.id, line.own AND k.renewal_of IS line.id FROM line CROSS JOIN api_key AS k ON k.made_by = line.id OR k.renewal_of = line.id
  WHERE +k.workspace = ?2 AND NOT (line.own AND k.renewal_of IS line.id AND k.id IS ?3))`

const IN_LINE = `(${LINE} SELECT id FROM line WHERE id <> ?1)`

const argsOf = ({ key, workspace, spared }: KeyLine): Value[] => [key, workspace, spared]

/** Whether a row of `api_key` counts at a time, as SQL. */
export const counting = (alias: string, at: string): string =>
  `${alias}.revoked_at IS NULL AND (${alias}.expires_at IS NULL OR ${alias}.expires_at > ${at})`

/** How many keys of a workspace count at a time, as SQL; two counts, each of which its index answers. */
export const countOf = (workspace: string, at: string): string =>
  `((SELECT count(*) FROM api_key WHERE workspace = ${workspace} AND revoked_at IS NULL AND expires_at IS NULL)
    + (SELECT count(*) FROM api_key WHERE workspace = ${workspace} AND revoked_at IS NULL AND expires_at > ${at}))`

/** How many keys of a workspace were made since a time, as SQL. */
export const madeSince = (workspace: string, since: string): string =>
  `(SELECT count(*) FROM api_key WHERE workspace = ${workspace} AND created_at > ${since})`

/** Always `fresh`. Asks for the keys of a line that count, oldest first. */
export const lineOf = (line: KeyLine, at: number): Query<LineKey[]> => ({
  sql: `${LINE} SELECT DISTINCT k.id, k.made_by IS ?1 OR k.renewal_of IS ?1 FROM line CROSS JOIN api_key AS k ON k.id = line.id
    WHERE k.workspace = ?2 AND k.id <> ?1 AND ${counting('k', '?4')} ORDER BY k.created_at, k.rowid`,
  args: [...argsOf(line), at],
  decode: rows => rows.map(([id, direct]) => ({ id: id as Uint8Array, direct: direct === 1 })),
})

/** What becomes of a line, as part of an act that hangs on its first event. */
export interface LineAct {
  line: KeyLine
  /** Those of it that are known to count. */
  known: readonly LineKey[]
  /** The event that the act hangs on. */
  because: LedgerEvent
  entryOf(id: Uint8Array): LedgerEvent
}

/**
 * Revokes a line, each key with its event. The last statement revokes whoever joined the line since it was looked at, and returns
 * them: their events are to be appended after.
 */
export const revokeLine = (act: LineAct): Statement[] =>
  changeLine(act, 'revoked_at = ?6', 'TRUE', act.because.at)

/** Gives a line an end, for those of it that would go on longer; else as `revokeLine`. */
export const limitLine = (act: LineAct, endsAt: number): Statement[] =>
  changeLine(act, 'expires_at = ?6', '(expires_at IS NULL OR expires_at > ?6)', endsAt)

/** `value` is ?6. */
function changeLine(
  { line, known, because, entryOf }: LineAct,
  set: string,
  where: string,
  value: number,
): Statement[] {
  const change = `UPDATE api_key SET ${set} WHERE workspace = ?2 AND ${where} AND ${counting('api_key', '?4')}
    AND EXISTS (SELECT 1 FROM event WHERE id = ?5)`
  const args = [...argsOf(line), because.at, because.id, value]
  return [
    // A key that was seen in the line needs no second look: only the last statement walks it.
    ...known.flatMap(({ id }) => [
      { sql: `${change} AND id = ?7`, args: [...args, id] },
      appendIfChanged(entryOf(id)),
    ]),
    { sql: `${change} AND id IN ${IN_LINE} RETURNING id`, args },
  ]
}

/** Has the keys that a key made, and its renewal, come from `maker` from now on, each with its event; else as `revokeLine`. */
export function keepLine(maker: Uint8Array | null, { line, known, because, entryOf }: LineAct): Statement[] {
  const keep = `UPDATE api_key SET made_by = ?3, renewal_of = NULL WHERE workspace = ?2 AND (made_by = ?1 OR renewal_of = ?1)
    AND id IS NOT ?3 AND ${counting('api_key', '?4')} AND EXISTS (SELECT 1 FROM event WHERE id = ?5)`
  const args = [line.key, line.workspace, maker, because.at, because.id]
  return [
    ...known
      .filter(({ direct }) => direct)
      .flatMap(({ id }) => [
        { sql: `${keep} AND id = ?6`, args: [...args, id] },
        appendIfChanged(entryOf(id)),
      ]),
    { sql: `${keep} RETURNING id`, args },
  ]
}

/** What revokes a key: the key itself, and `by` whom; null for an operator. */
export interface Revocation extends LineAct {
  by: Uint8Array | null
}

/**
 * Revokes a key with its event, and its line or, with `keep`, has the line come from whoever revokes. Nothing where it is another
 * workspace's, was revoked and has no line left, or where who revokes does not count any more; nor where one that comes of the key
 * would keep the line.
 */
export const revokeApiKey = (revocation: Revocation, keep: boolean): Statement[] => [
  {
    sql: `UPDATE api_key SET revoked_at = coalesce(revoked_at, ?4) WHERE id = ?1 AND workspace = ?2
      AND (revoked_at IS NULL OR EXISTS (SELECT 1 FROM api_key AS k WHERE k.id IN ${IN_LINE} AND ${counting('k', '?4')}))
      AND (?5 IS NULL OR EXISTS (SELECT 1 FROM api_key AS k WHERE k.id = ?5 AND ${counting('k', '?4')}))
      AND (?6 = 0 OR ?5 IS NULL OR (?5 <> ?1 AND ?5 NOT IN ${IN_LINE}))`,
    args: [...argsOf(revocation.line), revocation.because.at, revocation.by, keep ? 1 : 0],
  },
  appendIfChanged(revocation.because),
  ...(keep ? keepLine(revocation.by, revocation) : revokeLine(revocation)),
]

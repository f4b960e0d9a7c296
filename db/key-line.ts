import type { LedgerEvent } from '../core/event.ts'
import type { Statement, Value } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { appendIfChanged } from './event.ts'

/**
 * The line of a key: the keys it made, its renewal, and the lines of these. A thief of the key may hold all of them, so they end
 * with it.
 */

/** A valid key of a line. `direct`: made by the key itself, or its renewal. */
export interface LineKey {
  id: Uint8Array
  direct: boolean
}

/** A key of a workspace whose line is meant; `spared` is the renewal that is left out together with its own line. */
export interface KeyLine {
  key: Uint8Array
  workspace: number
  spared: Uint8Array | null
}

/**
 * Common table `line` from ?1 (the key), ?2 (its workspace) and ?3 (the spared renewal, which has the same holder). `UNION`
 * visits each key once: in a long row of renewals, many paths lead to its end. The `+` makes each step search a key's few
 * children instead of the whole workspace.
 */
const LINE = `WITH RECURSIVE line(id, own) AS (SELECT ?1, 1 UNION
  SELECT k.id, line.own AND k.renewal_of IS line.id FROM line CROSS JOIN api_key AS k ON k.made_by = line.id OR k.renewal_of = line.id
  WHERE +k.workspace = ?2 AND NOT (line.own AND k.renewal_of IS line.id AND k.id IS ?3))`

const IN_LINE = `(${LINE} SELECT id FROM line WHERE id <> ?1)`

const argsOf = ({ key, workspace, spared }: KeyLine): Value[] => [key, workspace, spared]

/** Returns, as SQL, whether a row of `api_key` is valid at a time. */
export const counting = (alias: string, at: string): string =>
  `${alias}.revoked_at IS NULL AND (${alias}.expires_at IS NULL OR ${alias}.expires_at > ${at})`

/**
 * Returns, as SQL, the number of a workspace's keys that are valid at a time. It adds two counts, so that an index answers each.
 */
export const countOf = (workspace: string, at: string): string =>
  `((SELECT count(*) FROM api_key WHERE workspace = ${workspace} AND revoked_at IS NULL AND expires_at IS NULL)
    + (SELECT count(*) FROM api_key WHERE workspace = ${workspace} AND revoked_at IS NULL AND expires_at > ${at}))`

/** Returns, as SQL, the number of a workspace's keys made since a time. */
export const madeSince = (workspace: string, since: string): string =>
  `(SELECT count(*) FROM api_key WHERE workspace = ${workspace} AND created_at > ${since})`

/** Always `fresh`. Asks for the valid keys of a line, oldest first. */
export const lineOf = (line: KeyLine, at: number): Query<LineKey[]> => ({
  sql: `${LINE} SELECT DISTINCT k.id, k.made_by IS ?1 OR k.renewal_of IS ?1 FROM line CROSS JOIN api_key AS k ON k.id = line.id
    WHERE k.workspace = ?2 AND k.id <> ?1 AND ${counting('k', '?4')} ORDER BY k.created_at, k.rowid`,
  args: [...argsOf(line), at],
  decode: rows => rows.map(([id, direct]) => ({ id: id as Uint8Array, direct: direct === 1 })),
})

/** A change of a line, as part of a batch that depends on its first event. */
export interface LineAct {
  line: KeyLine
  /** Its keys that are known to be valid. */
  known: readonly LineKey[]
  /** The event that the batch depends on. */
  because: LedgerEvent
  entryOf(id: Uint8Array): LedgerEvent
}

/**
 * Revokes a line, each key with its event. The last statement revokes keys that joined the line after it was read, and returns
 * them: their events must be appended afterwards.
 */
export const revokeLine = (act: LineAct): Statement[] =>
  changeLine(act, 'revoked_at = ?6', 'TRUE', act.because.at)

/** Gives an end to the keys of a line that would last longer; otherwise as `revokeLine`. */
export const limitLine = (act: LineAct, endsAt: number): Statement[] =>
  changeLine(act, 'expires_at = ?6', '(expires_at IS NULL OR expires_at > ?6)', endsAt)

/** Returns the statements that set `set` on the keys of a line; `value` is ?6. */
function changeLine(
  { line, known, because, entryOf }: LineAct,
  set: string,
  where: string,
  value: number,
): Statement[] {
  const change = `UPDATE api_key SET ${set} WHERE +workspace = ?2 AND ${where} AND ${counting('api_key', '?4')}
    AND EXISTS (SELECT 1 FROM event WHERE id = ?5)`
  const args = [...argsOf(line), because.at, because.id, value]
  return [
    // Keys that were read need no second walk; only the last statement walks the line.
    ...known.flatMap(({ id }) => [
      { sql: `${change} AND id = ?7`, args: [...args, id] },
      appendIfChanged(entryOf(id)),
    ]),
    { sql: `${change} AND id IN ${IN_LINE} RETURNING id`, args },
  ]
}

/** Makes `maker` the maker of the keys that a key made and of its renewal, each with its event; otherwise as `revokeLine`. */
export function keepLine(maker: Uint8Array | null, { line, known, because, entryOf }: LineAct): Statement[] {
  const keep = `UPDATE api_key SET made_by = ?3, renewal_of = NULL WHERE +workspace = ?2 AND (made_by = ?1 OR renewal_of = ?1)
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

/** Revocation of a key; `by` is the key that revokes, null for an operator. */
export interface Revocation extends LineAct {
  by: Uint8Array | null
}

/**
 * Revokes a key with its event, and its line too or, with `keep`, hands the line to the revoking key. Nothing where the key is
 * another workspace's, where it was revoked and has no line left, or where the revoking key is no longer valid; nor with `keep`
 * where the revoking key is the revoked one or comes from it.
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

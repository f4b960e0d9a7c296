import { SOURCES } from '../core/codes/source.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement, Value } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { field, fieldsOf, selection } from './engine/selection.ts'
import { appendIfChanged } from './event.ts'
import { type SuppressionRow, suppression } from './suppression.ts'

/** An import whose rows are undone. */
export interface UndoneImport {
  tenant: number
  workspace: number
  name: string
  /** Code of its scope, and whether lines of an export of Floe's could bring others. */
  scope: number
  isMixed: boolean
  /** Sequence number of the ledger's last event before its first batch. */
  firstSeq: number
}

/** Returns, as SQL, the imports of a tenant that may have met rows of this one, and found them there. */
const after = (one: UndoneImport): Pick<Statement, 'sql' | 'args'> => ({
  sql: `workspace AS w CROSS JOIN import AS m ON m.workspace = w.number AND m.last_seq > ?
    WHERE w.tenant = ? AND m.undone_at IS NULL AND m.added + m.unchanged > 0 AND (m.workspace, m.name) <> (?, ?)
      AND (m.parameters->>'scope' = ? OR m.parameters->>'isMixed' OR ?)`,
  args: [one.firstSeq, one.tenant, one.workspace, one.name, one.scope, one.isMixed ? 1 : 0],
})

/** An import that came after another. */
export interface LaterImport {
  workspace: number
  name: string
}

/** Always `fresh`. Asks for the imports that come before this one in the order of undoing, the last one first. */
export const importsAfter = (one: UndoneImport, limit: number): Query<LaterImport[]> => {
  const { sql, args } = after(one)
  return {
    sql: `SELECT m.workspace, m.name FROM ${sql} ORDER BY m.last_seq DESC LIMIT ?`,
    args: [...args, limit],
    decode: rows => (rows as [number, string][]).map(([workspace, name]) => ({ workspace, name })),
  }
}

/** SQL for whether no backup was restored since: it brings no import back, so who a later one found is not known. */
const NOTHING_LOST = `NOT EXISTS (SELECT 1 FROM event INDEXED BY event_by_tenant
          WHERE tenant = 0 AND seq > ? AND type = 'ledger.restored')`

/**
 * Begins the undo of an import, with its event; from then on, the import adds nothing. With `asLast`, only while no later import
 * stands and no restore has lost one. The first result has a row where this began it.
 */
export const beginUndo = (one: UndoneImport, entry: LedgerEvent, asLast: boolean): Statement[] => {
  const later = after(one)
  return [
    {
      sql: `UPDATE import SET undone_at = ? WHERE workspace = ? AND name = ? AND undone_at IS NULL
        ${asLast ? `AND NOT EXISTS (SELECT 1 FROM ${later.sql}) AND ${NOTHING_LOST}` : ''} RETURNING last_seq`,
      args: [entry.at, one.workspace, one.name, ...(asLast ? [...later.args, one.firstSeq] : [])],
    },
    appendIfChanged(entry),
  ]
}

/** Ends the undo of an import. */
export const endUndo = (
  { workspace, name }: Pick<UndoneImport, 'workspace' | 'name'>,
  at: number,
): Statement => ({
  sql: 'UPDATE import SET undo_ended_at = ? WHERE workspace = ? AND name = ? AND undo_ended_at IS NULL',
  args: [at, workspace, name],
})

/** Part of a workspace's ledger: up to `events` of them, after `seq`, up to `last`. */
export interface ImportSlice {
  workspace: number
  name: string
  seq: number
  last: number
  events: number
}

/**
 * A suppression that an import's event is about, with its public id. `free`: the event began it, and nothing about its recipient came
 * after it.
 */
export interface ImportedRow extends SuppressionRow {
  subject: string
  free: number
}

const { toldAt: _, untold: __, ...kept } = fieldsOf(suppression, 's')
/** SQL for the last event before `p` that lifted its suppression: what began after it is none that was there before. */
const LAST_LIFTED = `coalesce((SELECT max(l.seq) FROM event AS l INDEXED BY event_by_address
      WHERE l.address_id = p.address_id AND l.seq < p.seq AND l.subject = p.subject AND l.type = 'suppression.lifted'), 0)`
const IMPORTED = selection<ImportedRow>({
  ...kept,
  subject: field('p.subject'),
  free: field(`(s.source = ${SOURCES.import} AND s.chosen_at IS NULL AND s.at = coalesce(p.data->>'since', p.at)
    AND NOT EXISTS (SELECT 1 FROM event AS later INDEXED BY event_by_address
      WHERE later.address_id = p.address_id AND later.seq > p.seq AND (later.data->>'import' IS NOT ?5 OR later.workspace IS NOT ?1))
    AND NOT EXISTS (SELECT 1 FROM event AS before INDEXED BY event_by_address
      WHERE before.address_id = p.address_id AND before.seq < p.seq AND before.seq > ${LAST_LIFTED} AND before.subject = p.subject
        AND before.type = 'suppression.added' AND (before.data->>'until' IS NULL OR before.data->>'until' > p.at)))`),
})

const PAGE = `WITH page AS MATERIALIZED (SELECT seq, at, type, address_id, subject, data FROM event
    WHERE workspace = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4)`

const place = ({ workspace, seq, last, events }: ImportSlice): Value[] => [workspace, seq, last, events]

/** Always `fresh`. Asks for the suppressions that an import made in a part of the ledger and that still exist. */
export const importedIn = (
  slice: ImportSlice,
  idOf: (row: SuppressionRow) => string,
): Query<ImportedRow[]> => ({
  long: true,
  sql: `${PAGE} SELECT ${IMPORTED.list} FROM page AS p CROSS JOIN suppression AS s ON s.address_id = p.address_id
    WHERE p.type = 'suppression.added' AND p.data->>'import' = ?5`,
  args: [...place(slice), slice.name],
  decode: rows => IMPORTED.rows(rows).filter(row => idOf(row) === row.subject),
})

/** Always `fresh`. Asks how many events a part of the ledger has, for its last one, and for the last one of the ledger. */
export const extentOf = (slice: ImportSlice): Query<{ events: number; last: number; asOf: number }> => ({
  sql: `${PAGE} SELECT count(*), max(seq), (SELECT max(seq) FROM event) FROM page`,
  args: place(slice),
  decode: ([row]) => {
    const [events, last, asOf] = row as number[]
    return { events: events!, last: last!, asOf: asOf! }
  },
})

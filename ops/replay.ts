import { keyIdOf } from '../core/api-key.ts'
import { REASONS } from '../core/codes/reason.ts'
import { suppressionKey } from '../core/codes/scope.ts'
import { SOURCES } from '../core/codes/source.ts'
import type { Statement } from '../core/write/statement.ts'
import { erase } from '../db/succession.ts'
import { EXTEND } from '../db/suppression.ts'
import { DOORS } from '../worker/inbound/refusal.ts'
import type { EventValues } from './ledger-tree.ts'

/** Target of a replay: the current name of the key table, and the columns it has, since a backup may predate some. */
export interface Ground {
  keys: string
  has(table: string, column: string): boolean
}

/**
 * Returns the changes of an event besides the ledger, to bring a restored database forward: suppressions, erasures, ends and
 * revocations of keys. Consents and sign-ups since the backup are not restored: their recipients are asked again, and nobody who
 * left is mailed.
 */
export function replayed(event: EventValues, { keys, has }: Ground): Statement[] {
  const { type, subject } = event
  if (type === 'rights.erased')
    return erase(event.tenant as number, event.address_id as Uint8Array, { id: event.id as Uint8Array })
  if (type === 'api_key.revoked')
    return [
      {
        sql: `UPDATE ${keys} SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL`,
        args: [event.at, keyIdOf(String(subject)) ?? null],
      },
    ]
  if (type === 'api_key.rotated' || type === 'api_key.limited')
    return [
      {
        sql: `UPDATE ${keys} SET expires_at = ? WHERE id = ?`,
        args: [JSON.parse(String(event.data)).endsAt, keyIdOf(String(subject)) ?? null],
      },
    ]
  // Its name takes no other list; what it lifted has events of its own.
  if (type === 'import.undone' && has('import', 'undone_at'))
    return [
      {
        sql: 'UPDATE import SET undone_at = ? WHERE workspace = ? AND name = ? AND undone_at IS NULL',
        args: [event.at, event.workspace, subject],
      },
    ]
  // A backup from before this column has no keys made by other keys.
  if (type === 'api_key.kept' && has('api_key', 'made_by'))
    return [
      {
        sql: `UPDATE ${keys} SET made_by = ?, renewal_of = NULL WHERE id = ?`,
        args: [keyIdOf(String(event.actor)) ?? null, keyIdOf(String(subject)) ?? null],
      },
    ]
  if (type === 'suppression.added' || type === 'suppression.lifted') return suppressionChange(event)
  if (type === 'suppression.repeated')
    return choiceRenewed(event, has('suppression', 'chosen_at') ? 'chosen_at' : 'at')
  return []
}

function suppressionChange({ type, subject, at, actor, data }: EventValues): Statement[] {
  const key = suppressionKey(String(subject))
  if (!key) throw new Error(`the ledger names a suppression ${subject}, which is none`)
  const { addressId, scope, reason } = key
  const platform = scope === 0
  const place: [string, (string | number | Uint8Array)[]] = platform
    ? ['address_id, reason', [addressId, reason]]
    : ['address_id, scope, reason', [addressId, scope, reason]]
  const table = platform ? 'platform_suppression' : 'suppression'
  if (type === 'suppression.lifted')
    return [{ sql: `DELETE FROM ${table} WHERE (${place[0]}) = (${marks(place[1])})`, args: place[1] }]
  const facts = JSON.parse(String(data)) as { via?: string; until?: number | null; since?: number | string }
  const args = [
    ...place[1],
    sourceOf(String(actor), reason, facts.via),
    // An event of a confirmation says it as a time of RFC 3339.
    typeof facts.since === 'string' ? Date.parse(facts.since) : (facts.since ?? at),
    facts.until ?? null,
  ]
  return [
    { sql: `INSERT INTO ${table} (${place[0]}, source, at, until) VALUES (${marks(args)}) ${EXTEND}`, args },
  ]
}

/** Renews a choice; `mark` is the column that holds its time. */
function choiceRenewed({ subject, at }: EventValues, mark: 'chosen_at' | 'at'): Statement[] {
  const { addressId, scope, reason } = suppressionKey(String(subject))!
  return [
    {
      sql: `UPDATE suppression SET ${mark} = ?1
        WHERE address_id = ?2 AND scope = ?3 AND reason = ?4 AND coalesce(${mark}, at) < ?1`,
      args: [at, addressId, scope, reason],
    },
  ]
}

/** Reasons that only recipients choose. */
const THEIRS: readonly number[] = [REASONS.unsubscribed, REASONS.objected, REASONS.paused]

/**
 * Returns the source of a suppression from its event. The ledger names the actor but not the source, so a choice that a sender
 * may only have passed on counts as the recipient's, which no sender can lift.
 */
function sourceOf(actor: string, reason: number, via: string | undefined): number {
  if (via === 'import') return SOURCES.import
  if (DOORS.some(door => door === via)) return SOURCES.report
  return actor === 'recipient' || THEIRS.includes(reason) ? SOURCES.recipient : SOURCES.sender
}

const marks = (list: unknown[]): string => list.map(() => '?').join(', ')

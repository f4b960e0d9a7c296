import { type Clock, systemClock } from '../core/clock.ts'
import { reasonOf } from '../core/codes/reason.ts'
import { suppressionId } from '../core/codes/scope.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import type { Query } from '../db/engine/query.ts'
import { appendIfChanged } from '../db/event.ts'
import { EXTEND, type NewSuppression, PLATFORM } from '../db/suppression.ts'
import { commitAsOperator, type Operator, operatorEvent, readAsOperator } from './operator.ts'

/** Rows per transaction; a click hardly waits for so few. */
const PAGE = 250

/**
 * Copies the platform's suppressions from one cluster to another, each new one with its event, and returns their number. It
 * weakens and lifts nothing; a second run adds what is new since.
 */
export async function copyPlatform(
  from: Endpoint,
  to: Operator,
  clock: Clock = systemClock,
): Promise<number> {
  let added = 0
  for (let after: Row | undefined; ; ) {
    const [rows] = await readAsOperator(from, [page(after)])
    if (rows.length === 0) return added
    const results = await commitAsOperator(
      to,
      rows.flatMap(row => keep(to, row, clock())),
    )
    added += results.filter(({ affected }, i) => i % 2 === 1 && affected > 0).length
    after = rows.at(-1)!
  }
}

type Row = Omit<NewSuppression, 'scope'>

const page = (after: Row | undefined): Query<Row[]> => ({
  sql: `SELECT address_id, reason, source, at, until FROM platform_suppression
    WHERE (address_id, reason) > (?, ?) ORDER BY address_id, reason LIMIT ${PAGE}`,
  args: [after?.addressId ?? new Uint8Array(), after?.reason ?? 0],
  decode: rows =>
    (rows as [Uint8Array, number, number, number, number | null][]).map(
      ([addressId, reason, source, at, until]) => ({ addressId, reason, source, at, until }),
    ),
})

function keep(operator: Operator, { addressId, reason, source, at, until }: Row, now: number): Statement[] {
  const entry = operatorEvent(operator, {
    at: now,
    tenant: 0,
    workspace: null,
    type: 'suppression.added',
    subject: suppressionId(addressId, PLATFORM, reason),
    data: { scope: 'platform', reason: reasonOf(reason), until, via: 'copy' },
  })
  return [
    {
      sql: `INSERT INTO platform_suppression (address_id, reason, source, at, until) SELECT ?, ?, ?, ?, ? WHERE true ${EXTEND}`,
      args: [addressId, reason, source, at, until],
    },
    appendIfChanged({ ...entry, addressId }),
  ]
}

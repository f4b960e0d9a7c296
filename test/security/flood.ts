import { run } from '../../db/engine/hrana.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import type { World } from '../support/world.ts'

/** More than the answer of one question to the database has room for. */
export const FLOOD = 40_000

/** Writes what a loop of changes by one link would have written before there was a bound, and more. */
export async function flood(world: World, count = FLOOD): Promise<void> {
  for (let from = 0; from < count; from += 10_000) {
    const many = Math.min(10_000, count - from)
    await run(
      world.endpoint,
      [
        {
          sql: `INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
            SELECT randomblob(16), ?, ?, ?, 'recipient.language_chosen', 'recipient', ?, 'rcp_x', '{"locale":"de","via":"preferences"}',
              randomblob(32) FROM number WHERE i < ?`,
          args: [Date.now(), world.tenant, world.workspace, world.addressId, many],
        },
      ],
      30_000,
    )
  }
}

/** Returns how many events there are about recipients. */
export const count = async (world: World, where = 'TRUE'): Promise<number> =>
  Number((await world.sql(`SELECT count(*) FROM event WHERE address_id IS NOT NULL AND ${where}`))[0]![0])

/** What somebody agreed to before all that. */
export const consent = {
  address: ADA,
  topic: 'news',
  basis: 'express',
  at: '2026-01-02T00:00:00Z',
  wording: 'Yes!',
}

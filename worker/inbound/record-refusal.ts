import { countRefusal } from '../../db/inbound.ts'
import type { InboundDeps } from './deps.ts'
import type { Door, Why } from './refusal.ts'

/** Counts a refused report or mail for its workspace. A failure to count does not change the refusal. */
export async function refuse(
  deps: InboundDeps,
  { workspace, door, why, bytes }: { workspace: number; door: Door; why: Why; bytes: number },
): Promise<void> {
  const count = countRefusal({ workspace, door, why }, deps.clock(), bytes)
  await deps.db.commit([count]).catch(error => deps.log('inbound refusal', error))
}

import { countRefusal } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import type { Door, Why } from './refusal.ts'

/** Counts something that was not taken, where its workspace can look at it. A lost count is no reason to take it. */
export async function refuse(
  deps: Deps,
  { workspace, door, why, bytes }: { workspace: number; door: Door; why: Why; bytes: number },
): Promise<void> {
  const count = countRefusal({ workspace, door, why }, deps.clock(), bytes)
  await deps.db.commit([count]).catch(error => deps.log('inbound refusal', error))
}

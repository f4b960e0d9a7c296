import { toHex } from '../../core/bytes.ts'
import { WAITING_MAX } from '../../core/limits.ts'
import type { WaitingDelivery } from '../../db/webhook-delivery.ts'
import { isDown } from './schedule.ts'

/** An event to be delivered: a new one, or one that waits since an earlier run. */
export interface Item {
  seq: number
  addressId: Uint8Array | null
  waiting?: WaitingDelivery
}

/** Events to be attempted together, and new events held behind an earlier one of the same recipient. */
export interface Batch {
  /** Each chain is one recipient's events in order; the next is sent once the one before is delivered. */
  chains: Item[][]
  held: Item[]
}

/** Events of one batch, which bounds memory and what is repeated after a crash. */
export const BATCH = 50

/**
 * Returns how many new events an endpoint may get: none while it is down, except a single one to probe it where none waits.
 */
export function roomFor(failures: number, waiting: number): number {
  if (isDown(failures)) return waiting > 0 ? 0 : 1
  return Math.max(0, Math.min(BATCH, WAITING_MAX - waiting))
}

/** Chooses the events to attempt now. Events without a recipient are kept in order as if they had the same one. */
export function batchOf(
  failures: number,
  waiting: readonly WaitingDelivery[],
  fresh: Item[],
  now: number,
): Batch {
  if (isDown(failures) && waiting.length > 0) return { chains: [[retry(waiting[0]!)]], held: [] }
  const byRecipient = new Map<string, { chain: Item[]; heldBack: boolean }>()
  const held: Item[] = []
  let retries = 0
  for (const row of waiting) {
    const name = nameOf(row)
    const standing = byRecipient.get(name)
    if (!standing && (row.dueAt > now || retries === BATCH))
      byRecipient.set(name, { chain: [], heldBack: true })
    else if (standing?.heldBack) continue
    else if (retries === BATCH) standing!.heldBack = true
    else {
      retries++
      if (standing) standing.chain.push(retry(row))
      else byRecipient.set(name, { chain: [retry(row)], heldBack: false })
    }
  }
  for (const item of fresh) {
    const name = nameOf(item)
    const standing = byRecipient.get(name)
    if (standing?.heldBack) held.push(item)
    else if (standing) standing.chain.push(item)
    else byRecipient.set(name, { chain: [item], heldBack: false })
  }
  const chains = [...byRecipient.values()].map(({ chain }) => chain).filter(({ length }) => length > 0)
  return { chains, held }
}

const retry = (waiting: WaitingDelivery): Item => ({
  seq: waiting.seq,
  addressId: waiting.addressId,
  waiting,
})

const nameOf = ({ addressId }: Pick<Item, 'addressId'>): string => (addressId ? toHex(addressId) : '')

import { createHash } from 'node:crypto'
import { dataText, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Value } from '../core/write/statement.ts'

/** Merkle tree over the ledger's leaves, in order (RFC 6962 §2.1). It holds only a few hashes for any number of events. */
export class LedgerTree {
  /** Root of each complete subtree that is not yet part of a bigger one, by height. */
  readonly #peaks: (Uint8Array | undefined)[] = []
  size = 0

  /** Adds the leaf of the next event. */
  add(leaf: Uint8Array): void {
    let node = leaf
    let height = 0
    for (let left = this.#peaks[height]; left; left = this.#peaks[++height]) {
      node = parent(left, node)
      this.#peaks[height] = undefined
    }
    this.#peaks[height] = node
    this.size++
  }

  /** Returns the root, in hex. */
  root(): string {
    let node: Uint8Array | undefined
    for (const peak of this.#peaks) if (peak) node = node ? parent(peak, node) : peak
    return Buffer.from(node ?? createHash('sha256').digest()).toString('hex')
  }
}

const parent = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest()

/** Columns of an event that its leaf hash covers, and the leaf. */
const COLUMNS = [
  'id',
  'at',
  'tenant',
  'workspace',
  'type',
  'actor',
  'address_id',
  'subject',
  'data',
  'sealed',
  'leaf',
] as const

/** An event as its row has it. */
export type EventValues = Record<(typeof COLUMNS)[number], Value>

/** Returns an event's row by column name. */
export const eventValues = (columns: readonly string[], row: readonly Value[]): EventValues =>
  Object.fromEntries(COLUMNS.map(name => [name, row[columns.indexOf(name)] ?? null])) as EventValues

/** Returns an event's leaf if it is the hash of the row, and undefined if either was changed. */
export function soundLeaf(row: EventValues): Uint8Array | undefined {
  const { address_id: addressId, data, sealed, leaf, ...same } = row
  const facts = JSON.parse(String(data)) as LedgerEvent['data']
  if (dataText(facts) !== data) return undefined
  const event = { ...same, addressId, data: facts, ...(sealed !== null && { sealed }) }
  const said = leafHash(event as unknown as LedgerEvent)
  return leaf instanceof Uint8Array && Buffer.from(said).equals(leaf) ? said : undefined
}

import { createHash } from 'node:crypto'
import { dataText, type LedgerEvent, leafHash } from '../core/event.ts'
import type { Value } from '../core/write/statement.ts'

/** The Merkle tree over the ledger's leaves, in order (RFC 6962 §2.1): a few hashes, however many events. */
export class LedgerTree {
  /** The root of each whole subtree that is not part of a bigger one yet, by its height. */
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

/** The columns of an event that its leaf is the hash of, and the leaf. */
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

/** An event as its table has it. */
export type EventValues = Record<(typeof COLUMNS)[number], Value>

/** Returns an event's row by the names of its columns. */
export const eventValues = (columns: readonly string[], row: readonly Value[]): EventValues =>
  Object.fromEntries(COLUMNS.map(name => [name, row[columns.indexOf(name)] ?? null])) as EventValues

/** Returns an event's leaf if it is the hash of what the row says, and undefined if either was changed. */
export function soundLeaf(row: EventValues): Uint8Array | undefined {
  const { address_id: addressId, data, sealed, leaf, ...same } = row
  const facts = JSON.parse(String(data)) as LedgerEvent['data']
  if (dataText(facts) !== data) return undefined
  const event = { ...same, addressId, data: facts, ...(sealed !== null && { sealed }) }
  const said = leafHash(event as unknown as LedgerEvent)
  return leaf instanceof Uint8Array && Buffer.from(said).equals(leaf) ? said : undefined
}

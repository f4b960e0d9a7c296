import { ADDRESS_ID_BYTES, type AddressIndex } from '../core/address.ts'

/** Many address ids end to end, in about the order of the database's tree, and the place each came from. */
export interface PackedIds {
  bytes: Uint8Array
  /** `order[i]` is the place in the given list of the i-th id here. */
  order: Uint16Array
}

/** Places fit beneath 32 bits of id in one double, so that a plain numeric sort orders both. */
const PLACES = 2 ** 14

/**
 * Packs the ids of the hashes that are there. Sorted by their first 32 bits: neighbours in the list are then neighbours on
 * the database's pages, which is what makes ten thousand look-ups cheap; a tie costs nothing but its order.
 */
export function packIds(index: AddressIndex, hashes: readonly (Uint8Array | undefined)[]): PackedIds {
  const ids: (Uint8Array | undefined)[] = new Array(hashes.length)
  const keys = new Float64Array(hashes.length)
  let count = 0
  for (let place = 0; place < hashes.length; place++) {
    const hash = hashes[place]
    if (hash === undefined) continue
    const id = index.id(hash)
    ids[place] = id
    keys[count++] = (id[0]! * 2 ** 24 + (id[1]! << 16) + (id[2]! << 8) + id[3]!) * PLACES + place
  }
  const sorted = keys.subarray(0, count).sort()
  const bytes = new Uint8Array(count * ADDRESS_ID_BYTES)
  const order = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    const place = sorted[i]! % PLACES
    order[i] = place
    bytes.set(ids[place]!, i * ADDRESS_ID_BYTES)
  }
  return { bytes, order }
}

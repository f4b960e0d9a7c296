import { ADDRESS_ID_BYTES, canonicalAddress, HASH_BYTES, hashOfHex } from './address.ts'
import type { HashMany } from './hash-many.ts'

/** The address hashes of a list, end to end, and the place each came from. What is no address has none. */
export interface PackedHashes {
  hashes: Uint8Array
  places: Uint16Array
}

/** Hashes a list of addresses. */
export function packAddresses(many: HashMany, texts: readonly string[]): PackedHashes {
  const places = new Uint16Array(texts.length)
  const canonical: string[] = []
  for (let place = 0; place < texts.length; place++) {
    const address = canonicalAddress(texts[place]!)
    if (address === undefined) continue
    places[canonical.length] = place
    canonical.push(address)
  }
  return { hashes: many.sha256(canonical), places: places.subarray(0, canonical.length) }
}

/** Reads a list of hashes in hex. */
export function packHex(texts: readonly string[]): PackedHashes {
  const places = new Uint16Array(texts.length)
  const hashes = new Uint8Array(texts.length * HASH_BYTES)
  let count = 0
  for (let place = 0; place < texts.length; place++) {
    const hash = hashOfHex(texts[place]!)
    if (hash === undefined) continue
    hashes.set(hash, count * HASH_BYTES)
    places[count++] = place
  }
  return { hashes: hashes.subarray(0, count * HASH_BYTES), places: places.subarray(0, count) }
}

/** Many address ids end to end, in about the order of the database's tree, and the place each came from. */
export interface PackedIds {
  bytes: Uint8Array
  /** `order[i]` is the place in the given list of the i-th id here. */
  order: Uint16Array
}

/** An index fits beneath 32 bits of id in one double, so that a plain numeric sort orders both. */
const INDEXES = 2 ** 14

/**
 * Sorts address ids by their first 32 bits: neighbours in the list are then neighbours on the database's pages, which is what
 * makes ten thousand look-ups cheap; a tie costs nothing but its order.
 */
export function packIds(ids: Uint8Array, places: Uint16Array): PackedIds {
  const keys = new Float64Array(places.length)
  const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength)
  for (let i = 0; i < keys.length; i++) keys[i] = view.getUint32(i * ADDRESS_ID_BYTES) * INDEXES + i
  keys.sort()
  const bytes = new Uint8Array(ids.length)
  const order = new Uint16Array(keys.length)
  for (let i = 0, to = 0; i < keys.length; i++) {
    const index = keys[i]! % INDEXES
    order[i] = places[index]!
    // Byte by byte: for a dozen of them a view costs more than the copy.
    for (let from = index * ADDRESS_ID_BYTES; to < (i + 1) * ADDRESS_ID_BYTES; ) bytes[to++] = ids[from++]!
  }
  return { bytes, order }
}

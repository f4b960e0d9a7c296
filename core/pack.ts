import { ADDRESS_ID_BYTES, canonicalAddress, HASH_BYTES, hashOfHex } from './address.ts'
import type { HashMany } from './hash-many.ts'

/** Address hashes of a list, end to end, and the list index of each. Invalid addresses are left out. */
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

/** Many address ids end to end, roughly in the order of the database's tree, and the list index of each. */
export interface PackedIds {
  bytes: Uint8Array
  /** `order[i]` is the list index of the i-th id. */
  order: Uint16Array
}

/** The sort keys hold 32 bits of id above an index below this number, so that one numeric sort of doubles orders both. */
const INDEXES = 2 ** 14

/**
 * Sorts address ids by their first 32 bits. Neighbours in the list are then neighbours on the database's pages, which makes ten
 * thousand look-ups cheap; ids with equal bits may come in any order.
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
    // The loop copies byte by byte: for a dozen bytes a view costs more than the copy.
    for (let from = index * ADDRESS_ID_BYTES; to < (i + 1) * ADDRESS_ID_BYTES; ) bytes[to++] = ids[from++]!
  }
  return { bytes, order }
}

import type { AddressIndex } from './address.ts'
import { setUint48, toHex } from './bytes.ts'
import { sha256 } from './sha256.ts'

/** Makes event ids. */
export type Ids = (at: number) => Uint8Array

/** Random bytes of the next ids: drawing them for each by itself takes most of its time. */
const pool = new Uint8Array(16 * 64)
let used = pool.length

/** Returns a UUIDv7: 48 bits of `at` (milliseconds), 74 random bits, so that ids sort by time (RFC 9562 §5.7). */
export const uuid7: Ids = at => {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const id = pool.slice(used, used + 16)
  used += 16
  setUint48(new DataView(id.buffer), 0, at)
  id[6] = (id[6]! & 0x0f) | 0x70
  id[8] = (id[8]! & 0x3f) | 0x80
  return id
}

/** Returns the usual text form of a UUID, with hyphens. */
export function uuidText(id: Uint8Array): string {
  const hex = toHex(id)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Bytes of a reference. */
export const REF_BYTES = 11

/** Makes the reference of a new sign-up: 88 random bits. */
export const newRef = (): Uint8Array => crypto.getRandomValues(new Uint8Array(REF_BYTES))

/**
 * Returns the reference of the sign-up that a call asks for. The same call gets the same reference, which cannot be computed
 * without the index key.
 */
export const refOfCall = (index: AddressIndex, call: string): Uint8Array =>
  index.id(sha256(new TextEncoder().encode(call))).slice(0, REF_BYTES)

/**
 * Returns the public name of a reference, for readers other than its recipient. Links are made from the reference itself, which
 * this hash does not reveal.
 */
export const publicRef = (ref: Uint8Array): Uint8Array => sha256(ref).slice(0, REF_BYTES)

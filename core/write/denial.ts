import { getUint48, setUint48 } from '../bytes.ts'

/** A suppression that a write adds or extends, for checks that run before the database has it. Scope 0 is the platform's list. */
export interface Denial {
  addressId: Uint8Array
  scope: number
  reason: number
  source: number
  at: number
  until: number | null
}

const ADDRESS_ID_BYTES = 12

const NUMBER_BYTES = 6

/** Bytes of one denial: address id, scope, reason, source, at and until. */
const WIDTH = ADDRESS_ID_BYTES + NUMBER_BYTES + 2 + 2 * NUMBER_BYTES

/** Stored value of "without end", later than any possible time. */
const FOREVER = 2 ** 48 - 1

/** Returns denials end to end, 32 bytes each. */
export function packDenials(denials: readonly Denial[]): Uint8Array {
  const bytes = new Uint8Array(denials.length * WIDTH)
  const view = new DataView(bytes.buffer)
  for (const [i, { addressId, scope, reason, source, at, until }] of denials.entries()) {
    const offset = i * WIDTH
    bytes.set(addressId, offset)
    setUint48(view, offset + 12, scope)
    bytes[offset + 18] = reason
    bytes[offset + 19] = source
    setUint48(view, offset + 20, at)
    setUint48(view, offset + 26, until ?? FOREVER)
  }
  return bytes
}

/** Returns the denials that `packDenials` packed. */
export function unpackDenials(bytes: Uint8Array): Denial[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / WIDTH }, (_, i) => {
    const offset = i * WIDTH
    const until = getUint48(view, offset + 26)
    return {
      addressId: bytes.slice(offset, offset + ADDRESS_ID_BYTES),
      scope: getUint48(view, offset + 12),
      reason: bytes[offset + 18]!,
      source: bytes[offset + 19]!,
      at: getUint48(view, offset + 20),
      until: until === FOREVER ? null : until,
    }
  })
}

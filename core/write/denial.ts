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
    setNumber(view, offset + 12, scope)
    bytes[offset + 18] = reason
    bytes[offset + 19] = source
    setNumber(view, offset + 20, at)
    setNumber(view, offset + 26, until ?? FOREVER)
  }
  return bytes
}

/** Returns the denials that `packDenials` packed. */
export function unpackDenials(bytes: Uint8Array): Denial[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / WIDTH }, (_, i) => {
    const offset = i * WIDTH
    const until = numberAt(view, offset + 26)
    return {
      addressId: bytes.slice(offset, offset + ADDRESS_ID_BYTES),
      scope: numberAt(view, offset + 12),
      reason: bytes[offset + 18]!,
      source: bytes[offset + 19]!,
      at: numberAt(view, offset + 20),
      until: until === FOREVER ? null : until,
    }
  })
}

function setNumber(view: DataView, offset: number, value: number): void {
  view.setUint16(offset, Math.floor(value / 2 ** 32))
  view.setUint32(offset + 2, value >>> 0)
}

const numberAt = (view: DataView, offset: number): number =>
  view.getUint16(offset) * 2 ** 32 + view.getUint32(offset + 2)

import { canonicalAddress } from '../../core/address.ts'

/** Canonicalizes what is canonical already, with each code point of some ranges in either part of an address. */
export function canonicalizedTwice(ranges: [from: number, to: number][]) {
  const changed: string[] = []
  let addresses = 0
  for (const [from, to] of ranges)
    for (let code = from; code < to; code++) {
      const character = String.fromCodePoint(code)
      for (const text of [`A${character}@example.com`, `a@b${character}c.com`]) {
        const canonical = canonicalAddress(text)
        if (canonical === undefined) continue
        addresses++
        if (canonicalAddress(canonical) !== canonical) changed.push(code.toString(16))
      }
    }
  return { addresses, changed }
}

import ipaddr from 'ipaddr.js'

/** Prefix length of IPv4-mapped IPv6 addresses, `::ffff:0:0/96`. */
const MAPPED_BITS = 96

/**
 * Returns an address or CIDR range in canonical form, or undefined when the text is neither. A bare address is a range of one.
 */
export function networkOf(text: string): string | undefined {
  if (ipaddr.isValidCIDR(text)) {
    const [address, bits] = ipaddr.parseCIDR(text)
    // An IPv4-mapped range is written as IPv4, since callers' addresses are compared in that form.
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= MAPPED_BITS)
      return `${address.toIPv4Address().toString()}/${bits - MAPPED_BITS}`
    return `${address.toString()}/${bits}`
  }
  if (!ipaddr.IPv6.isValid(text) && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined
  const address = ipaddr.process(text)
  return `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`
}

/** Whether an address lies in one of the ranges. An unknown address lies in none. */
export function within(ranges: readonly string[], text: string | undefined): boolean {
  if (text === undefined || !ipaddr.isValid(text)) return false
  // An IPv4 address that came over an IPv6 socket is the same machine.
  const address = ipaddr.process(text)
  return ranges.some(range => {
    const [network, bits] = ipaddr.parseCIDR(range)
    return network.kind() === address.kind() && address.match(network, bits)
  })
}

/** Whether a whole canonical range lies in one of the others. */
export function isWithin(ranges: readonly string[], range: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(range)
  return ranges.some(other => {
    const [outer, outerBits] = ipaddr.parseCIDR(other)
    return outer.kind() === network.kind() && bits >= outerBits && network.match(outer, outerBits)
  })
}

/** Prefix of an IPv6 network; its owner has any number of addresses in it. */
const NETWORK_BITS = 64

/** Returns the network of an address, an IPv4 address itself or a /64; undefined when the text is no address. */
export function prefixOf(text: string | null): string | undefined {
  if (text === null || !ipaddr.isValid(text)) return undefined
  const address = ipaddr.process(text)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${NETWORK_BITS}`).toString()}/${NETWORK_BITS}`
}

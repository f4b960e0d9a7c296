import ipaddr from 'ipaddr.js'
import { isThisMachine } from '../../core/host.ts'
import { urlOf } from '../../core/web-address.ts'

/** The allowed targets of webhooks: public hosts and, where a setting says so, this machine. */
export interface TargetPolicy {
  /** The Worker's own host, never a target. */
  ownHost: string
  thisMachine: boolean
}

const URL_MAX = 2048
/** Usual ports of web servers; on others the outcome would reveal what runs on a host. The URL parser drops 443. */
const PORTS = ['', '8443']
/** Names that are never public hosts (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and names used by routers). */
const NOT_PUBLIC =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion|alt)$/

/**
 * Returns why a URL may not be a webhook target, or undefined where it may. This prevents server-side request forgery: a
 * sender could make Floe call machines that only Floe reaches, and learn from its answers what runs there.
 *
 * The URL parser turns hosts of decimal, octal or hex digits into the IPv4 address they mean. Every IP address is refused,
 * since nothing proves its owner. The addresses of a name are checked before each delivery.
 */
export function whyNoTarget(text: string, { ownHost, thisMachine }: TargetPolicy): string | undefined {
  if (text.length > URL_MAX) return `must have at most ${URL_MAX} characters`
  const url = urlOf(text)
  if (!url) return 'must be a web address'
  const host = hostOf(url)
  if (url.username || url.password) return 'must not hold a user or a password'
  if (url.hash) return 'must not have a fragment'
  if (thisMachine && isThisMachine(host) && /^https?:$/.test(url.protocol)) return undefined
  if (url.protocol !== 'https:') return 'must be https'
  if (!PORTS.includes(url.port)) return 'must be on port 443 or 8443'
  if (ipaddr.isValid(host)) return 'must name a host, not an IP address'
  if (!host.includes('.') || NOT_PUBLIC.test(host))
    return 'must name a host that the whole internet can reach'
  return host === ownHost ? 'must not be Floe itself' : undefined
}

/** Returns the host of a target without brackets and trailing dots, which could hide a refused name. */
export function hostOf({ hostname }: URL): string {
  const name = hostname.replace(/^\[|\]$/g, '')
  let end = name.length
  while (name[end - 1] === '.') end--
  return name.slice(0, end)
}

/** The IPv6 range in public use (RFC 4291 §2.4), and a metadata service with a public address. */
const IPV6_INTERNET = ipaddr.IPv6.parseCIDR('2000::/3')
const AZURE_METADATA = '168.63.129.16'

/**
 * Whether an IP address belongs to the public internet. Special ranges do not: private, loopback, link-local with the
 * metadata services, carrier networks, multicast, and IPv6 addresses that embed an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast' || address.toString() === AZURE_METADATA) return false
  return address instanceof ipaddr.IPv4 || address.match(IPV6_INTERNET)
}

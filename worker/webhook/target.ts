import ipaddr from 'ipaddr.js'
import { isThisMachine } from '../../core/host.ts'

/** Where webhooks may go: hosts that the whole internet can reach, and, where a setting says so, this machine as well. */
export interface TargetPolicy {
  /** The Worker's own host, which is never a target. */
  ownHost: string
  thisMachine: boolean
}

const URL_MAX = 2048
/** Where web servers are: on any other port an answer would tell what else runs on a host. The URL parser leaves out 443. */
const PORTS = ['', '8443']
/** Names that are no public host, whoever answers for them (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and what routers make up). */
const NOT_PUBLIC =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion|alt)$/

/**
 * Returns why an address is no target for webhooks, or undefined when it may be one. Server-side request forgery: without
 * this a sender could have Floe knock at machines that only Floe can reach, and read from our answers what is there.
 *
 * The URL parser has read a host of digits in decimal, octal or hex as the IPv4 address it means; an IP address of whatever
 * kind is refused, as nothing vouches for whose it is. What a name resolves to is looked at before each delivery.
 */
export function whyNoTarget(text: string, { ownHost, thisMachine }: TargetPolicy): string | undefined {
  if (text.length > URL_MAX) return `must have at most ${URL_MAX} characters`
  if (!URL.canParse(text)) return 'must be a web address'
  const url = new URL(text)
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

/** Returns the host of a target as it is looked up: without brackets and without the dots that may end a name, so that none hides what it is. */
export function hostOf({ hostname }: URL): string {
  const name = hostname.replace(/^\[|\]$/g, '')
  let end = name.length
  while (name[end - 1] === '.') end--
  return name.slice(0, end)
}

/** The part of IPv6 that is given out to the internet at all (RFC 4291 §2.4), and a metadata service that has a public address. */
const IPV6_INTERNET = ipaddr.IPv6.parseCIDR('2000::/3')
const AZURE_METADATA = '168.63.129.16'

/**
 * Whether an IP address is one of the public internet. Everything with a special purpose is not: private, loopback,
 * link-local with the metadata services, carrier networks, multicast, and what embeds an IPv4 address in an IPv6 one.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast' || address.toString() === AZURE_METADATA) return false
  return address instanceof ipaddr.IPv4 || address.match(IPV6_INTERNET)
}

import { fromHex } from '../../core/bytes.ts'
import { within } from '../../core/network.ts'

/** Networks that nobody reaches from outside: this machine, private ones (RFC 1918, 4193), link-local and carriers' own. */
const INSIDE = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '::/127', 'fc00::/7', 'fe80::/10'],
]
/** Ends of names that are in no public DNS (RFC 6761, 6762, 8375, and what routers and companies use). */
const INSIDE_NAMES = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa|test|invalid)$/

const ADDRESS = /[\w.+-]@[\w-]+\./

/** Whether a link leads nowhere but on the machine or in the network of whoever wrote it. */
export function isInside(url: string): boolean {
  if (/^(?:file:|[a-z]:[\\/](?!\/)|\\\\)/i.test(url)) return true
  const host = hostOf(url)
  if (host === undefined) return false
  return host.includes(':') || /^[\d.]+$/.test(host)
    ? within(INSIDE, host)
    : !host.includes('.') || INSIDE_NAMES.test(host)
}

/** Whether a reader can follow a link. */
export const leadsOut = (url: string): boolean => hostOf(url) !== undefined && !isInside(url)

function hostOf(url: string): string | undefined {
  const [, mailbox] = /^mailto:([^?]*)/i.exec(url) ?? []
  if (mailbox !== undefined) return decodedOf(mailbox).split('@')[1]?.toLowerCase()
  if (!/^(?:https?:)?\/\//i.test(url)) return undefined
  try {
    const { hostname } = new URL(url.startsWith('//') ? `https:${url}` : url)
    return hostname.replace(/^\[|[\].]$/g, '')
  } catch {
    return undefined
  }
}

/** Returns a URL with its percent codes decoded, or as it is where they are no text. */
export function decodedOf(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

/** Whether a link has an address in it: as it is, encoded twice, or in base64 or hex, which anybody can read and write. */
export function hasAddress(url: string, recipients: readonly string[]): boolean {
  const isOne = (text: string) =>
    ADDRESS.test(text) || recipients.some(address => text.toLowerCase().includes(address.toLowerCase()))
  const once = decodedOf(url)
  const forms = [once, decodedOf(once)]
  const tokens = [/[/?&#:;,.=|~]+/, /[?&#:;,.=|~]+/].flatMap(ends => once.split(ends))
  return forms.some(isOne) || tokens.flatMap(readOf).map(decodedOf).some(isOne)
}

/** Returns the texts that a part of a link is in base64 or hex. */
function readOf(token: string): string[] {
  if (token.length < 8) return []
  const hex = token.length % 2 === 0 ? fromHex(token, token.length / 2) : undefined
  const texts = hex ? [new TextDecoder().decode(hex)] : []
  try {
    texts.push(atob(token.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    // Most parts of links are no base64.
  }
  return texts.filter(text => /^[ -~]+$/.test(text))
}

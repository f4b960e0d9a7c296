import { equalBytes } from '../core/bytes.ts'
import { prefixOf } from '../core/network.ts'

/** What the gate is bound to. */
interface GateBindings {
  FLOE: Fetcher
  PROXY_SECRET: string
}

/** Header field of the proxy: its secret, a blank, and the address of the caller. */
const PROXY_FIELD = 'floe-proxy'
const encoder = new TextEncoder()

/**
 * The Worker before `floe` where Cloudflare is not: it lets in what the proxy vouches for, and names the caller as Cloudflare does.
 *
 * Secret and address are one field, so that a proxy that forgets the field, or appends to one of the caller's, lets nobody in, rather
 * than let callers name an address themselves: `allowedIps`, allowances and evidence believe it.
 */
export default {
  fetch(request: Request, bindings: GateBindings): Promise<Response> | Response {
    const url = new URL(request.url)
    const headers = new Headers(request.headers)
    request.headers.forEach((_, name) => {
      if (name.startsWith('cf-') || name === PROXY_FIELD) headers.delete(name)
    })
    const address = vouchedAddress(request.headers.get(PROXY_FIELD), bindings.PROXY_SECRET)
    if (address !== undefined) headers.set('cf-connecting-ip', address)
    // The supervisor on this machine asks whether Floe runs. The answer depends on no caller.
    else if (url.pathname !== '/healthz') return new Response('Forbidden\n', { status: 403 })
    // TLS ends at the proxy.
    url.protocol = 'https:'
    // A redirect is the caller's to follow.
    return bindings.FLOE.fetch(new Request(new Request(url, request), { headers, redirect: 'manual' }))
  },
}

/** Returns the caller's address, or undefined where the field is missing, not the proxy's, or names none. */
function vouchedAddress(field: string | null, secret: string): string | undefined {
  const [given = '', address = '', ...more] = field?.split(' ') ?? []
  if (more.length > 0 || prefixOf(address) === undefined) return undefined
  return equalBytes(encoder.encode(given), encoder.encode(secret)) ? address : undefined
}

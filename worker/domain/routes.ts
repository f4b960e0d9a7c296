import { DAY_MS, timestamp } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { JSON_HEADERS, TEXT_HEADERS } from '../http/headers.ts'
import type { App } from '../http/route.ts'
import type { DomainDeps } from './deps.ts'

/**
 * RFC 9116 recommends an expiry within a year. It is counted from the request, since the operator of a running Worker reads
 * that mailbox.
 */
const VALID_MS = 180 * DAY_MS

/** Date of the last change of Global Privacy Control support, declared in `gpc.json`. */
const GPC_SINCE = '2026-11-24'

/** Routes of a host's description of itself. */
export function domainRoutes(app: App, deps: DomainDeps): void {
  app.get('/.well-known/security.txt', () => {
    if (deps.securityContact === undefined) throw new Fault({ code: 'route.not_found' })
    const lines = [
      `Contact: ${deps.securityContact}`,
      `Expires: ${timestamp(deps.clock() + VALID_MS)}`,
      `Canonical: ${deps.baseUrl}/.well-known/security.txt`,
      'Preferred-Languages: en',
    ]
    return new Response(`${lines.join('\n')}\n`, { headers: TEXT_HEADERS })
  })

  app.get('/.well-known/gpc.json', () =>
    Response.json({ gpc: true, lastUpdate: GPC_SINCE }, { headers: JSON_HEADERS }),
  )
}

import { JSON_HEADERS } from '../http/headers.ts'
import { type App, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import type { ConsentDeps } from './deps.ts'
import { prove } from './prove.ts'
import { recordConsents } from './record.ts'
import { withdraw } from './withdraw.ts'

/** Public keys change with a rotation, announced long before the old one goes. */
const JWKS_HEADERS = {
  ...JSON_HEADERS,
  'content-type': 'application/jwk-set+json',
  'cache-control': 'public, max-age=3600',
  'access-control-allow-origin': '*',
}

/** What senders record, pass on and prove of consent, and what lets anybody verify it. */
export function consentRoutes(app: App, deps: ConsentDeps): void {
  const call = senderCalls(app, deps)
  call(api.recordConsents, recordConsents)
  call(api.withdrawConsent, withdraw)
  call(api.proveConsent, prove)
  const { method, path } = api.getKeys
  app.on(
    method,
    path,
    async () => new Response(JSON.stringify(await deps.receipts.jwks()), { headers: JWKS_HEADERS }),
  )
}

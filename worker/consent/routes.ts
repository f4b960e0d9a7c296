import { JSON_HEADERS } from '../http/headers.ts'
import { type App, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import type { ConsentDeps } from './deps.ts'
import { prove } from './prove.ts'
import { recordConsents } from './record.ts'
import { withdraw } from './withdraw.ts'

/** Public keys change only at a rotation, where the next key is published long before it signs. */
const JWKS_HEADERS = {
  ...JSON_HEADERS,
  'content-type': 'application/jwk-set+json',
  'cache-control': 'public, max-age=3600',
  'access-control-allow-origin': '*',
}

/** Routes of recording, withdrawing and proving consent, and the public keys of receipts. */
export function consentRoutes(app: App, deps: ConsentDeps): void {
  const call = senderCalls(app, deps)
  call(recordConsents)
  call(withdraw)
  call(prove)
  const { method, path } = api.getKeys
  app.on(
    method,
    path,
    async () => new Response(JSON.stringify(await deps.receipts.jwks()), { headers: JWKS_HEADERS }),
  )
}

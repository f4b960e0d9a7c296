import { JSON_HEADERS } from '../http/headers.ts'
import { BATCH_LIMIT_BYTES, BODY_LIMIT_BYTES } from '../http/limits.ts'
import { type App, senderCall } from '../http/route.ts'
import type { ConsentDeps } from './deps.ts'
import { ProveInput, prove } from './prove.ts'
import { RecordInput, recordConsents } from './record.ts'
import { WithdrawInput, withdraw } from './withdraw.ts'

/** Public keys change with a rotation, announced long before the old one goes. */
const JWKS_HEADERS = {
  ...JSON_HEADERS,
  'content-type': 'application/jwk-set+json',
  'cache-control': 'public, max-age=3600',
  'access-control-allow-origin': '*',
}

/** What senders record, pass on and prove of consent, and what lets anybody verify it. */
export function consentRoutes(app: App, deps: ConsentDeps): void {
  app.post(
    '/v1/consents',
    senderCall(deps, {
      input: RecordInput,
      limitBytes: BATCH_LIMIT_BYTES,
      addresses: ({ entries }) => entries.length,
      verb: recordConsents,
      writes: true,
    }),
  )
  app.post(
    '/v1/consents/withdraw',
    senderCall(deps, { input: WithdrawInput, limitBytes: BODY_LIMIT_BYTES, verb: withdraw, writes: true }),
  )
  app.post(
    '/v1/consents/prove',
    senderCall(deps, { input: ProveInput, limitBytes: BODY_LIMIT_BYTES, verb: prove }),
  )
  app.get(
    '/.well-known/jwks.json',
    async () => new Response(JSON.stringify(await deps.receipts.jwks()), { headers: JWKS_HEADERS }),
  )
}

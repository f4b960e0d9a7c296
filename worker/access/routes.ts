import type { AppDeps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import { createApiKey } from './create-key.ts'
import { listApiKeys } from './list-keys.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateApiKey } from './rotate-key.ts'

/** Routes of the management of API keys. */
export function accessRoutes(app: App, deps: AppDeps): void {
  const call = senderCalls(app, deps)
  call(listApiKeys)
  call(createApiKey)
  call(rotateApiKey)
  call(revokeKey)
}

import type { Deps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import { createApiKey } from './create-key.ts'
import { listApiKeys } from './list-keys.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateApiKey } from './rotate-key.ts'

/** Routes of the management of API keys. */
export function accessRoutes(app: App, deps: Deps): void {
  const call = senderCalls(app, deps)
  call(api.listKeys, listApiKeys)
  call(api.createKey, createApiKey)
  call(api.rotateKey, rotateApiKey)
  call(api.revokeKey, revokeKey)
}

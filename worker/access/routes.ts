import type { Deps } from '../deps.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { type App, senderCall } from '../http/route.ts'
import { CreateKeyInput, createApiKey } from './create-key.ts'
import { ListKeysInput, listApiKeys } from './list-keys.ts'
import { RevokeKeyInput, revokeKey } from './revoke-key.ts'
import { RotateKeyInput, rotateApiKey } from './rotate-key.ts'

/** The keys of a workspace, for whoever looks after them. */
export function accessRoutes(app: App, deps: Deps): void {
  const body = { limitBytes: BODY_LIMIT_BYTES }
  app.get('/v1/api-keys', senderCall(deps, { input: ListKeysInput, verb: listApiKeys }))
  app.post(
    '/v1/api-keys',
    senderCall(deps, { ...body, input: CreateKeyInput, verb: createApiKey, status: 201, writes: 'secret' }),
  )
  app.post(
    '/v1/api-keys/:id{key_[\\w-]+}/rotate',
    senderCall(deps, { ...body, input: RotateKeyInput, verb: rotateApiKey, status: 201, writes: 'secret' }),
  )
  app.delete(
    '/v1/api-keys/:id{key_[\\w-]+}',
    senderCall(deps, { input: RevokeKeyInput, verb: revokeKey, writes: true }),
  )
}

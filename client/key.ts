import type * as api from '../worker/access/api.ts'
import type { AnswerOf, GivenOf } from '../worker/http/operation.ts'
import { type Call, query } from './request.ts'

/** A key of the workspace. It opens nothing: its text is shown once, to whoever made it. Times are RFC 3339 UTC. */
export type ApiKey = AnswerOf<typeof api.listKeysDoc>['keys'][number]

/** What a new key may do, until when and from where: no more than the key that makes it, and as that one where nothing is said. */
export type KeyRequest = GivenOf<typeof api.createKey>

/** What became of the keys that came of one: what ended with it, what goes on. */
export type KeyLine = Pick<AnswerOf<typeof api.revokeKeyDoc>, 'alsoRevoked' | 'kept'>

/** What becomes of the keys that a key made. */
export type Children = 'end' | 'keep'

/** What a sender asks about the keys of its workspace. */
export interface Keys {
  /** Goes through the keys, newest first, page by page, also those that ended. */
  keys(): AsyncGenerator<ApiKey>
  /** Makes a key. `key` is shown this once. */
  createKey(request: KeyRequest): Promise<AnswerOf<typeof api.createKeyDoc>>
  /**
   * Replaces a key, the old one going on for `overlapSeconds` (a day; 0 for a key that leaked). What it made ends when it does, unless
   * told to `keep` it: `alsoRevoked` or, where it goes on for a while, `alsoEnding` names it.
   */
  rotateKey(
    id: string,
    more?: { overlapSeconds?: number; children?: Children },
  ): Promise<AnswerOf<typeof api.rotateKeyDoc>>
  /** Revokes a key and, unless told to `keep` it, what it made. */
  revokeKey(id: string, more?: { children?: Children }): Promise<AnswerOf<typeof api.revokeKeyDoc>>
}

/** Returns the calls about keys. */
export function keys(ask: <T>(call: Call) => Promise<T>): Keys {
  const at = (id: string) => `/v1/api-keys/${encodeURIComponent(id)}`
  // One that was made twice, because its answer was lost, would be a key that nobody knows of.
  const once = () => ({ 'idempotency-key': crypto.randomUUID() })
  return {
    async *keys() {
      for (let cursor: string | undefined; ; ) {
        const path = `/v1/api-keys?${query({ limit: '1000', cursor })}`
        const page = await ask<{ keys: ApiKey[]; next?: string }>({ method: 'GET', path })
        yield* page.keys
        if (page.next === undefined) return
        cursor = page.next
      }
    },
    createKey: body => ask({ method: 'POST', path: '/v1/api-keys', headers: once(), body }),
    rotateKey: (id, body = {}) => ask({ method: 'POST', path: `${at(id)}/rotate`, headers: once(), body }),
    revokeKey: (id, more = {}) =>
      ask({ method: 'DELETE', path: `${at(id)}?${query(more)}`, headers: once() }),
  }
}

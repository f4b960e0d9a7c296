import type * as api from '../worker/access/api.ts'
import type { AnswerOf, GivenOf } from '../worker/call/operation.ts'
import { type Call, query } from './request.ts'

/** A key of the workspace, without its text, which was shown once to its maker. Times are RFC 3339 UTC. */
export type ApiKey = AnswerOf<typeof api.listKeysDoc>['keys'][number]

/** Limits of a new key, never wider than those of the key that makes it, which are the defaults. */
export type KeyRequest = GivenOf<typeof api.createKey>

/** Keys that came from a key: those revoked with it, and those kept. */
export type KeyLine = Pick<AnswerOf<typeof api.revokeKeyDoc>, 'alsoRevoked' | 'kept'>

/** What happens to the keys that a key made. */
export type Children = 'end' | 'keep'

/** Calls of a sender about its workspace's keys. */
export interface Keys {
  /** Lists the keys, newest first, page by page, ended ones included. */
  keys(): AsyncGenerator<ApiKey>
  /** Makes a key. `key` is shown only here. */
  createKey(request: KeyRequest): Promise<AnswerOf<typeof api.createKeyDoc>>
  /**
   * Replaces a key; the old one stays valid for `overlapSeconds` (a day; 0 for a key that leaked). The keys it made end with it,
   * unless `keep`: `alsoRevoked` or, during an overlap, `alsoEnding` lists them.
   */
  rotateKey(
    id: string,
    more?: { overlapSeconds?: number; children?: Children },
  ): Promise<AnswerOf<typeof api.rotateKeyDoc>>
  /** Revokes a key and, unless `keep`, the keys it made. */
  revokeKey(id: string, more?: { children?: Children }): Promise<AnswerOf<typeof api.revokeKeyDoc>>
}

/** Returns the calls about keys, sent by `ask`. */
export function keys(ask: <T>(call: Call) => Promise<T>): Keys {
  const at = (id: string) => `/v1/api-keys/${encodeURIComponent(id)}`
  // A retry without this key could make a second key that nobody knows of.
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

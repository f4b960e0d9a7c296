import { type Call, query } from './request.ts'

/** A key of the workspace. It opens nothing: its text is shown once, to whoever made it. Times are RFC 3339 UTC. */
export interface ApiKey {
  id: string
  name?: string
  permissions: string[]
  createdAt: string
  lastUsedAt?: string
  expiresAt?: string
  revokedAt?: string
  allowedIps?: string[]
  /** The key that made it, and that it ends with. */
  madeBy?: string
  /** The key that replaced itself by it, and that it ends with as well. */
  renewalOf?: string
}

/** What a new key may do, until when and from where: no more than the key that makes it, and as that one where nothing is said. */
export interface KeyRequest {
  permissions: readonly string[]
  name?: string
  expiresAt?: string
  allowedIps?: readonly string[]
}

/** What became of the keys that came of one: what ended with it, what goes on. */
export interface KeyLine {
  alsoRevoked: string[]
  kept: string[]
}

/** What becomes of the keys that a key made. */
export type Children = 'end' | 'keep'

/** What a sender asks about the keys of its workspace. */
export interface Keys {
  /** Goes through the keys, newest first, page by page, also those that ended. */
  keys(): AsyncGenerator<ApiKey>
  /** Makes a key. `key` is shown this once. */
  createKey(request: KeyRequest): Promise<ApiKey & { key: string }>
  /**
   * Replaces a key, the old one going on for `overlapSeconds` (a day; 0 for a key that leaked). What it made ends when it does, unless
   * told to `keep` it: `alsoRevoked` or, where it goes on for a while, `alsoEnding` names it.
   */
  rotateKey(
    id: string,
    more?: { overlapSeconds?: number; children?: Children },
  ): Promise<ApiKey & KeyLine & { key: string; replaces: string; oldExpiresAt: string; alsoEnding: string[] }>
  /** Revokes a key and, unless told to `keep` it, what it made. */
  revokeKey(id: string, more?: { children?: Children }): Promise<KeyLine & { id: string }>
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

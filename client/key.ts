import { type Caller, each } from './call.ts'
import type { Answer, Given } from './contract.ts'

/** A key of the workspace, without its text, which was shown once to its maker. Times are RFC 3339 UTC. */
export type ApiKey = Answer<'listKeys'>['keys'][number]

/** Limits of a new key, never wider than those of the key that makes it, which are the defaults. */
export type KeyRequest = Given<'createKey'>

/** Keys that came from a key: those revoked with it, and those kept. */
export type KeyLine = Pick<Answer<'revokeKey'>, 'alsoRevoked' | 'kept'>

/** What happens to the keys that a key made. */
export type Children = 'end' | 'keep'

/** Calls of a sender about its workspace's keys. */
export interface Keys {
  /** Lists the keys, newest first, page by page, ended ones included. */
  keys(): AsyncGenerator<ApiKey>
  /** Makes a key. `key` is shown only here. */
  createKey(request: KeyRequest): Promise<Answer<'createKey'>>
  /**
   * Replaces a key; the old one stays valid for `overlapSeconds` (a day; 0 for a key that leaked). The keys it made end with it,
   * unless `keep`: `alsoRevoked` or, during an overlap, `alsoEnding` lists them.
   */
  rotateKey(id: string, more?: { overlapSeconds?: number; children?: Children }): Promise<Answer<'rotateKey'>>
  /** Revokes a key and, unless `keep`, the keys it made. */
  revokeKey(id: string, more?: { children?: Children }): Promise<Answer<'revokeKey'>>
}

/** Returns the calls about keys, made by `call`. */
export const keys = (call: Caller): Keys => ({
  keys: () =>
    each(
      place => call('listKeys', place),
      page => page.keys,
    ),
  createKey: request => call('createKey', request),
  rotateKey: (id, more = {}) => call('rotateKey', { id, ...more }),
  revokeKey: (id, more = {}) => call('revokeKey', { id, ...more }),
})

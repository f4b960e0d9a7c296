import type { Actor } from '../../core/actor.ts'
import type { KeyLimits, Permission } from '../../core/api-key.ts'
import type { Query } from '../../db/engine/query.ts'
import type { Services } from './services.ts'

/** Tenant and workspace of a caller. */
export interface Place {
  tenant: number
  workspace: number
}

/** Whoever calls a verb for a workspace: an API key, an operator, a provider's webhook. */
export interface Caller extends Place {
  actor: Actor
  /** Set for an API key. */
  keyId?: Uint8Array
  /** Name of the case in an operator's own system for which it acts. */
  ticket?: string
  /** What tells whether the caller may call; it rides in the verb's own first read. Callers that are known without it have none. */
  query?: Query<unknown>
  /** Returns what the caller may do, by the answer to its query. Throws where it may call nothing. */
  authenticate(answer: unknown): Authority
}

/** What a caller may do. */
export interface Authority {
  /** Throws for a permission that the caller lacks. */
  demand(permission: Permission): void
  /** Limits that whatever the caller makes must keep; undefined where there are none. */
  limits?: KeyLimits
  /** Records the use after the answer. */
  touch?(services: Services): void
}

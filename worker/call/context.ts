import { type Actor, actorText } from '../../core/actor.ts'
import type { KeyLimits, Permission } from '../../core/api-key.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import type { Database } from '../../db/engine/client.ts'
import type { Query } from '../../db/engine/query.ts'
import type { Authority, Caller, Place } from './caller.ts'
import type { Services } from './services.ts'

/** What an event says beside its type and its actor. */
export interface EventFacts<Of extends Uint8Array | null = Uint8Array | null> {
  /** Milliseconds since 1970 UTC; now when left out. */
  at?: number
  /** A new id when left out. */
  id?: Uint8Array
  subject: string
  /** Nobody's when left out. */
  addressId?: Of
  data?: LedgerEvent['data']
}

/** Who acts: the recipient of a link, or Floe itself. */
export interface Acting {
  actor: Actor
  /** Returns an event that names the actor. */
  event<Of extends Uint8Array | null = null>(
    type: EventType,
    facts: EventFacts<Of> & Place,
  ): LedgerEvent & { addressId: Of }
}

/** Services of a verb, and who acts. */
export type ActorContext<D extends Clocked = Services> = D & Acting

/** What makes the time and the id of an event. */
type Clocked = Pick<Services, 'clock' | 'ids'>

/** The caller of a verb, in a workspace. */
export interface Call extends Place {
  actor: Actor
  /** Set for an API key. */
  keyId: Uint8Array | undefined
  /** Name of the case for which an operator acts. */
  ticket: string | undefined
  /** Key under which the caller may repeat the call. */
  idempotencyKey: string | undefined
  /**
   * Runs `fresh` queries in one round trip, which finds the caller as well. Throws where it may not make this call (`key.invalid`,
   * `key.elsewhere`, `key.forbidden`), `database.unavailable`, `overloaded`.
   */
  read<T extends readonly unknown[]>(queries: { [K in keyof T]: Query<T[K]> }): Promise<T>
  /** Reads from the nearest copy that is new enough. Throws as `read` does. */
  readNearby<T extends readonly unknown[]>(
    queries: { [K in keyof T]: Query<T[K]> },
  ): Promise<{ asOf: number; answers: T }>
  /** Applies a batch; its caller must have been found. */
  commit: Database['commit']
  /** Throws for a further permission that the caller lacks; it must have been found. */
  demand(permission: Permission): void
  /** Limits that whatever the caller makes must keep, undefined where there are none; it must have been found. */
  limits(): KeyLimits | undefined
  /** Returns an event of the caller's workspace that names it as actor. */
  event<Of extends Uint8Array | null = null>(
    type: EventType,
    facts: EventFacts<Of> & Partial<Place>,
  ): LedgerEvent & { addressId: Of }
}

/** Services of a verb, and its caller. */
export type CallContext<D extends Services = Services> = D & Call

/** Returns what a verb of recipients or a job of Floe's own acts with. */
export const actingAs = <D extends Clocked>(services: D, actor: Actor): ActorContext<D> => ({
  ...services,
  actor,
  event: eventsBy(services, actor),
})

/**
 * Returns what a verb is called with. Each read finds the caller anew, who must have the permission: a key that is revoked while a
 * long call runs is refused at its next read.
 */
export function callOf<D extends Services>(
  services: D,
  caller: Caller,
  permission: Permission,
  idempotencyKey?: string,
): CallContext<D> {
  const { tenant, workspace, actor, keyId, ticket, query } = caller
  const { db } = services
  const event = eventsBy(services, actor)
  let found: Authority | undefined
  let touched = false

  function find(answer: unknown): void {
    found = undefined
    const authority = caller.authenticate(answer)
    authority.demand(permission)
    if (!touched) authority.touch?.(services)
    touched = true
    found = authority
  }
  function theFound(): Authority {
    if (!found) throw new Error('a verb acts only once its caller was found')
    return found
  }
  // The caller's query comes last: others may name the answer of one before them by its place.
  const withCaller = (queries: readonly Query<unknown>[]) => (query ? [...queries, query] : [...queries])
  const withoutCaller = <T>(queries: readonly unknown[], answers: readonly unknown[]): T => {
    find(answers[queries.length])
    return answers.slice(0, queries.length) as T
  }

  const commit = (async (...call: Parameters<Database['commit']>) => {
    theFound()
    return db.commit(...call)
  }) as Database['commit']

  return {
    ...services,
    // Helpers that write through the database are held to the same rule.
    db: { ...db, commit },
    tenant,
    workspace,
    actor,
    keyId,
    ticket,
    idempotencyKey,
    async read<T extends readonly unknown[]>(queries: { [K in keyof T]: Query<T[K]> }): Promise<T> {
      const list = withCaller(queries as readonly Query<unknown>[])
      return withoutCaller<T>(queries, list.length > 0 ? await db.read('fresh', list) : [])
    },
    async readNearby<T extends readonly unknown[]>(queries: { [K in keyof T]: Query<T[K]> }) {
      const list = queries as readonly Query<unknown>[]
      const { asOf, answers } = await db.readNearby(withCaller(list))
      return { asOf, answers: withoutCaller<T>(list, answers) }
    },
    commit,
    demand: further => theFound().demand(further),
    limits: () => theFound().limits,
    event: (type, facts) => event(type, { tenant, workspace, ...facts }),
  }
}

/** Returns what makes events that name the actor. */
function eventsBy({ clock, ids }: Clocked, by: Actor): Acting['event'] {
  const actor = actorText(by)
  return <Of extends Uint8Array | null = null>(
    type: EventType,
    { at = clock(), id = ids(at), tenant, workspace, subject, addressId, data = {} }: EventFacts<Of> & Place,
  ) => ({ id, at, tenant, workspace, type, actor, addressId: (addressId ?? null) as Of, subject, data })
}

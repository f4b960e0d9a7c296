import type * as z from 'zod/mini'
import type { Permission } from '../../core/api-key.ts'
import type { FaultDetail } from '../../core/fault.ts'

/** The stable code of a refusal. */
export type Code = FaultDetail['code']

/** One call as the Worker serves it: what its route, its meter and its verb are made from. */
export interface Operation<Input extends z.ZodMiniType = z.ZodMiniType> {
  /** Names the call in the reference and in generated clients. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path as the router takes it; a pattern in braces says what a parameter looks like. */
  path: string
  /** What the API key must be allowed to do; `null` where the call takes no key. */
  permission: Permission | null
  /** Schema of path and query, and of the JSON body where `limitBytes` allows one. */
  input?: Input
  /** Bytes a JSON body may have; a call without it has no JSON body. */
  limitBytes?: number
  /** Addresses an input is about; the call costs units by their number. One when left out. */
  addresses?(input: z.infer<Input>): number
  /** Bytes the verb makes of an input, where that may exceed its body; they cost as a body's do. */
  bytes?(input: z.infer<Input>): number
  /** 201 where something was made, 202 where the effect is still to come; 200 when left out. */
  status?: 200 | 201 | 202
  /** Whether the call changes something and so takes an `Idempotency-Key`; `secret` where its answer shows what is shown only once. */
  writes?: true | 'secret'
}

/** Declares a call; the routes, the reference, the client's types and the tests are made from it. */
/* @__NO_SIDE_EFFECTS__ */
export function operation<Input extends z.ZodMiniType, const O extends Operation<Input>>(
  declared: O & { input?: Input },
): O {
  return declared
}

/** What is sent or answered in one media type, with an example of it. */
export interface Content<S extends z.ZodMiniType = z.ZodMiniType> {
  /** `application/json` when left out. */
  type?: string
  schema: S
  /** Held against the schema when the document is built. */
  example: unknown
}

/** The chapters of the reference. */
export type Chapter =
  | 'Before you send'
  | 'Suppressions'
  | 'Consent'
  | 'Reports'
  | 'Ledger'
  | 'Rights'
  | 'Webhooks'
  | 'Keys'
  | 'Recipients'
  | 'Service'

/** What a caller needs to know of a call beside what the Worker does. */
export interface Documentation<Answer extends z.ZodMiniType = z.ZodMiniType> {
  chapter: Chapter
  summary: string
  text?: string
  /** Header fields the call may carry, with what they mean. */
  headers?: Record<string, string>
  /** Example of the JSON body. */
  example?: unknown
  /** Bodies that are not JSON. */
  body?: Content[]
  answer: Content<Answer>
  /** The same answer in further media types. */
  otherwise?: Content[]
  /** Refusals of its own, beside those that every call with a key or a body knows. */
  faults: readonly Code[]
  /** What fields mean, by their path in input or answer: `entries[].until`. */
  fields: Record<string, string>
}

/** A call with its documentation, which is made when it is asked for. */
export interface Documented<O extends Operation = Operation, Answer extends z.ZodMiniType = z.ZodMiniType> {
  operation: O
  documentation(): Documentation<Answer>
}

/**
 * Adds to a call what only readers need. No bundle holds it: a declaration marks the call as pure, and what it says stands in
 * a function that nothing calls at run time.
 */
/* @__NO_SIDE_EFFECTS__ */
export function documented<O extends Operation, Answer extends z.ZodMiniType>(
  declared: O,
  documentation: () => Documentation<Answer>,
): Documented<O, Answer> {
  return { operation: declared, documentation }
}

/** What the verb of a call is given. */
export type InputOf<O> = O extends { input: infer Input extends z.ZodMiniType } ? z.infer<Input> : never

/** What the verb of a call answers. */
export type AnswerOf<D> = D extends Documented<Operation, infer Answer> ? z.infer<Answer> : never

const names = new WeakMap<z.ZodMiniType, { name: string; fields: Record<string, string> }>()

/**
 * Names a schema, so that the reference declares it once and a generated client has one type for it. `fields` says what its
 * fields mean. Returns a function that makes the schema when it is first asked for.
 */
/* @__NO_SIDE_EFFECTS__ */
export function named<S extends z.ZodMiniType>(
  name: string,
  make: () => S,
  fields: Record<string, string> = {},
): () => S {
  let made: S | undefined
  return () => {
    if (made) return made
    made = make()
    names.set(made, { name, fields })
    return made
  }
}

/** Returns under what name the reference declares a schema, and what its fields mean; undefined for one without a name. */
export const nameOf = (schema: z.ZodMiniType): { name: string; fields: Record<string, string> } | undefined =>
  names.get(schema)

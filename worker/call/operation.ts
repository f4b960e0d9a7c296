import type * as z from 'zod/mini'
import type { Permission } from '../../core/api-key.ts'
import type { FaultDetail } from '../../core/fault.ts'
import type { InOf, OutOf, Shape } from '../../core/shape.ts'

/** Stable code of a refusal. */
export type Code = FaultDetail['code']

/** What an input is parsed by: a shape where the call's bundle holds no zod. */
export type Schema = z.ZodMiniType | Shape

/** What a schema's parsing gives. */
export type Parsed<S> = S extends z.ZodMiniType ? z.infer<S> : OutOf<S>

/** What callers send for a schema. */
export type Given<S> = S extends z.ZodMiniType ? z.input<S> : InOf<S>

/** A call as the Worker serves it; its route, its meter and its verb are made from it. */
export interface Operation<Input extends Schema = Schema> {
  /** Name of the call in the reference and in generated clients. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path in the router's form; a pattern in braces limits a parameter. */
  path: string
  /** Permission that the API key must have; `null` where the call takes no key. */
  permission: Permission | null
  /** Schema of path and query, and of the JSON body where `limitBytes` allows one. */
  input?: Input
  /** Most bytes of a JSON body; a call without it has no JSON body. */
  limitBytes?: number
  /** Returns what a message as the body (`message/rfc822`) says of a call's input; the query has the rest. A call without it takes none. */
  fromMessage?(message: Uint8Array): object
  /** Addresses an input is about; the call costs units by their number. One when left out. */
  addresses?(input: Parsed<Input>): number
  /** Bytes the verb makes of an input, where that may exceed its body; they cost as a body's do. */
  bytes?(input: Parsed<Input>): number
  /** 201 where something was made, 202 where the effect is still to come; 200 when left out. */
  status?: 200 | 201 | 202
  /** Whether the call changes something and so takes an `Idempotency-Key`; `secret` where its answer shows a secret only once. */
  writes?: true | 'secret'
}

/** Declares a call; the routes, the reference, the client's types and the tests are made from it. */
/* @__NO_SIDE_EFFECTS__ */
export function operation<Input extends Schema, const O extends Operation<Input>>(
  declared: O & { input?: Input },
): O {
  return declared
}

/** Content of a body or answer in one media type, with an example. */
export interface Content<S extends z.ZodMiniType = z.ZodMiniType> {
  /** `application/json` when left out. */
  type?: string
  schema: S
  /** Checked against the schema when the document is built. */
  example: unknown
}

/** Chapters of the reference. */
export type Chapter =
  | 'Before you send'
  | 'Suppressions'
  | 'Consent'
  | 'Sign-up forms'
  | 'Reports'
  | 'Ledger'
  | 'Rights'
  | 'Webhooks'
  | 'Keys'
  | 'Recipients'
  | 'Service'

/** Documentation of a call for its readers. */
export interface Documentation<Answer extends z.ZodMiniType = z.ZodMiniType> {
  chapter: Chapter
  summary: string
  text?: string
  /** Header fields the call may carry, with their meaning. */
  headers?: Record<string, string>
  /** Example of the JSON body. */
  example?: unknown
  /** Query fields of a call whose body is a message, each with an example. */
  besideMessage?: Record<string, string>
  /** Bodies that are not JSON. */
  body?: Content[]
  answer: Content<Answer>
  /** The same answer in further media types. */
  otherwise?: Content[]
  /** Permissions that a part of the call needs besides its own, or in its place. */
  further?: readonly Permission[]
  /** Its own refusals, beside those of every call with a key or a body. */
  faults: readonly Code[]
  /** Meanings of fields, by their path in input or answer: `entries[].until`. */
  fields: Record<string, string>
}

/** A call with its documentation, which is made on request. */
export interface Documented<O extends Operation = Operation, Answer extends z.ZodMiniType = z.ZodMiniType> {
  operation: O
  documentation(): Documentation<Answer>
}

/**
 * Adds documentation to a call. Bundles leave it out: the call is marked as pure, and the documentation is in a function that
 * nothing calls at run time.
 */
/* @__NO_SIDE_EFFECTS__ */
export function documented<O extends Operation, Answer extends z.ZodMiniType>(
  declared: O,
  documentation: () => Documentation<Answer>,
): Documented<O, Answer> {
  return { operation: declared, documentation }
}

/** Input of a call's verb, after parsing. */
export type InputOf<O> = O extends { input: infer Input extends Schema } ? Parsed<Input> : never

/** Input of a call, as its caller gives it. */
export type GivenOf<O> = O extends { input: infer Input extends Schema } ? Given<Input> : never

/** Answer of a call. */
export type AnswerOf<D> = D extends Documented<Operation, infer Answer> ? z.infer<Answer> : never

const names = new WeakMap<z.ZodMiniType, { name: string; fields: Record<string, string> }>()

/**
 * Names a schema, so that the reference declares it once and a generated client has one type for it. `fields` gives the meanings
 * of its fields. Returns a function that makes the schema at its first call.
 */
/* @__NO_SIDE_EFFECTS__ */
export function named<S extends z.ZodMiniType>(
  name: string,
  make: () => S,
  fields: () => Record<string, string> = () => ({}),
): () => S {
  let made: S | undefined
  return () => {
    if (made) return made
    made = make()
    names.set(made, { name, fields: fields() })
    return made
  }
}

/** Returns the name and the field meanings of a schema; undefined for one without a name. */
export const nameOf = (schema: z.ZodMiniType): { name: string; fields: Record<string, string> } | undefined =>
  names.get(schema)

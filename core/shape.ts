/** Most faults that are told of one input. */
export const FAULTS_MAX = 20

/**
 * What an input must be, as data: `readShape` parses by it, and the reference is made from it. It is for calls whose bundle must
 * stay small; `Out` is what parsing gives, `In` what callers send.
 */
export type Shape<Out = unknown, In = unknown> = Form & {
  /** Never there: it carries the types. */
  types?: { out: Out; in: In }
}

type Form =
  | { kind: 'text'; max?: number; pattern?: RegExp; message?: string }
  | { kind: 'list'; item: Shape; max: number }
  | { kind: 'oneOf'; values: readonly Value[] }
  | { kind: 'optional'; shape: Shape; otherwise?: unknown }
  | { kind: 'object'; fields: Fields; rules: readonly Rule<never>[] }
  | { kind: 'union'; by: string; options: Record<string, Shape> }

type Value = string | number
type Fields = Record<string, Shape>

/** What a shape's parsing gives. */
export type OutOf<S> = S extends { types?: { out: infer Out } } ? Out : never
/** What callers send for a shape. */
export type InOf<S> = S extends { types?: { in: infer In } } ? In : never

type Flat<T> = { [Key in keyof T]: T[Key] }
/** Fields, of which those that may be undefined may be left out. */
type Partly<T> = Flat<
  { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
    [Key in keyof T as undefined extends T[Key] ? Key : never]?: T[Key]
  }
>
type FieldsOut<F> = Partly<{ -readonly [Key in keyof F]: OutOf<F[Key]> }>
type FieldsIn<F> = Partly<{ -readonly [Key in keyof F]: InOf<F[Key]> }>

/** A rule about all fields of an object; its message is said of one of them. */
export interface Rule<Input> {
  field: string
  message: string
  holds(input: Input): boolean
}

/** A text of at most `max` characters that matches a pattern; `message` is said where it is not so. */
export const text = (
  rules: { max?: number; pattern?: RegExp; message?: string } = {},
): Shape<string, string> => ({
  kind: 'text',
  ...rules,
})

/** A list of at most `max` entries. */
export const list = <S extends Shape>(item: S, max: number): Shape<OutOf<S>[], InOf<S>[]> => ({
  kind: 'list',
  item,
  max,
})

/** One of fixed values. */
export const oneOf = <const V extends Value>(values: readonly V[]): Shape<V, V> => ({ kind: 'oneOf', values })

/** What may be left out. */
export const optional = <S extends Shape>(shape: S): Shape<OutOf<S> | undefined, InOf<S> | undefined> => ({
  kind: 'optional',
  shape,
})

/** What may be left out and then is a value, or an empty list. */
export const withDefault = <S extends Shape>(
  shape: S,
  otherwise: OutOf<S> & (Value | readonly []),
): Shape<OutOf<S>, InOf<S> | undefined> => ({ kind: 'optional', shape, otherwise })

/** An object with these fields and no others. */
export const object = <const F extends Fields>(
  fields: F,
  ...rules: Rule<FieldsOut<F>>[]
): Shape<FieldsOut<F>, FieldsIn<F>> => ({ kind: 'object', fields, rules })

/** One of several objects, told apart by the value of the field `by`. */
export const union = <By extends string, const O extends Record<string, Fields>>(
  by: By,
  options: O,
): Shape<
  { [Name in keyof O]: Flat<{ [Key in By]: Name } & FieldsOut<O[Name]>> }[keyof O],
  { [Name in keyof O]: Flat<{ [Key in By]: Name } & FieldsIn<O[Name]>> }[keyof O]
> => ({
  kind: 'union',
  by,
  options: Object.fromEntries(
    Object.entries(options).map(([name, fields]) => [name, object({ [by]: oneOf([name]), ...fields })]),
  ),
})

/** Demands exactly one of two fields; the fault names the first. */
export const exactlyOne = <One extends string, Other extends string>(
  one: One,
  other: Other,
): Rule<{ [field in One | Other]?: unknown }> => ({
  field: one,
  message: `give exactly one of ${one} and ${other}`,
  holds: input => (input[one] === undefined) !== (input[other] === undefined),
})

/** What can be wrong with a part of an input, in zod's form, so that both are told in the same words. */
type Wrong = { input?: unknown; message?: string | undefined } & (
  | { code: 'invalid_type'; expected: 'string' | 'array' | 'object' }
  | { code: 'invalid_value'; values: readonly Value[] }
  | { code: 'invalid_format'; format: 'regex' }
  | { code: 'too_big'; origin: 'array' | 'string' | 'unknown'; maximum: number }
  | { code: 'unrecognized_keys'; keys: string[]; known: string[] }
  | { code: 'custom' }
)

/** What is wrong with an input, and where. */
export type Issue = Wrong & { path: PropertyKey[] }

/** What came of reading an input by a shape. */
export type ShapeResult<Out> = { success: true; data: Out } | { success: false; issues: Issue[] }

/** Reads an input by a shape. Of many faults the first are told. */
export function readShape<S extends Shape>(shape: S, given: unknown): ShapeResult<OutOf<S>> {
  const reading: Reading = { issues: [], broken: false }
  const data = read(shape, given, reading) as OutOf<S>
  return reading.issues.length === 0 ? { success: true, data } : { success: false, issues: reading.issues }
}

interface Reading {
  issues: Issue[]
  /** Whether a value is none of its shape's, so that no rule can be asked about the whole. */
  broken: boolean
}

type Of<Kind extends Form['kind']> = Extract<Form, { kind: Kind }>

function read(shape: Shape, given: unknown, reading: Reading): unknown {
  switch (shape.kind) {
    case 'text':
      return readText(shape, given, reading)
    case 'list':
      return readList(shape, given, reading)
    case 'oneOf':
      return readOneOf(shape.values, given, reading)
    case 'optional':
      if (given !== undefined) return read(shape.shape, given, reading)
      // Each input has a list of its own: what is done with one must not show in the next.
      return Array.isArray(shape.otherwise) ? [...shape.otherwise] : shape.otherwise
    case 'object':
      return readObject(shape, given, reading)
    case 'union':
      return readUnion(shape, given, reading)
  }
}

function readText({ max, pattern, message }: Of<'text'>, given: unknown, reading: Reading): unknown {
  if (typeof given !== 'string') refuse(reading, { code: 'invalid_type', expected: 'string', input: given })
  if (max !== undefined) limit(max, given, reading, message)
  if (typeof given === 'string' && pattern?.test(given) === false)
    tell(reading, { code: 'invalid_format', format: 'regex', message })
  return given
}

function readList({ item, max }: Of<'list'>, given: unknown, reading: Reading): unknown {
  if (!Array.isArray(given)) {
    refuse(reading, { code: 'invalid_type', expected: 'array', input: given })
    return limit(max, given, reading)
  }
  // The entries of a list that is too long are not looked at: there may be millions.
  if (given.length > max) return refuse(reading, { code: 'too_big', origin: 'array', maximum: max })
  const entries: unknown[] = Array(given.length)
  for (let i = 0; i < given.length; i++) entries[i] = readPart(item, given[i], i, reading)
  return entries
}

function readOneOf(values: readonly Value[], given: unknown, reading: Reading): unknown {
  if (!values.includes(given as Value)) refuse(reading, { code: 'invalid_value', values, input: given })
  return given
}

function readObject({ fields, rules }: Of<'object'>, given: unknown, reading: Reading): unknown {
  if (!isObject(given)) return refuse(reading, { code: 'invalid_type', expected: 'object', input: given })
  const out: Record<string, unknown> = {}
  const own: Reading = { issues: reading.issues, broken: false }
  for (const [name, shape] of Object.entries(fields)) {
    const value = readPart(shape, fieldOf(given, name), name, own)
    if (value !== undefined) out[name] = value
  }
  const keys = Object.keys(given).filter(name => !Object.hasOwn(fields, name))
  if (keys.length > 0) tell(own, { code: 'unrecognized_keys', keys, known: Object.keys(fields) })
  if (!own.broken)
    for (const { field, message, holds } of rules)
      if (!holds(out as never)) tell(own, { code: 'custom', message }, [field])
  reading.broken ||= own.broken
  return out
}

function readUnion({ by, options }: Of<'union'>, given: unknown, reading: Reading): unknown {
  if (!isObject(given)) return refuse(reading, { code: 'invalid_type', expected: 'object', input: given })
  const name = fieldOf(given, by)
  if (typeof name === 'string' && Object.hasOwn(options, name)) return read(options[name]!, given, reading)
  return refuse(reading, { code: 'invalid_value', values: Object.keys(options), input: name }, [by])
}

/** Reads a part of an input; what is wrong with it is told under its key. */
function readPart(shape: Shape, given: unknown, key: PropertyKey, reading: Reading): unknown {
  const told = reading.issues.length
  const value = read(shape, given, reading)
  for (let i = told; i < reading.issues.length; i++) reading.issues[i]!.path.unshift(key)
  return value
}

const isObject = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

/** Returns an object's own field: one that JavaScript gives to all objects was not sent. */
const fieldOf = (given: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(given, name) ? given[name] : undefined

/** Tells of too great a length, of whatever has one, as zod does. */
function limit(max: number, given: unknown, reading: Reading, message?: string): undefined {
  const length = (given as { length?: number } | null | undefined)?.length
  if (length === undefined || length <= max) return
  const origin = Array.isArray(given) ? 'array' : typeof given === 'string' ? 'string' : 'unknown'
  if (origin === 'string' && !isLongerThan(max, given as string)) return
  tell(reading, { code: 'too_big', origin, maximum: max, message })
}

/** Whether a text has more characters than that; one outside the basic plane counts once. */
function isLongerThan(max: number, text: string): boolean {
  let count = 0
  for (const _ of text) if (++count > max) return true
  return false
}

/** Tells of a value that is none of its shape's. */
function refuse(reading: Reading, wrong: Wrong, path: PropertyKey[] = []): undefined {
  reading.broken = true
  tell(reading, wrong, path)
}

function tell({ issues }: Reading, wrong: Wrong, path: PropertyKey[] = []): void {
  if (issues.length < FAULTS_MAX) issues.push({ ...wrong, path })
}

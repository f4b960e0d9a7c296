import { closestMatch } from 'leven'
import type * as z from 'zod/mini'
import { Fault } from '../../core/fault.ts'
import { FAULTS_MAX, type Issue, readShape } from '../../core/shape.ts'
import type { Parsed, Schema } from '../call/operation.ts'

/** Messages by the type that a schema expects. */
const KINDS: Record<string, string> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
  null: 'must be null',
}

const FORMATS: Record<string, string> = {
  datetime: 'must be a time such as 2026-11-20T09:30:00Z (RFC 3339)',
  ipv4: 'must be an IPv4 address',
  ipv6: 'must be an IPv6 address',
  url: 'must be a web address',
  uuid: 'must be a UUID',
}

/** Message of whatever has no better one. */
const OTHERWISE = 'is not as it has to be'

/** Parses an input with a schema. Throws `request.invalid`, which names each field and its rule. */
export function parse<S extends Schema>(schema: S, given: unknown): Parsed<S> {
  if ('kind' in schema) {
    const read = readShape(schema, given)
    if (read.success) return read.data as Parsed<S>
    throw invalid(read.issues.map(issue => ({ ...issue, message: issue.message ?? messageOf(issue, true) })))
  }
  // A guess at the intended name costs more than a message, so only the errors that are shown get one.
  let issues = 0
  const parsed = schema.safeParse(given, { error: issue => messageOf(issue, issues++ < FAULTS_MAX) })
  if (!parsed.success) throw invalid(parsed.error.issues)
  return parsed.data as Parsed<S>
}

/** Returns what a schema's issue says of a field, where the schema itself says nothing; `guessing` names what was probably meant. */
export function messageOf(issue: z.core.$ZodRawIssue | Issue, guessing: boolean): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : (KINDS[issue.expected] ?? 'is of another kind')
    case 'too_small':
      return `must ${bound(issue.origin, 'at least', Number(issue.minimum))}`
    case 'too_big':
      return `must ${bound(issue.origin, 'at most', Number(issue.maximum))}`
    case 'invalid_value':
      return oneOf(issue.values, issue.input, guessing)
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'is not written as it has to be'
    case 'invalid_union':
      return oneOf(choicesOf(issue), valueToldApartBy(issue), guessing)
    case 'unrecognized_keys':
      // This issue covers several unknown fields, each with its own message; its own text carries the known names.
      return knownTo(issue).join(' ')
    default:
      return OTHERWISE
  }
}

/** Returns the names of an object's fields. */
function knownTo(issue: { known?: unknown; inst?: unknown }): string[] {
  if (issue.known) return issue.known as string[]
  return Object.keys((issue.inst as z.ZodMiniObject | undefined)?._zod.def.shape ?? {})
}

function invalid(issues: (z.core.$ZodIssue | (Issue & { message: string }))[]): Fault {
  const errors = issues.slice(0, FAULTS_MAX).flatMap(issue => {
    if (issue.code !== 'unrecognized_keys') return [{ field: fieldName(issue.path), message: issue.message }]
    const known = issue.message.split(' ').filter(name => name !== '')
    return issue.keys.slice(0, FAULTS_MAX).map(key => ({
      field: fieldName([...issue.path, key]),
      message: `is not a field of this call${suggestion(key, known)}`,
    }))
  })
  return new Fault({ code: 'request.invalid', errors: errors.slice(0, FAULTS_MAX) })
}

/** Longest part of a field's name that is sent back, since a name can be as long as the body. */
const NAME_SHOWN = 100

/** Formats a path as `entries[3].address`. */
const fieldName = (path: PropertyKey[]): string =>
  path
    .map(part =>
      typeof part === 'string' && part.length > NAME_SHOWN ? `${part.slice(0, NAME_SHOWN)}…` : part,
    )
    .reduce<string>((name, part) => {
      if (typeof part === 'number') return `${name}[${part}]`
      return name === '' ? String(part) : `${name}.${String(part)}`
    }, '')

function bound(origin: string, which: string, limit: number): string {
  if (origin === 'string')
    return limit === 1 && which === 'at least'
      ? 'not be empty'
      : `have ${which} ${counted(limit, 'character')}`
  if (origin === 'array' || origin === 'set') return `have ${which} ${counted(limit, 'entry', 'entries')}`
  return `be ${which} ${limit}`
}

const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`

/** Returns the rule of a field with fixed values, and the value that was probably meant. */
function oneOf(values: readonly z.core.util.Primitive[], given: unknown, guessing: boolean): string {
  // A choice among shapes names no values.
  if (values.length === 0) return given === undefined ? 'is missing' : OTHERWISE
  const must = `must be ${listed(values)}`
  if (given === undefined) return `is missing; it ${must}`
  return `${must}${guessing && typeof given === 'string' ? suggestion(given, values.map(String)) : ''}`
}

function listed(values: readonly z.core.util.Primitive[]): string {
  const texts = values.map(value => (typeof value === 'string' ? `"${value}"` : String(value)))
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}

/** Returns the possible values of a union's discriminator. */
function choicesOf(issue: z.core.$ZodRawIssue): z.core.util.Primitive[] {
  const { inst, discriminator } = issue as { inst?: z.core.$ZodType; discriminator?: string }
  const values = discriminator === undefined ? undefined : inst?._zod.propValues?.[discriminator]
  return [...(values ?? [])]
}

function valueToldApartBy(issue: z.core.$ZodRawIssue): unknown {
  const { input, discriminator } = issue as { input?: unknown; discriminator?: string }
  if (discriminator === undefined || typeof input !== 'object' || input === null) return input
  return (input as Record<string, unknown>)[discriminator]
}

/** Longest name that gets a suggestion; a longer one is no typing error, and would take long to compare. */
const NAME_MAX = 40

/** Returns a question that suggests the closest name; empty where none is close. */
function suggestion(given: string, names: readonly string[]): string {
  if (given.length > NAME_MAX) return ''
  const meant = closestMatch(given, names, { maxDistance: Math.max(1, Math.floor(given.length / 3)) })
  return meant === undefined ? '' : `; did you mean "${meant}"?`
}

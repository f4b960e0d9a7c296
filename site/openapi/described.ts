import * as z from 'zod/mini'
import { nameOf } from '../../worker/call/operation.ts'
import type { Schema } from './schema.ts'

/** The schemas that the document declares once, by name. */
export type Schemas = Record<string, Schema>

/** Temporary field that marks a named schema in JSON Schema until it is moved to `schemas`. */
const NAME = 'x-name'

/** How a schema becomes part of the document. */
export interface Described {
  /** Whether it is of an input or an answer. */
  io: 'input' | 'output'
  /** Meaning of its fields, by path. */
  fields: Record<string, string>
  /** Whether objects forbid further fields. */
  closed: boolean
}

/** Returns a schema as JSON Schema with what is said of its fields; named schemas in it are put into `schemas` and referred to. */
export function describedSchema(
  schema: z.ZodMiniType,
  { io, fields, closed }: Described,
  schemas: Schemas,
): Schema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const known = nameOf(zodSchema as unknown as z.ZodMiniType)
      if (known) (jsonSchema as Schema)[NAME] = known
    },
  }) as Schema
  const open = closed ? json : opened(json)
  return putAside(annotated(open, '', fields), schemas)
}

/** Returns a schema that allows further fields. */
function opened(schema: Schema): Schema {
  const { additionalProperties, ...rest } = schema
  return mapped(additionalProperties === false ? rest : schema, opened)
}

/** Returns a schema with descriptions by path; a named schema's own come with its name. */
function annotated(schema: Schema, path: string, fields: Record<string, string>): Schema {
  const { [NAME]: name, ...rest } = schema
  const described = { ...rest, ...(fields[path] !== undefined && { description: fields[path] }) }
  // Exact, and unreadable: the format says the same to people.
  if (described.format !== undefined) delete described.pattern
  // Every number of JSON is within these.
  if (described.minimum === Number.MIN_SAFE_INTEGER) delete described.minimum
  if (described.maximum === Number.MAX_SAFE_INTEGER) delete described.maximum
  if (name) {
    const own = mapped(rest, (inner, step) => annotated(inner, step, name.fields))
    return { ...own, [NAME]: name, ...(fields[path] !== undefined && { description: fields[path] }) }
  }
  // A choice is described once, not in each of its branches.
  const { [path]: _, ...others } = fields
  return mapped(described, (inner, step) =>
    annotated(inner, below(path, step), step === '' && path !== '' ? others : fields),
  )
}

/** Returns the path of a schema within another. */
function below(path: string, step: string): string {
  return path === '' || step === '' || step === '[]' ? `${path}${step}` : `${path}.${step}`
}

/** Returns a schema with references in place of the named schemas in it, which are put into `schemas`. */
function putAside(schema: Schema, schemas: Schemas): Schema {
  const { [NAME]: name, description, ...rest } = mapped(schema, inner => putAside(inner, schemas))
  if (!name) return description === undefined ? rest : { ...rest, description }
  const known = schemas[name.name]
  if (known && JSON.stringify(known) !== JSON.stringify(rest))
    throw new Error(`two schemas are named ${name.name}`)
  schemas[name.name] = rest
  return { $ref: `#/components/schemas/${name.name}`, ...(description !== undefined && { description }) }
}

/** Returns a schema with each schema in it replaced; the path's next step is told: a property's name, `[]` for items, nothing for a branch. */
function mapped(schema: Schema, replace: (inner: Schema, step: string) => Schema): Schema {
  const { properties, items, anyOf, oneOf, allOf, ...rest } = schema
  const branches = (some: Schema[] | undefined) => some?.map(one => replace(one, ''))
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, replace(one, name)]),
      ),
    }),
    ...(items && { items: replace(items, '[]') }),
    ...(anyOf && { anyOf: branches(anyOf)! }),
    ...(oneOf && { oneOf: branches(oneOf)! }),
    ...(allOf && { allOf: branches(allOf)! }),
  }
}

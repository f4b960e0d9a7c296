import type { Content, Documentation, Documented } from '../../worker/call/operation.ts'
import { zodOf } from '../../worker/call/zod-of.ts'
import { CHAPTERS } from './chapters.ts'
import { describedSchema, type Schemas } from './described.ts'
import { flawsOf } from './flaws.ts'
import { codesOf, PROBLEMS, refusals } from './refusals.ts'
import type { Call, Document, Media, Parameter, Schema } from './schema.ts'
import { webhooksOf } from './webhooks.ts'

/**
 * What senders may rely on. Answers are published open: a field may be added to them. Tests hold every answer against the closed
 * form of the same document, so that none says more than is written down.
 */
const POLICY = `JSON is UTF-8, times are RFC 3339 UTC, and a field that is not known is refused. Whatever is not a 2xx has changed nothing it does not name.

Versions: within \`/v1\` an answer may gain fields, and a list of names (a \`reason\`, a \`code\`, a \`type\`) may gain names: read what you know and leave the rest alone. No field is removed, renamed or given another type, and what a call takes today it takes tomorrow. Anything else gets a path of its own.`

const IDEMPOTENCY =
  'Makes it safe to send the call again when its answer was lost: within a day, the same call under the same key gets the same answer and is not run again. Of answers over 1 KiB the newest 16 MiB of an API key are kept; an older call is not run again either, and answered `idempotency.spent`.'

/** Builds the OpenAPI 3.1 document of all calls. Throws an error that names each call with something missing. */
export function documentOf(
  operations: readonly Documented[],
  version: string,
  { closed = false }: { closed?: boolean } = {},
): Document {
  const flaws = operations.flatMap(flawsOf)
  if (flaws.length > 0) throw new Error(`the reference is not complete:\n${flaws.join('\n')}`)
  const schemas: Schemas = {}
  const paths: Document['paths'] = {}
  for (const one of operations) {
    const { method, path } = one.operation
    const place = publicPath(path)
    paths[place] = { ...paths[place], [method.toLowerCase()]: described(one, schemas, closed) }
  }
  const webhooks = webhooksOf(schemas, closed)
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Floe',
      version,
      summary: 'The consent service of PenguinMails.',
      description: POLICY,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The host that serves this document' }],
    tags: Object.entries(CHAPTERS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'floe_…',
          description: 'An API key. It belongs to one workspace and does what its permissions name.',
        },
      },
      schemas: { ...sorted(schemas), ...PROBLEMS },
      headers: {
        RateLimit: {
          description: 'What is left of the allowance (draft-ietf-httpapi-ratelimit-headers)',
          schema: { type: 'string' },
        },
        'RateLimit-Policy': { description: 'What the allowance is', schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds to wait', schema: { type: 'string', pattern: '^\\d+$' } },
        'X-Request-Id': {
          description: 'Names the request: the one you sent, or a new one. Tell it to whoever looks into it.',
          schema: { type: 'string' },
        },
      },
    },
  }
}

const sorted = (schemas: Schemas): Schemas =>
  Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Returns a path as the reference writes it: parameters in braces, without what they look like. */
export const publicPath = (path: string): string => path.replace(/:(\w+)(\{[^{}]*\})?/g, '{$1}')

function described(one: Documented, schemas: Schemas, closed: boolean): Omit<Call, 'method' | 'path'> {
  const { id, permission, limitBytes, status = 200, input } = one.operation
  const said = one.documentation()
  const { chapter, summary, text, example, body = [], answer, otherwise = [], fields } = said
  const rate = permission && {
    headers: Object.fromEntries(
      ['RateLimit', 'RateLimit-Policy'].map(name => [name, { $ref: `#/components/headers/${name}` }]),
    ),
  }
  const bodies: Content[] =
    limitBytes === undefined || !input ? body : [{ schema: zodOf(input), example }, ...body]
  return {
    operationId: id,
    tags: [chapter],
    summary,
    ...((text || permission) && {
      description: [text, permission && `Needs the permission \`${permission}\`.`]
        .filter(Boolean)
        .join('\n\n'),
    }),
    security: permission ? [{ key: [] }] : [],
    ...(permission && { 'x-permission': permission }),
    parameters: [...inPathAndQuery(one, schemas), ...besideMessage(one), ...inHeader(one)],
    ...(bodies.length > 0 && {
      requestBody: {
        required: true,
        content: contentOf(bodies, schema =>
          withoutPath(describedSchema(schema, { io: 'input', fields, closed: true }, schemas), one),
        ),
      },
    }),
    responses: {
      [status]: {
        description: 'Done',
        ...rate,
        content: contentOf([answer, ...otherwise], schema =>
          describedSchema(schema, { io: 'output', fields, closed }, schemas),
        ),
      },
      ...refusals(codesOf(one), closed),
    },
  }
}

function contentOf(
  contents: Content[],
  schemaOf: (schema: Content['schema']) => Schema,
): Record<string, Media> {
  return Object.fromEntries(
    contents.map(({ type = 'application/json', schema, example }) => [
      type,
      { schema: schemaOf(schema), example },
    ]),
  )
}

function inPathAndQuery({ operation, documentation }: Documented, schemas: Schemas): Parameter[] {
  const { path, limitBytes } = operation
  const input = operation.input && zodOf(operation.input)
  const { fields } = documentation()
  const patterns = new Map(
    [...path.matchAll(/:(\w+)(?:\{([^{}]*)\})?/g)].map(([, name, pattern]) => [name!, pattern]),
  )
  const whole = { fields, closed: true }
  const sent = input ? describedSchema(input, { ...whole, io: 'input' }, schemas) : {}
  const read = input ? describedSchema(input, { ...whole, io: 'output' }, schemas) : {}
  const inQuery = limitBytes === undefined ? Object.keys(sent.properties ?? {}) : []
  return [...new Set([...patterns.keys(), ...inQuery])].map(name => {
    const { description = fields[name], ...schema } = parameter(
      sent.properties?.[name],
      read.properties?.[name],
    )
    const pattern = patterns.get(name)
    return {
      name,
      in: patterns.has(name) ? 'path' : 'query',
      required: patterns.has(name) || (sent.required?.includes(name) ?? false),
      ...(description !== undefined && { description }),
      schema: pattern === undefined || schema.enum ? schema : { ...schema, pattern: `^(?:${pattern})$` },
    }
  })
}

/** Everything in a path or a query is text; what is read as a number or as yes or no is told as what it is. */
function parameter(sent: Schema = { type: 'string' }, read: Schema = {}): Schema {
  const { default: preset, ...schema } = read
  if (!['integer', 'number', 'boolean'].includes(String(read.type))) return sent
  return { ...schema, ...(preset !== undefined && { default: preset }) }
}

/** Nobody must give these, since in a body of JSON they are fields. */
function besideMessage({ documentation }: Documented): Parameter[] {
  const { besideMessage = {}, fields } = documentation()
  return Object.entries(besideMessage).map(([name, example]) => ({
    name,
    in: 'query',
    required: false,
    description: `Where the body is a message: ${fields[name]}`,
    schema: { type: 'string' },
    example,
  }))
}

const inHeader = ({ operation: { writes }, documentation }: Documented): Parameter[] =>
  Object.entries({ ...(writes && { 'Idempotency-Key': IDEMPOTENCY }), ...headersOf(documentation()) }).map(
    ([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    }),
  )

const headersOf = ({ headers = {} }: Documentation): Record<string, string> => headers

/** A body's schema knows the fields of the path too: they are parsed together and sent apart. */
function withoutPath(schema: Schema, { operation: { path } }: Documented): Schema {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const { properties, required, ...rest } = schema
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !named.includes(name))),
    }),
    ...(required && { required: required.filter(name => !named.includes(name)) }),
  }
}

import * as z from 'zod/mini'
import { Fault, type FaultDetail } from '../../core/fault.ts'
import { explanationOf, statusOf, titleOf } from '../../worker/http/problem.ts'
import { publicUnits } from '../../worker/http/public-rate.ts'
import { CHAPTERS, type Code, type Content, type Operation } from './operation.ts'

type Json = Record<string, unknown>

const KEY: Code[] = [
  'key.missing',
  'key.invalid',
  'key.forbidden',
  'key.elsewhere',
  'rate.limited',
  'request.invalid',
]
const BODY: Code[] = [
  'request.malformed',
  'request.too_large',
  'request.too_slow',
  'request.unsupported_media_type',
]
const WRITE: Code[] = ['idempotency.in_progress', 'idempotency.key_reused', 'idempotency.spent']
/** Codes whose answers say when to come back. */
const RETRIABLE: Code[] = [
  'rate.limited',
  'database.unavailable',
  'cluster.unavailable',
  'encryption.unavailable',
  'overloaded',
  'idempotency.in_progress',
]
const ALWAYS: Code[] = ['database.unavailable', 'encryption.unavailable', 'overloaded', 'internal']

/** Every refusal with something in each of its fields: what the examples are made of. */
const EXAMPLES: Partial<Record<Code, object>> = {
  'request.malformed': { detail: 'It is not JSON.' },
  'request.invalid': { errors: [{ field: 'topic', message: 'is not a field of this call' }] },
  'request.too_large': { limitBytes: 4_194_304 },
  'request.unsupported_media_type': { expected: 'application/json' },
  'key.forbidden': { permission: 'addresses:check' },
  'key.wider': { field: 'expiresAt' },
  'key.too_many': { most: 100 },
  'rate.limited': { retryAfterSeconds: 12 },
  'topic.not_found': { topic: 'news' },
  'notice.not_found': { notice: 'privacy', version: '1' },
  'suppression.recipient_made': { liftedBy: 'recipient' },
  'suppression.legal': { liftedBy: 'operator' },
  'inbound.not_connected': { provider: 'mailgun' },
  'inbound.unproven': { why: 'signature' },
  'import.offset': { offset: 81_920 },
}

/** Returns the codes an operation may be refused with. */
export const codesOf = ({
  method,
  path,
  permission,
  body,
  query,
  writes,
  faults = [],
}: Operation): Code[] => [
  ...new Set([
    ...(permission ? KEY : []),
    ...(publicUnits(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`) > 0
      ? (['rate.limited'] as const)
      : []),
    ...(body ? BODY : []),
    ...(query && !permission ? (['request.invalid'] as const) : []),
    ...(writes ? WRITE : []),
    ...faults,
    ...ALWAYS,
  ]),
]

/** Builds the OpenAPI 3.1 document of all operations. */
export function documentOf(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Floe',
      version,
      summary: 'The consent edge of PenguinMails.',
      description:
        'JSON is UTF-8, times are RFC 3339 UTC, and a field that is not known is refused. Whatever is not a 2xx has changed nothing it does not name.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The host that serves this document' }],
    tags: Object.entries(CHAPTERS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'floe_…',
          description: 'An API key. It belongs to one workspace and does what its permissions name.',
        },
      },
      schemas: { Problem: PROBLEM },
      headers: {
        RateLimit: {
          description: 'What is left of the allowance (draft-ietf-httpapi-ratelimit-headers)',
          schema: { type: 'string' },
        },
        'RateLimit-Policy': { description: 'What the allowance is', schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds to wait', schema: { type: 'string', pattern: '^\\d+$' } },
      },
    },
  }
}

const IDEMPOTENCY =
  'Makes it safe to send the call again when its answer was lost: within a day, the same call under the same key gets the same answer and is not run again. Of answers over 1 KiB the newest 16 MiB of an API key are kept; an older call is not run again either, and answered `idempotency.spent`.'

const PROBLEM = {
  type: 'object',
  description: 'A refusal (RFC 9457). Branch on `code`: it is stable.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    // What single codes say besides.
    ...Object.fromEntries(
      Object.values(EXAMPLES)
        .flatMap(example => Object.entries(example))
        .filter(([name]) => name !== 'errors' && name !== 'detail')
        .map(([name, value]) => [name, { type: typeof value === 'number' ? 'integer' : 'string' }]),
    ),
  },
}

function described(operation: Operation): Json {
  const { id, chapter, summary, text, permission, body, status = 200, answer } = operation
  const rate = permission && {
    headers: Object.fromEntries(
      ['RateLimit', 'RateLimit-Policy'].map(name => [name, { $ref: `#/components/headers/${name}` }]),
    ),
  }
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
    parameters: [...inPathAndQuery(operation), ...inHeader(operation)],
    ...(body && {
      requestBody: { required: true, content: withoutPath(contentOf(body, operation, 'input'), operation) },
    }),
    responses: {
      [status]: { description: 'Done', ...rate, content: contentOf(answer, operation, 'output') },
      ...refusals(codesOf(operation)),
    },
  }
}

function inPathAndQuery(operation: Operation): Json[] {
  const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const { properties = {}, required = [] } = operation.query
    ? (schemaOf(operation.query, operation, 'input') as {
        properties?: Record<string, Json>
        required?: string[]
      })
    : {}
  const missing = named.filter(name => !(name in properties))
  const all = { ...properties, ...Object.fromEntries(missing.map(name => [name, pathText(operation, name)])) }
  return Object.entries(all).map(([name, { description, ...schema }]) => ({
    name,
    in: named.includes(name) ? 'path' : 'query',
    required: named.includes(name) || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }))
}

const pathText = ({ fields }: Operation, name: string): Json => ({
  type: 'string',
  description: fields?.[name],
})

const inHeader = ({ headers = {}, writes }: Operation): Json[] =>
  Object.entries({ ...(writes && { 'Idempotency-Key': IDEMPOTENCY }), ...headers }).map(
    ([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    }),
  )

function contentOf(contents: Content[], operation: Operation, io: 'input' | 'output'): Json {
  return Object.fromEntries(
    contents.map(({ type = 'application/json', schema, example }) => [
      type,
      { schema: schemaOf(schema, operation, io), example },
    ]),
  )
}

/** A body's schema knows the fields of the path too: they are parsed together and sent apart. */
function withoutPath(content: Json, { path }: Operation): Json {
  for (const { schema } of Object.values(content) as { schema: { properties?: Json; required?: string[] } }[])
    for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
      delete schema.properties?.[name!]
      if (schema.required) schema.required = schema.required.filter(other => other !== name)
    }
  return content
}

/** Returns a schema as JSON Schema, with what the operation says of its fields. */
function schemaOf(schema: z.ZodMiniType, { fields = {} }: Operation, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  annotate(json, '', fields)
  return json
}

function annotate(schema: Json, path: string, fields: Record<string, string>): void {
  const said = fields[path]
  if (said !== undefined) schema['description'] = said
  // Exact, and unreadable: the format says the same to people.
  if (schema['format'] !== undefined) delete schema['pattern']
  for (const [name, property] of Object.entries((schema['properties'] ?? {}) as Record<string, Json>))
    annotate(property, path === '' ? name : `${path}.${name}`, fields)
  if (schema['items']) annotate(schema['items'] as Json, `${path}[]`, fields)
  for (const one of ['anyOf', 'oneOf', 'allOf'] as const)
    for (const branch of (schema[one] ?? []) as Json[])
      annotate(branch, path, path === '' ? fields : withoutOwn(fields, path))
}

/** A choice is described once, not in each of its branches. */
const withoutOwn = (fields: Record<string, string>, path: string): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== path))

function refusals(codes: Code[]): Json {
  const statuses = [...new Set(codes.map(codeStatus))].sort()
  return Object.fromEntries(
    statuses
      .map(status => [status, codes.filter(code => codeStatus(code) === status)] as const)
      .map(([status, some]) => [
        status,
        {
          description: some.map(code => `\`${code}\`: ${titleOf(code)}`).join('; '),
          ...(some.some(code => RETRIABLE.includes(code)) && {
            headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
          }),
          content: {
            'application/problem+json': {
              schema: {
                allOf: [{ $ref: '#/components/schemas/Problem' }],
                properties: { code: { enum: some } },
              },
              examples: Object.fromEntries(some.map(code => [code, { value: exampleOf(code) }])),
            },
          },
        },
      ]),
  )
}

const codeStatus = (code: Code): number => statusOf({ code } as FaultDetail)

function exampleOf(code: Code): Json {
  const { detail } = new Fault({ code, ...EXAMPLES[code] } as FaultDetail)
  return {
    type: 'about:blank',
    title: titleOf(code),
    status: statusOf(detail),
    ...explanationOf(detail),
    ...detail,
  }
}

/** A JSON Schema, as far as the reference and its tests look into one. */
export interface Schema {
  type?: string | string[]
  format?: string
  pattern?: string
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  unevaluatedProperties?: unknown
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  $ref?: string
  $schema?: string
  minimum?: number
  maximum?: number
  default?: unknown
  'x-name'?: { name: string; fields: Record<string, string> }
}

/** What is sent or answered in one media type. */
export interface Media {
  schema: Schema
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

/** What stands in a path, a query or a header field. */
export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
  example?: string
}

/** One call of the built document. */
export interface Call {
  operationId: string
  method: string
  path: string
  tags: string[]
  summary: string
  description?: string
  security: object[]
  parameters: Parameter[]
  requestBody?: { required: true; content: Record<string, Media> }
  responses: Record<
    string,
    { description: string; headers?: Record<string, object>; content?: Record<string, Media> }
  >
}

/** An OpenAPI document, as far as it is looked into. */
export interface Document {
  openapi: string
  info: { title: string; version: string; [more: string]: unknown }
  paths: Record<string, Record<string, Omit<Call, 'method' | 'path'>>>
  webhooks: Record<string, object>
  components: { schemas: Record<string, Schema>; [more: string]: unknown }
  [more: string]: unknown
}

/** Returns every call of a built document with its path and its method in capitals, named schemas in their places. */
export const callsOf = ({ paths, components }: Document): Call[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({
      ...(inPlace(call, components.schemas) as typeof call),
      path,
      method: method.toUpperCase(),
    })),
  )

/** Returns a part of a document with each reference to a schema replaced by that schema. */
function inPlace(part: unknown, schemas: Record<string, Schema>): unknown {
  if (Array.isArray(part)) return part.map(one => inPlace(one, schemas))
  if (typeof part !== 'object' || part === null) return part
  const { $ref, ...rest } = part as Schema
  const [, name] = /^#\/components\/schemas\/(\w+)$/.exec($ref ?? '') ?? []
  if (name !== undefined) return inPlace({ ...schemas[name], ...rest }, schemas)
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inPlace(value, schemas)]))
}

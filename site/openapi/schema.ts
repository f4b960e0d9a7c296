/** A JSON Schema, as far as the reference and its tests look into one. */
export interface Schema {
  type?: string
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
}

/** What is sent or answered in one media type. */
export interface Media {
  schema: Schema
  example?: unknown
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
  parameters: {
    name: string
    in: 'path' | 'query' | 'header'
    required: boolean
    description?: string
    schema: Schema
  }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}

/** Returns every call of a built document, with its path and its method in capitals. */
export const callsOf = (document: Record<string, unknown>): Call[] =>
  Object.entries(document['paths'] as Record<string, Record<string, Call>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ ...call, path, method: method.toUpperCase() })),
  )

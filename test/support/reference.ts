import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { documentOf } from '../../site/openapi/document.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'
import { type Call, callsOf, type Document, type Schema } from '../../site/openapi/schema.ts'
import { concrete, ROUTES } from './route.ts'
import type { World } from './world.ts'

/** The served reference. */
export const REFERENCE: Document = JSON.parse(JSON.stringify(documentOf(OPERATIONS, '0.0.0')))

/** Every call of the reference, in its closed form: no answer may have a field that is not written down. */
export const CALLS: readonly Call[] = callsOf(
  JSON.parse(JSON.stringify(documentOf(OPERATIONS, '0.0.0', { closed: true }))),
)

const ajv = new Ajv2020({ strict: false, allErrors: false })
formats(ajv)
ajv.addSchema({ ...REFERENCE, $id: 'reference' })
const validators = new Map<Schema, ValidateFunction>()

/** Returns what is wrong with a value by a schema of the reference, or undefined. */
export function wrongWith(schema: Schema, value: unknown): string | undefined {
  const known = validators.get(schema)
  const validate = known ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"reference#/')))
  if (!known) validators.set(schema, validate)
  return validate(value) ? undefined : ajv.errorsText(validate.errors)
}

/** Returns the call of the reference that a request is; undefined for what is none. */
export function documentedCall(method: string, path: string): Call | undefined {
  return PATTERNS.find(({ call, pattern }) => call.method === method && pattern.test(path))?.call
}

const PATTERNS = OPERATIONS.map(({ operation: { id, path } }) => ({
  call: CALLS.find(({ operationId }) => operationId === id)!,
  pattern: new RegExp(
    `^${path.replace(/:\w+(?:\{([^{}]*)\})?|[.]/g, (part, like = '[^/]+') => (part === '.' ? '[.]' : `(?:${like})`))}/?$`,
  ),
}))

/** Returns what an answer says that the reference does not: its status, its media type or its body. Undefined for none. */
export const undocumented = async (call: Call, answer: Response): Promise<string | undefined> =>
  flawOfText(call, answer, await answer.text())

/** Returns what an answer with such a body says that the reference does not; undefined for nothing. */
export function flawOfText(
  call: Call,
  answer: Pick<Response, 'status' | 'headers'>,
  text: string,
): string | undefined {
  const documented = call.responses[answer.status]
  if (!documented) return `status ${answer.status}: ${text.slice(0, 300)}`
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]!
  const media = documented.content?.[type]
  if (!media) return `a ${answer.status} of the type "${type}"`
  if (!/json$/.test(type)) return undefined
  const values = type === 'application/x-ndjson' ? text.split('\n').filter(line => line) : [text]
  if (type === 'application/x-ndjson' && media.schema.type === 'string') return undefined
  for (const value of values) {
    const wrong = wrongWith(media.schema, JSON.parse(value))
    if (wrong) return `${wrong} in ${value.slice(0, 300)}`
  }
  return undefined
}

/** The input of a call. */
export interface Sent {
  type: string
  body: unknown
  /** Parameters of path and query. */
  values?: Record<string, unknown>
  /** API key; the demo tenant's by default. */
  key?: string
}

/** Returns the path of a call, with ids of nothing where none are given. */
export function addressOf({ path }: Call, values: Record<string, unknown>): string {
  const route = ROUTES.find(one => one.path.replace(/:(\w+)(\{.*?\})?/g, '{$1}') === path)
  const given = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values[name])))
  return /\{(\w+)\}/.test(path) && Object.keys(values).length === 0 ? concrete(route!.path) : given
}

/** Sends a call of the reference. */
export function send(
  world: World,
  call: Call,
  { type, body, values = {}, key = world.apiKey }: Sent,
): Promise<Response> {
  const url = addressOf(call, values)
  const query = new URLSearchParams()
  for (const { name, in: place } of call.parameters)
    if (place === 'query' && values[name] !== undefined) query.set(name, String(values[name]))
  return world.fetch(`${url}${query.size > 0 ? `?${query}` : ''}`, {
    method: call.method,
    headers: { authorization: `Bearer ${key}`, ...(type && { 'content-type': type }) },
    ...(call.requestBody && {
      body: typeof body === 'string' && !type.endsWith('/json') ? body : JSON.stringify(body),
    }),
  })
}

/** Returns the example of the reference as input of a call. */
export const exampleOf = ({ requestBody }: Call): Sent => {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? ['', undefined]
  return { type, body: media?.example }
}

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { documentOf } from '../../site/openapi/document.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'
import { type Call, callsOf, type Schema } from '../../site/openapi/schema.ts'

/** The reference, as it is served. */
export const REFERENCE = JSON.parse(JSON.stringify(documentOf(OPERATIONS, '0.0.0')))

/** Every call of it. */
export const CALLS: readonly Call[] = callsOf(REFERENCE)

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

/** Returns what an answer says that the reference does not, or undefined: its status, its media type, or its body. */
export async function undocumented(call: Call, answer: Response): Promise<string | undefined> {
  const text = await answer.text()
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

import { callsOf, type Document, type Schema } from '../../site/openapi/schema.ts'

/** What senders rely on of a call: how it is made, and what its answer holds. No words, no examples. */
export interface Promised {
  /** Every parameter and whether it must be given, as `query limit`. */
  parameters: Record<string, Field>
  /** Every field of each body it takes, by path. */
  takes: Record<string, Field>
  /** Every field of each answer, by path. */
  answers: Record<string, Field>
}

interface Field {
  type: string
  required: boolean
  /** The only values it may have. */
  values?: string[]
}

/** Returns what senders rely on of each call of a document, as `POST /v1/check`. */
export const promisedBy = (document: Document): Record<string, Promised> =>
  Object.fromEntries(
    callsOf(document).map(({ method, path, parameters, requestBody, responses }) => [
      `${method} ${path}`,
      {
        parameters: Object.fromEntries(
          parameters.map(one => [
            `${one.in} ${one.name}`,
            { type: typeOf(one.schema), required: one.required, ...valuesOf(one.schema) },
          ]),
        ),
        takes: fieldsOfAll({ body: requestBody?.content ?? {} }),
        answers: fieldsOfAll(
          Object.fromEntries(
            Object.entries(responses)
              .filter(([status]) => status.startsWith('2'))
              .map(([status, { content = {} }]) => [status, content]),
          ),
        ),
      },
    ]),
  )

const fieldsOfAll = (parts: Record<string, Record<string, { schema: Schema }>>): Record<string, Field> =>
  Object.assign(
    {},
    ...Object.entries(parts).flatMap(([part, content]) =>
      Object.entries(content).map(([type, { schema }]) => fieldsOf(schema, `${part} ${type} `)),
    ),
  )

function fieldsOf(schema: Schema, path: string, required = true): Record<string, Field> {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (branches.length > 0) {
    const all = branches.map(branch => fieldsOf(branch, path, required))
    const names = new Set(all.flatMap(one => Object.keys(one)))
    return Object.fromEntries(
      [...names].map(name => [
        name,
        {
          type: [...new Set(all.flatMap(one => one[name]?.type.split(' | ') ?? []))].sort().join(' | '),
          required: all.every(one => one[name]?.required ?? false),
          ...valuesOfAll(all.map(one => one[name])),
        },
      ]),
    )
  }
  const own = { [path]: { type: typeOf(schema), required, ...valuesOf(schema) } }
  if (schema.items) return { ...own, ...fieldsOf(schema.items, `${path}[]`) }
  return Object.assign(
    own,
    ...Object.entries(schema.properties ?? {}).map(([name, one]) =>
      fieldsOf(one, `${path}.${name}`, schema.required?.includes(name) ?? false),
    ),
  )
}

const valuesOf = ({ enum: some, const: one }: Schema): { values?: string[] } => {
  const values = some ?? (one === undefined ? undefined : [one])
  return values ? { values: values.map(String) } : {}
}

/** Returns the values that any branch of a choice allows; nothing where one of them allows all. */
function valuesOfAll(fields: (Field | undefined)[]): { values?: string[] } {
  const there = fields.filter(field => field !== undefined)
  if (there.some(({ values }) => !values)) return {}
  return { values: [...new Set(there.flatMap(({ values }) => values ?? []))] }
}

function typeOf(schema: Schema): string {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (branches.length > 0) return [...new Set(branches.map(typeOf))].sort().join(' | ')
  if (schema.const !== undefined) return typeof schema.const
  return [schema.type ?? typeof schema.enum?.[0]].flat().join(' | ')
}

/**
 * Returns what a later version takes away from senders: a call, a parameter or a field that is gone or of another type, one that must be
 * given and need not before, one that was always answered and is not any more.
 */
export const broken = (before: Record<string, Promised>, after: Record<string, Promised>): string[] =>
  Object.entries(before).flatMap(([call, was]) => {
    const is = after[call]
    if (!is) return [`${call} is gone`]
    return [
      ...lost(call, was.parameters, is.parameters, 'asked'),
      ...lost(call, was.takes, is.takes, 'asked'),
      ...lost(call, was.answers, is.answers, 'answered'),
    ]
  })

function lost(
  call: string,
  was: Record<string, Field>,
  is: Record<string, Field>,
  kind: 'asked' | 'answered',
): string[] {
  const known = Object.entries(was).flatMap(([name, field]) => {
    const now = is[name]
    if (!now) return [`${call}: ${name} is gone`]
    if (now.type !== field.type) return [`${call}: ${name} was ${field.type} and is ${now.type}`]
    if (kind === 'answered' && field.required && !now.required)
      return [`${call}: ${name} was always answered`]
    if (kind === 'asked' && !field.required && now.required) return [`${call}: ${name} must be given now`]
    const refused = field.values?.filter(value => now.values && !now.values.includes(value)) ?? []
    if (kind === 'asked' && refused.length > 0)
      return [`${call}: ${name} may not be ${refused.join(', ')} any more`]
    return []
  })
  const fresh =
    kind === 'asked' ? Object.entries(is).filter(([name, { required }]) => required && !(name in was)) : []
  return [
    ...known,
    ...fresh.filter(([name]) => isNeeded(name, was)).map(([name]) => `${call}: ${name} must be given now`),
  ]
}

/** Whether a new field must be given by whoever makes the call as before: not where it is within another that is new. */
function isNeeded(name: string, was: Record<string, Field>): boolean {
  // Another type of body, beside one that is taken as before.
  if (/^body \S+ $/.test(name)) return !Object.keys(was).some(known => known.startsWith('body '))
  const parent = name.replace(/(?:\.[^.[\]]+|\[\])$/, '')
  return parent === name || parent in was
}

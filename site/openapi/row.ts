import type { Schema } from './schema.ts'

/** One field, as a table of the reference says it. */
export interface Row {
  path: string
  type: string
  required: boolean
  text: string
}

/** Returns the fields of a schema, each with its path, those of an object right behind it. */
export function rowsOf(schema: Schema, path = '', required = true): Row[] {
  const own =
    path === '' || path.endsWith('[]')
      ? []
      : [{ path, type: typeOf(schema), required, text: schema.description ?? '' }]
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    rowsOf(one, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false),
  )
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(one =>
    rowsOf({ ...one, description: '' }, path, required),
  )
  const items = schema.items ? rowsOf(schema.items, `${path}[]`) : []
  const rows = [...own, ...inner, ...branches.filter(row => row.path !== path), ...items]
  return rows.filter((row, i) => rows.findIndex(other => other.path === row.path) === i)
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return [...new Set(choice.map(typeOf))].join(' | ')
  if (schema.type === 'array') return `${typeOf(schema.items ?? {})}[]`
  if (schema.format === 'date-time') return 'time'
  return schema.format ?? [schema.type ?? 'any'].flat().join(' | ')
}

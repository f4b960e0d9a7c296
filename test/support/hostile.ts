import fc from 'fast-check'
import type { Schema } from '../../site/openapi/schema.ts'

/** Texts that broke other systems. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'ada@example.com',
  'ADA@EXAMPLE.COM ',
  'ada@example.com\r\nBcc: eve@example.com',
  '"; DROP TABLE suppression; --',
  "' OR 1=1 --",
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%2e%2e%2f',
  '\ud800',
  '\u202e\u2066',
  'аda@example.com',
  'a'.repeat(300),
  `${'x'.repeat(70_000)}@example.com`,
  'ada@[127.0.0.1]',
  '0x7f.1',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  'f'.repeat(64),
  'news',
  'privacy',
  'https://north.example/x',
  'javascript:alert(1)',
  '-1',
  '1e9',
  'null',
]

/** Values of every type, for where another type belongs. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, [], {}, [[[[[]]]]], ...TEXTS),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Returns values by a schema, some of them with a part that violates it. */
export function hostile(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: byShape(schema) }, { weight: 1, arbitrary: strange })
}

function byShape(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return fc.oneof(...choice.map(hostile))
  switch (schema.type) {
    case 'object':
      return objects(schema)
    case 'array':
      return fc.array(hostile(schema.items ?? {}), { maxLength: 8 })
    case 'string':
      return schema.format === 'date-time'
        ? fc.oneof(
            fc
              .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
              .map(date => date.toISOString()),
            fc.constantFrom(...TEXTS),
          )
        : fc.oneof(fc.constantFrom(...TEXTS), fc.emailAddress(), fc.string({ unit: 'binary', maxLength: 80 }))
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer(), fc.double())
    case 'boolean':
      return fc.boolean()
    default:
      return strange
  }
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, hostile(one)]))
  // Mostly complete, so that calls get past validation.
  const whole = fc.record(fields, { requiredKeys: required })
  const partial = fc.record(fields, { requiredKeys: [] })
  const more = fc
    .tuple(whole, fc.constantFrom('__proto__', 'constructor', 'surprise', ''), strange)
    // Built as JSON text, since assigning `__proto__` would set the prototype.
    .map(([value, name, extra]) =>
      JSON.parse(
        `{${[...Object.entries(value), [name, extra]].map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item) ?? 'null'}`).join(',')}}`,
      ),
    )
  return fc.oneof(
    { weight: 8, arbitrary: whole },
    { weight: 1, arbitrary: partial },
    { weight: 1, arbitrary: more },
  )
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../core/fault.ts'
import {
  exactlyOne,
  list,
  object,
  oneOf,
  optional,
  readShape,
  type Shape,
  text,
  union,
  withDefault,
} from '../../core/shape.ts'
import type { Schema } from '../../worker/call/operation.ts'
import { zodOf } from '../../worker/call/zod-of.ts'
import { parse } from '../../worker/http/field-fault.ts'
import { updatePreferences } from '../../worker/preference/api.ts'
import { checkAddresses } from '../../worker/suppression/check-api.ts'
import { mintLinks } from '../../worker/unsubscribe/api.ts'

/** What a caller is answered: the parsed input, or what is said of its fields. */
function answerTo(schema: Schema, given: unknown): unknown {
  try {
    return { parsed: parse(schema, given) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return error.detail
  }
}

const NAMES = ['topic', 'topics', 'act', 'days', 'length', 'constructor', '__proto__', 'x'.repeat(120)]
const name = fc.constantFrom(...NAMES)

/** Whatever JSON, a form or a mistake may hold. */
const anything = fc.oneof(
  fc.constantFrom(undefined, null, 0, 30, Number.NaN, true, '', 'new', [], {}),
  fc.constantFrom(
    '😀'.repeat(5),
    'x'.repeat(9),
    Array(3).fill('x'),
    Array(30).fill(1),
    { length: 3 },
    { length: 9 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Returns what a shape takes, with a mistake here and there. */
function nearly(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: taken(shape) }, { weight: 1, arbitrary: anything })
}

function taken(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'text':
      return fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom('a', 'news', 'é_-9'))
    case 'list':
      return fc.array(nearly(shape.item), { maxLength: Math.min(shape.max + 1, 5) })
    case 'oneOf':
      return fc.constantFrom(...shape.values)
    case 'optional':
      return fc.option(nearly(shape.shape), { nil: undefined })
    case 'object':
      return fieldsOf(shape.fields)
    case 'union':
      return fc.oneof(...Object.values(shape.options).map(taken))
  }
}

function fieldsOf(fields: Record<string, Shape>): fc.Arbitrary<unknown> {
  const known = Object.entries(fields).map(([field, shape]) =>
    nearly(shape).map(value => (value === undefined ? [] : [[field, value] as const])),
  )
  const unknown = fc.array(fc.tuple(name, anything), { maxLength: 1 })
  return fc.tuple(unknown, ...known).map(entries => Object.fromEntries(entries.flat()))
}

/** Any shape at all. */
const { shape: anyShape } = fc.letrec<{ shape: Shape; fields: Record<string, Shape> }>(tie => ({
  shape: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<Shape>(
      text(),
      text({ max: 3 }),
      text({ max: 4, pattern: /^[a-z]+$/, message: 'must be short' }),
      text({ pattern: /^[a-z]+$/ }),
      oneOf(['news', 'offers']),
      oneOf([30, 60, 'all']),
      oneOf(['one']),
    ),
    fc.tuple(tie('shape'), fc.integer({ min: 0, max: 4 })).map(([item, max]) => list(item, max)),
    tie('fields').map(fields => object(fields)),
    tie('fields').map(fields => object(fields, exactlyOne('topic', 'days'), exactlyOne('length', 'days'))),
    fc.tuple(tie('fields'), tie('fields')).map(([pause, stop]) => union('act', { pause, stop })),
  ),
  fields: fc.dictionary(
    fc.constantFrom('topic', 'days', 'length'),
    fc.tuple(tie('shape'), fc.nat(2)).map(([shape, way]) => {
      if (way === 0) return shape
      return way === 1 ? optional(shape) : { kind: 'optional', shape, otherwise: [] }
    }),
    { noNullPrototype: true },
  ),
}))

describe('a shape and its zod schema answer the same', () => {
  test.for([checkAddresses, mintLinks, updatePreferences])('to calls of $path', ({ input }) => {
    const zod = zodOf(input as Shape)
    const given = fc.oneof({ weight: 5, arbitrary: nearly(input as Shape) }, anything)
    fc.assert(
      fc.property(given, one => {
        expect(answerTo(input, one)).toEqual(answerTo(zod, one))
      }),
      { numRuns: 200 },
    )
  })

  test('whatever the shape is', () => {
    const both = anyShape.chain(shape => fc.tuple(fc.constant(shape), nearly(shape)))
    fc.assert(
      fc.property(both, ([shape, given]) => {
        expect(answerTo(shape, given)).toEqual(answerTo(zodOf(shape), given))
      }),
      { numRuns: 250 },
    )
  })
})

test('a default list is each input’s own', () => {
  const shape = object({ topics: withDefault(list(text(), 3), []) })
  const first = readShape(shape, {})
  if (first.success) first.data.topics.push('news')
  expect(readShape(shape, {})).toEqual({ success: true, data: { topics: [] } })
})

test('of many faults no more are kept than are told', () => {
  const read = readShape(list(text(), 1000), Array(1000).fill(1))
  expect(read.success ? [] : read.issues).toHaveLength(20)
})

test('a field that JavaScript gives to all objects was not sent', () => {
  const shape = object({ constructor: optional(text()) })
  expect(readShape(shape, {})).toEqual({ success: true, data: {} })
})

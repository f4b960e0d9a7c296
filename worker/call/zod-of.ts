import * as z from 'zod/mini'
import type { Rule, Shape } from '../../core/shape.ts'
import type { Given, Parsed, Schema } from './operation.ts'

/** Returns an input's schema as zod has it, for the reference and for calls whose own schema has it in it. */
export const zodOf = <S extends Schema>(schema: S): z.ZodMiniType<Parsed<S>, Given<S>> =>
  ('kind' in schema ? schemaOf(schema) : schema) as z.ZodMiniType<Parsed<S>, Given<S>>

function schemaOf(shape: Shape): z.ZodMiniType {
  switch (shape.kind) {
    case 'text': {
      const { max, pattern, message } = shape
      return z
        .string()
        .check(
          ...(max === undefined ? [] : [z.maxLength(max, message)]),
          ...(pattern === undefined ? [] : [z.regex(pattern, message)]),
        )
    }
    case 'list':
      return z.array(schemaOf(shape.item)).check(z.maxLength(shape.max))
    case 'oneOf':
      return z.literal(shape.values)
    case 'optional': {
      const inner = schemaOf(shape.shape)
      return shape.otherwise === undefined ? z.optional(inner) : z._default(inner, shape.otherwise)
    }
    case 'object':
      return objectOf(shape.fields).check(...shape.rules.map(rule => refined(rule as Rule<object>)))
    case 'union': {
      const [first, ...others] = Object.values(shape.options).map(schemaOf)
      return z.discriminatedUnion(shape.by, [first as z.ZodMiniObject, ...(others as z.ZodMiniObject[])])
    }
  }
}

const objectOf = (fields: Record<string, Shape>) =>
  z.strictObject(Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, schemaOf(shape)])))

/** Returns a rule about an object's fields as a check of its zod schema. */
export const refined = <Input>({ field, message, holds }: Rule<Input>) =>
  z.refine<Input>(holds, { message, path: [field] })

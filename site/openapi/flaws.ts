import * as z from 'zod/mini'
import type { Content, Documented } from '../../worker/call/operation.ts'
import { zodOf } from '../../worker/call/zod-of.ts'

/** Returns what a call's declaration lacks, in sentences that name it. */
export function flawsOf({ operation, documentation }: Documented): string[] {
  const { id, path, permission, limitBytes } = operation
  const input = operation.input && zodOf(operation.input)
  const { example, body = [], answer, otherwise = [], faults, summary } = documentation()
  // A body is parsed with what the path says.
  const shape = input instanceof z.ZodMiniObject ? input.shape : {}
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!).filter(name => name in shape)
  const named = Object.fromEntries(inPath.map(name => [name, 'x']))
  const whole = example === undefined ? undefined : { ...named, ...(example as object) }
  const asked: Content[] =
    limitBytes === undefined || !input ? body : [{ schema: input, example: whole }, ...body]
  return [
    ...(permission === undefined ? ['does not say which permission it needs'] : []),
    ...(faults === undefined ? ['does not say what refuses it'] : []),
    ...(summary ? [] : ['has no summary']),
    ...(limitBytes !== undefined && !input ? ['takes a body and has no schema of it'] : []),
    ...asked.flatMap(one => flawsOfExample('input', one)),
    ...[answer, ...otherwise].flatMap(one => flawsOfExample('answer', one)),
  ].map(flaw => `${id} ${flaw}`)
}

function flawsOfExample(what: string, { type = 'application/json', schema, example }: Content): string[] {
  if (example === undefined) return [`has no example of its ${what} (${type})`]
  const parsed = z.safeParse(schema, example)
  if (parsed.success) return []
  const [issue] = parsed.error.issues
  return [`shows an ${what} (${type}) that its schema refuses: ${issue!.path.join('.')} ${issue!.message}`]
}

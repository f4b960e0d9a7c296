import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import type { Call } from '../../site/openapi/schema.ts'
import { hostile } from './hostile.ts'
import { CALLS, send, undocumented } from './reference.ts'
import type { World } from './world.ts'

/** The operations that need a key. */
export const WITH_KEY = CALLS.filter(({ security }) => security.length > 0)

/**
 * Sends an operation hostile inputs made from the reference, and returns their number. Throws at an answer of 5xx, or one
 * that the reference does not document.
 */
export async function meetHostility(world: World, call: Call, runs: number): Promise<number> {
  let cases = 0
  const [type = '', content] = Object.entries(call.requestBody?.content ?? {})[0] ?? []
  const values = fc.record(
    Object.fromEntries(
      call.parameters
        .filter(({ in: place }) => place !== 'header')
        .map(({ name, schema, in: place }) => [
          name,
          place === 'path' ? fc.string({ minLength: 1 }) : hostile(schema),
        ]),
    ),
    { requiredKeys: [] },
  )
  const body = content ? hostile(content.schema) : fc.constant(undefined)
  await fc.assert(
    fc.asyncProperty(values, body, async (given, sent) => {
      cases++
      // Making a case up may block this process for longer than the runtime keeps an idle connection, which is 5 s. As any client, it
      // may call only once it has read what came meanwhile, and after two turns of its loop it has.
      await turn()
      await turn()
      const answer = await send(world, call, { type, body: sent, values: given })
      if (answer.status >= 500) throw new Error(`${answer.status} ${await answer.text()}`)
      const wrong = await undocumented(call, answer)
      // A hostile path parameter may lead to another route.
      const elsewhere = call.path.includes('{') && [404, 405].includes(answer.status)
      if (wrong && !elsewhere) throw new Error(wrong)
    }),
    { numRuns: runs, seed: 8058 },
  )
  return cases
}

import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import type { Call } from '../../site/openapi/schema.ts'
import { hostile } from './hostile.ts'
import { CALLS, send, undocumented } from './reference.ts'
import type { World } from './world.ts'

/** The calls that take a key. */
export const WITH_KEY = CALLS.filter(({ security }) => security.length > 0)

/**
 * Makes a call with so many hostile inputs that are made from the reference, and returns how many were sent. Throws where one is
 * answered with a failure of ours, or with anything the reference does not know.
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
      // A path that is no path of this call is another address.
      const elsewhere = call.path.includes('{') && [404, 405].includes(answer.status)
      if (wrong && !elsewhere) throw new Error(wrong)
    }),
    { numRuns: runs, seed: 8058 },
  )
  return cases
}

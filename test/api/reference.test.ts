import { describe, expect } from 'vitest'
import type { Call, Schema } from '../../site/openapi/schema.ts'
import { meetHostility, WITH_KEY } from '../support/hostile-calls.ts'
import { CALLS, REFERENCE, send, undocumented, wrongWith } from '../support/reference.ts'
import { ROUTES } from '../support/route.ts'
import { answered, wideTest as test } from '../support/world.ts'

describe('the reference', () => {
  test('is what the Worker serves', async ({ sharedWorld: world }) => {
    const served = await answered(await world.fetch('/openapi.json'))
    expect(served).toEqual({ ...REFERENCE, info: { ...REFERENCE.info, version: served.info.version } })
    expect((await world.fetch('/docs/')).status).toBe(200)
  })

  test('names every sender route there is, and none that is not', () => {
    const routes = ROUTES.filter(({ path }) => path.startsWith('/v1/')).map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)(\{.*?\})?/g, '{$1}')}`,
    )
    const named = CALLS.filter(({ path }) => path.startsWith('/v1/')).map(
      ({ method, path }) => `${method} ${path}`,
    )
    expect(named.sort()).toEqual([...new Set(routes)].sort())
  })

  test('describes every parameter and every field', () => {
    const silent = CALLS.flatMap(call => [
      ...call.parameters
        .filter(({ description }) => !description)
        .map(({ name }) => `${call.operationId} ${name}`),
      ...media(call).flatMap(schema => undescribed(schema).map(path => `${call.operationId} ${path}`)),
    ])
    expect(silent).toEqual([])
  })
})

const media = ({ requestBody, responses }: Call): Schema[] =>
  [
    requestBody,
    ...Object.entries(responses)
      .filter(([status]) => status.startsWith('2'))
      .map(([, response]) => response),
  ].flatMap(part => Object.values(part?.content ?? {}).map(({ schema }) => schema))

function undescribed(schema: Schema, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [...(one.description ? [] : [at]), ...undescribed(one, at)]
  })
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(one => undescribed(one, path))
  return [...own, ...(schema.items ? undescribed(schema.items, `${path}[]`) : []), ...branches]
}

describe('the reference of what recipients and anybody may ask', () => {
  test('names 429 wherever a network is counted, and for nothing that only stops mail', () => {
    const limited = CALLS.filter(({ responses }) => responses['429']).map(({ operationId }) => operationId)
    expect(limited).toEqual(
      expect.arrayContaining([
        'showUnsubscribe',
        'showPreferences',
        'updatePreferences',
        'showConfirmation',
        'confirmSubscription',
        'receiveReceipt',
      ]),
    )
    for (const free of ['oneClickUnsubscribe', 'cancelSubscription', 'getKeys'])
      expect(limited).not.toContain(free)
  })
})

describe('every example of the reference', () => {
  test.for(WITH_KEY)(
    '$operationId is answered as the reference says',
    async (call, { sharedWorld: world }) => {
      for (const [type, { example }] of Object.entries(
        call.requestBody?.content ?? { '': { example: undefined } },
      )) {
        const beside = call.parameters.flatMap(({ name, example }) =>
          example === undefined ? [] : [[name, example]],
        )
        const values = type === 'message/rfc822' ? Object.fromEntries(beside) : {}
        const answer = await send(world, call, { type, body: example, values })
        expect(await undocumented(call, answer)).toBeUndefined()
        // A list of nobody's things has nothing at the id of an example, and an example proves nothing.
        expect([200, 201, 202, 403, 404, 409]).toContain(answer.status)
      }
    },
  )

  test.for(CALLS)('$operationId shows an answer that fits its own schema', call => {
    for (const { content = {} } of Object.values(call.responses))
      for (const { schema, example } of Object.values(content))
        if (example !== undefined) expect(wrongWith(schema, example)).toBeUndefined()
  })
})

describe('hostile input', () => {
  test.for(WITH_KEY)(
    '$operationId is never answered with a failure of ours, nor with anything the reference does not know',
    async (call, { sharedWorld: world, task }) => {
      task.meta.cases = await meetHostility(world, call, 40)
    },
  )
})

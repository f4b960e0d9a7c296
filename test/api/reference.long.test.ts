import { BaseResolver, createConfig, lintDocument, makeDocumentFromString } from '@redocly/openapi-core'
import { expect } from 'vitest'
import { meetHostility, WITH_KEY } from '../support/hostile-calls.ts'
import { REFERENCE } from '../support/reference.ts'
import { wideTest as test } from '../support/world.ts'

test.for(WITH_KEY)(
  '$operationId is never answered with a failure of ours, nor with anything the reference does not know, however often it is tried',
  async (call, { sharedWorld: world, task }) => {
    task.meta.cases = await meetHostility(world, call, 150)
  },
)

test('the reference is a sound OpenAPI 3.1 document', async () => {
  const document = makeDocumentFromString(JSON.stringify(REFERENCE), 'openapi.json')
  const config = await createConfig({
    extends: ['recommended-strict'],
    // The public keys are there for everybody, whatever is asked.
    rules: { 'operation-4xx-response': 'off' },
  })
  const problems = await lintDocument({ document, externalRefResolver: new BaseResolver(), config })
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

import { expect, test } from 'vitest'
import { CALL_NAMES } from '../../client/call.ts'
import { OPERATIONS } from '../../site/openapi/operations.ts'

/** Calls that are functions of their own: a stream, or a mail as it is. */
const OTHERWISE = ['importSuppressions', 'exportSuppressions', 'matchSuppressions', 'receiveMessage']
/** What only a provider sends. */
const OF_PROVIDERS = ['receiveReport']

test('the client makes every call of a key', () => {
  const keyed = OPERATIONS.map(({ operation }) => operation).filter(({ permission }) => permission !== null)
  expect([...CALL_NAMES, ...OTHERWISE, ...OF_PROVIDERS].sort()).toEqual(keyed.map(({ id }) => id).sort())
})

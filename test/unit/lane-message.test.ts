import { describe, expect, test } from 'vitest'
import { answerIn, openAnswer, UnknownLaneVersion } from '../../core/write/message.ts'
import { laneCalls } from '../../worker/lane/call.ts'
import type { WriteLane } from '../../worker/lane/write-lane.ts'

/** Every answer of a lane of version 0. */
const ANSWERS = [
  { ok: true, results: [] },
  { ok: false, why: 'refused', detail: 'x' },
  false,
  true,
  { index: 1, term: 2 },
  undefined,
  { life: 1, from: 0, last: 0, entries: [], behindSince: null },
]

describe('a lane', () => {
  test('answers a request in its own version or the one before, and does nothing for any other', async () => {
    let done = 0
    const logged: unknown[] = []
    const ask = (version?: unknown) =>
      answerIn(
        version,
        () => ++done,
        (...line) => logged.push(line),
      )
    expect([await ask(), await ask(1)]).toEqual([1, { version: 1, answer: 2 }])
    for (const version of [0, 2, '1', null, Number.NaN])
      expect(await ask(version)).toEqual({ version: 1, refused: 'unknown_version' })
    expect(done).toBe(2)
    expect(logged).toHaveLength(5)
    expect(logged[1]).toEqual(['lane.unknown_version', { version: '2' }])
  })
})

describe('a Worker', () => {
  test('understands answers of its own version and the one before', () => {
    for (const answer of ANSWERS) {
      expect(openAnswer(answer)).toEqual(answer)
      expect(openAnswer({ version: 1, answer })).toEqual(answer)
    }
  })

  test.for([
    ['of a version that it does not know', { version: 2, answer: { ok: true } }],
    ['of the one before by name, which named none', { version: 0, answer: true }],
    ['without anything in it', { version: 1 }],
    ['that is a refusal', { version: 1, refused: 'unknown_version' }],
    ['that is a refusal of a version that it does not know', { version: 3, refused: 'unknown_version' }],
  ] as const)('takes no answer %s: it is logged, and nothing is known', async ([, answer]) => {
    const calls: unknown[][] = []
    const logged: unknown[] = []
    const called = async (...args: unknown[]) => {
      calls.push(args)
      return answer
    }
    const lane = { commit: called, lease: called, since: called, status: called }
    const lanes = { idFromName: () => 'primary', get: () => lane } as unknown
    const { commit, lease, since, status } = laneCalls(
      lanes as DurableObjectNamespace<WriteLane>,
      { number: 0 },
      (...line) => logged.push(line),
    )
    const request = { statements: [], denials: new Uint8Array(), needsResults: false }
    const position = { index: 0, term: 0, at: 0 }
    const known = { life: 0, first: 0, last: -1 }
    for (const asking of [commit(request), lease(), since(position, known), status()])
      await expect(asking).rejects.toThrow(UnknownLaneVersion)
    expect(calls).toEqual([[request, 1], [1], [position, known, 1], [1]])
    expect(logged).toEqual(Array(4).fill(['lane.unknown_version', expect.any(UnknownLaneVersion)]))
  })
})

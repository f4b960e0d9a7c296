import { describe, expect, test } from 'vitest'
import type { ApiKeyClaims } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { type OnceParts, onceBy } from '../../worker/http/idempotency.ts'

const claim = { tenant: 1, keyId: new Uint8Array(16) } as ApiKeyClaims
const caller = { claim, db: { read: async () => [] } } as unknown as Parameters<ReturnType<typeof onceBy>>[0]
const call = { name: 'POST /v1/suppressions', input: {}, secret: false }
const away = async () => {
  throw new Fault({ code: 'encryption.unavailable' })
}

/** What becomes of a record: each call of it that came to something. */
function recording(broken: 'seal' | 'room' | 'the first finish' | 'every finish' | undefined) {
  const became: string[] = []
  let finishes = 0
  const parts = {
    log: () => undefined,
    ring: { encrypt: broken === 'seal' ? away : async () => new Uint8Array(2000) },
    records: {
      open: () => ({
        begin: async () => ({ state: 'new' }),
        makeRoom: broken === 'room' ? away : async () => undefined,
        finish: async (status: number, sealed: Uint8Array | null) => {
          finishes += 1
          if (broken === 'every finish' || (broken === 'the first finish' && finishes === 1)) await away()
          became.push(`${status} ${sealed ? 'with its answer' : 'without its answer'}`)
        },
        release: async () => void became.push('released'),
      }),
    },
  } as unknown as OnceParts
  return { once: onceBy(parts), became }
}

describe('a call that was made', () => {
  test.for([
    [undefined, ['200 with its answer']],
    ['seal', ['200 without its answer']],
    ['room', ['200 without its answer']],
    ['the first finish', ['200 without its answer']],
    ['every finish', []],
  ] as const)('is answered and not made again, where what fails is: %s', async ([broken, expected]) => {
    const { once, became } = recording(broken)
    const answer = await once(caller, 'one', call, async () => ({ status: 200, text: '{}' }))
    expect(answer).toEqual({ status: 200, text: '{}' })
    expect(became).toEqual(expected)
  })
})

test('a call that failed may be made again', async () => {
  const { once, became } = recording(undefined)
  await expect(once(caller, 'one', call, away)).rejects.toThrow()
  expect(became).toEqual(['released'])
})

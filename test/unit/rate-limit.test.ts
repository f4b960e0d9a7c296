import { describe, expect, test } from 'vitest'
import { RateLimits, rateHeaders, unitsFor } from '../../worker/http/rate-limit.ts'

const POLICY = { units: 10, periodSeconds: 60 } as const
const MINUTE = 60_000
const limited = (retryAfterSeconds: number) => ({ detail: { code: 'rate.limited', retryAfterSeconds } })

const KIB = 1024

test.for([
  [0, 0, 1],
  [1, 0, 1],
  [1000, 64 * KIB, 1],
  [1001, 0, 2],
  [10_000, 640 * KIB, 10],
  [1, 64 * KIB + 1, 2],
  [1, 4096 * KIB, 64],
  [10_000, 4096 * KIB, 64],
])('a call with %i addresses and %i bytes costs %i', ([addresses, bytes, units]) => {
  expect(unitsFor(addresses!, bytes)).toBe(units)
})

describe('a key', () => {
  test('has its allowance once in every minute', async () => {
    const rates = new RateLimits(POLICY, undefined)
    expect(await rates.spend('a', 1, 0)).toEqual({ remaining: 9, resetSeconds: 60 })
    expect(await rates.spend('a', 9, 59_999)).toEqual({ remaining: 0, resetSeconds: 1 })
    await expect(rates.spend('a', 1, 59_999)).rejects.toMatchObject(limited(1))
    expect(await rates.spend('a', 1, MINUTE)).toEqual({ remaining: 9, resetSeconds: 60 })
  })

  test('takes nothing from another', async () => {
    const rates = new RateLimits(POLICY, undefined)
    await rates.spend('a', 10, 0)
    expect(await rates.spend('b', 10, 0)).toMatchObject({ remaining: 0 })
    await expect(rates.spend('a', 1, 0)).rejects.toMatchObject(limited(60))
  })

  test('that asks for more than is left gets nothing', async () => {
    const rates = new RateLimits(POLICY, undefined)
    await rates.spend('a', 5, 0)
    await expect(rates.spend('a', 6, 0)).rejects.toMatchObject(limited(60))
  })

  test('is refused also when the platform alone says so', async () => {
    const asked: string[] = []
    const shared = {
      limit: async ({ key }: { key: string }) => ({ success: asked.push(key) < 3 }),
    }
    const rates = new RateLimits(POLICY, shared)
    expect(await rates.spend('a', 2, 0)).toMatchObject({ remaining: 8 })
    await expect(rates.spend('a', 1, 0)).rejects.toMatchObject(limited(60))
    expect(asked).toEqual(['a', 'a', 'a'])
  })
})

test('the header fields say the policy, and where a known key stands', () => {
  expect(rateHeaders(POLICY)).toEqual({ 'ratelimit-policy': '"key";q=10;w=60' })
  expect(rateHeaders(POLICY, { remaining: 3, resetSeconds: 7 })).toEqual({
    'ratelimit-policy': '"key";q=10;w=60',
    ratelimit: '"key";r=3;t=7',
  })
})

import { describe, expect, test } from 'vitest'
import type { Attempt } from '../../worker/webhook/post.ts'
import { isDown, nextAttemptAt, standingAfter } from '../../worker/webhook/schedule.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOW = 1_000_000_000
const fresh = { failures: 0, failingSince: null }
const delivered: Attempt = { outcome: 'delivered' }
const refused: Attempt = { outcome: 'refused', code: 'http.400' }
const failed: Attempt = { outcome: 'failed', code: 'http.500' }
const left = (before: typeof fresh | { failures: number; failingSince: number }, attempts: Attempt[]) =>
  standingAfter(before, attempts, NOW, 0.5)

describe('an event that is not taken', () => {
  test('is tried ten times within three days, and then given up', () => {
    let at = 0
    let attempts = 1
    for (let due = nextAttemptAt(attempts, at, 0.5); due !== undefined; ) {
      expect(due).toBeGreaterThan(at)
      at = due
      due = nextAttemptAt(++attempts, at, 0.5)
    }
    expect(attempts).toBe(10)
    expect(at).toBeGreaterThan(2.9 * DAY)
    expect(at).toBeLessThan(3.1 * DAY)
  })

  test('comes back within a tenth of its time, either way, so that not all come back at once', () => {
    expect(nextAttemptAt(2, 0, 0)).toBe(4.5 * MINUTE)
    expect(nextAttemptAt(2, 0, 1)).toBe(5.5 * MINUTE)
  })
})

describe('an endpoint', () => {
  test('without a blemish goes on at once', () => {
    expect(left(fresh, [delivered, delivered])).toEqual({
      failures: 0,
      failingSince: null,
      pausedUntil: undefined,
      disabled: undefined,
    })
  })

  test('that fails here and there goes on, and remembers since when nothing has arrived', () => {
    expect(left(fresh, [delivered, failed, failed])).toMatchObject({ failures: 2, failingSince: NOW })
    expect(left({ failures: 2, failingSince: 5 }, [failed])).toMatchObject({ failures: 3, failingSince: 5 })
    expect(left({ failures: 2, failingSince: 5 }, [failed, delivered])).toMatchObject(fresh)
  })

  test('that refuses events is there all the same', () => {
    const { failures, failingSince, pausedUntil } = left({ failures: 4, failingSince: 5 }, [refused])
    expect([failures, failingSince, pausedUntil]).toEqual([0, 5, undefined])
  })

  test('is down after five failures in a row, and is tried ever less often, at least once an hour or so', () => {
    expect([4, 5].map(isDown)).toEqual([false, true])
    const pauses = [4, 5, 6, 7, 20, 400].map(
      failures => left({ failures, failingSince: NOW }, [failed]).pausedUntil! - NOW,
    )
    expect(pauses).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, HOUR, HOUR])
  })

  test('is left alone for as long as it asks', () => {
    const asking = { ...failed, retryAfterMs: 7 * HOUR }
    expect(left(fresh, [asking]).pausedUntil).toBe(NOW + 7 * HOUR)
    expect(left({ failures: 9, failingSince: NOW }, [asking]).pausedUntil).toBe(NOW + 7 * HOUR)
  })

  test('is disabled once nothing has arrived for five days', () => {
    const since = (ms: number) => left({ failures: 9, failingSince: NOW - ms }, [failed]).disabled
    expect([since(5 * DAY - 1), since(5 * DAY)]).toEqual([undefined, 'failing'])
    expect(left({ failures: 9, failingSince: NOW - 6 * DAY }, [delivered]).disabled).toBeUndefined()
  })

  test('is disabled at once when it says that it is gone', () => {
    expect(left(fresh, [delivered, { outcome: 'gone', code: 'http.410' }]).disabled).toBe('gone')
  })
})

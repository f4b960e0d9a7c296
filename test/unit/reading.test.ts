import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Denial, packDenials, unpackDenials } from '../../core/write/denial.ts'
import { LEASE_MS, type Lease } from '../../core/write/lease.ts'
import { isOurs, termOf, withTerm } from '../../core/write/log-position.ts'
import { Breaker } from '../../db/engine/breaker.ts'
import { HeldLease } from '../../db/engine/held-lease.ts'
import { NOTHING_KNOWN, PendingCache } from '../../db/engine/pending.ts'

const denial = (byte: number, more: Partial<Denial> = {}): Denial => ({
  addressId: new Uint8Array(12).fill(byte),
  scope: 7,
  reason: 5,
  source: 1,
  at: 1_700_000_000_000,
  until: null,
  ...more,
})

test('denials come out of a packed list as they went in', () => {
  const list = [
    denial(1),
    denial(255, { scope: 2 ** 34 + 3, reason: 8, source: 3, until: 1_800_000_000_000 }),
    denial(0, { scope: 0, at: 0, until: 0 }),
  ]
  expect(unpackDenials(packDenials(list))).toEqual(list)
  expect(unpackDenials(packDenials([]))).toEqual([])
})

test('what is denied is kept in 32 bytes as it always was, for a journal is read by the next version too', () => {
  const one = { addressId: new Uint8Array(12).fill(0xab), scope: 7, reason: 5, source: 1, at: 2 ** 40 + 3 }
  const packed = (until: number | null) => Buffer.from(packDenials([{ ...one, until }])).toString('hex')
  const head = `${'ab'.repeat(12)}0000000000070501010000000003`
  expect(packed(2 ** 32 + 9)).toBe(`${head}000100000009`)
  expect(packed(null)).toBe(`${head}ffffffffffff`)
})

describe('a history of groups', () => {
  const terms = withTerm(withTerm(withTerm([], { term: 0, first: 0 }), { term: 11, first: 1 }), {
    term: 22,
    first: 10,
  })

  test.for([
    [0, 0, true],
    [0, 1, false],
    [11, 1, true],
    [11, 9, true],
    [11, 10, false],
    [11, 0, false],
    [22, 10, true],
    [22, 999, true],
    [22, 9, false],
    [33, 10, false],
  ] as const)('term %i at index %i is ours: %s', ([term, index, ours]) => {
    expect(isOurs(terms, { term, index })).toBe(ours)
  })

  test('says in which term a group was sent', () => {
    expect([0, 1, 9, 10, 99].map(index => termOf(terms, index))).toEqual([0, 11, 11, 22, 22])
    expect(termOf([], 1)).toBe(undefined)
  })

  test('that goes on from an earlier number makes what came after it void', () => {
    const after = withTerm(terms, { term: 44, first: 5 })
    expect(isOurs(after, { term: 11, index: 4 })).toBe(true)
    expect(isOurs(after, { term: 11, index: 5 })).toBe(false)
    expect(isOurs(after, { term: 22, index: 10 })).toBe(false)
    expect(isOurs(after, { term: 44, index: 5 })).toBe(true)
  })
})

describe('a breaker', () => {
  const broken = (failures: number, at = 0) => {
    const breaker = new Breaker()
    for (let i = 0; i < failures; i++) breaker.failed(at)
    return breaker
  }

  test('bears two failures and opens at the third', () => {
    expect(broken(2).state(0)).toBe('closed')
    expect(broken(3).state(0)).toBe('open')
    expect(broken(3).admits(0)).toBe(false)
  })

  test('lets one caller through after a pause, and the others once that one was answered', () => {
    const breaker = broken(3)
    expect(breaker.admits(499)).toBe(false)
    expect([breaker.admits(500), breaker.admits(500)]).toEqual([true, false])
    breaker.succeeded()
    expect([breaker.state(500), breaker.admits(500)]).toEqual(['closed', true])
  })

  test('waits longer after each failure, eight seconds at most', () => {
    expect(broken(4).state(999)).toBe('open')
    expect(broken(4).state(1000)).toBe('half-open')
    expect(broken(40).state(7999)).toBe('open')
    expect(broken(40).state(8000)).toBe('half-open')
  })

  test('does not wait for a probe that was never heard of again', () => {
    const breaker = broken(3)
    expect(breaker.admits(500)).toBe(true)
    expect(breaker.admits(9000)).toBe(true)
  })

  test('is not kept open by a clock that was set back', () => {
    expect(broken(3, 1_000_000).admits(0)).toBe(true)
  })
})

describe('a lease', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const held = async (granted: Lease | Error = true) => {
    const time = { now: 0 }
    const lease = new HeldLease(
      () => time.now,
      () => undefined,
    )
    const lane = {
      lease: async () => {
        time.now += 100
        if (granted instanceof Error) throw granted
        return granted
      },
    }
    await lease.ask(lane).catch(() => undefined)
    return { time, lease, lane }
  }

  test('holds for its time, counted from before it was asked for', async () => {
    const { time, lease } = await held()
    expect(lease.holds()).toBe(true)
    time.now = LEASE_MS - 1
    expect(lease.holds()).toBe(true)
    time.now = LEASE_MS
    expect(lease.holds()).toBe(false)
  })

  test('covers a copy that has what the database had when it was granted, since it was asked for and while it holds', async () => {
    const { time, lease } = await held({ index: 5, term: 11 })
    const at = (index: number, term = 11) => lease.covers({ index, term, at: 0 })
    expect([at(4), at(5), at(6), at(5, 22)]).toEqual([undefined, 0, 0, undefined])
    time.now = LEASE_MS
    expect(at(5)).toBe(undefined)
    const { lease: silent } = await held(true)
    expect(silent.covers({ index: 5, term: 11, at: 0 })).toBe(undefined)
  })

  test('that was not granted, or not answered, is none', async () => {
    expect((await held(false)).lease.holds()).toBe(false)
    expect((await held(new Error('away'))).lease.holds()).toBe(false)
  })

  test('is made no longer by a clock that stands still or is set back', async () => {
    const { time, lease } = await held()
    await vi.advanceTimersByTimeAsync(LEASE_MS)
    expect(lease.holds()).toBe(false)
    const other = await held()
    other.time.now = -5000
    expect(other.lease.holds()).toBe(false)
    expect(time.now).toBe(100)
  })

  test('is none when it was granted after it had run out', async () => {
    const { lease } = await held(false)
    const late = lease.ask({
      lease: async () => {
        await vi.advanceTimersByTimeAsync(LEASE_MS)
        return true
      },
    })
    await late
    expect(lease.holds()).toBe(false)
  })

  test('is renewed by one caller at a time once half of it is over', async () => {
    const { time, lease } = await held()
    expect(lease.wantsRenewal()).toBe(false)
    time.now = LEASE_MS / 2
    expect([lease.wantsRenewal(), lease.wantsRenewal()]).toEqual([true, false])
    time.now += 300
    expect(lease.wantsRenewal()).toBe(true)
  })
})

describe('what a copy lacks', () => {
  const entry = (seq: number, ...bytes: number[]): [number, Uint8Array] => [
    seq,
    packDenials(bytes.map(byte => denial(byte))),
  ]
  const lackedBy = (pending: ReturnType<PendingCache['take']>, bytes = [1, 2, 3, 4]) =>
    pending && bytes.filter(byte => pending.of(new Uint8Array(12).fill(byte)).length > 0)
  const life = 5

  test('comes over once, and what is new is added', () => {
    const cache = new PendingCache()
    const first = cache.take(NOTHING_KNOWN, {
      life,
      from: 10,
      last: 20,
      entries: [entry(10, 1), entry(20, 2)],
    })
    expect(lackedBy(first)).toEqual([1, 2])
    expect(cache.known).toEqual({ life, first: 10, last: 20 })
    const second = cache.take(cache.known, { life, from: 10, last: 30, entries: [entry(30, 3)] })
    expect(lackedBy(second)).toEqual([1, 2, 3])
  })

  test('leaves out what this copy has, and is nothing when it has everything', () => {
    const cache = new PendingCache()
    cache.take(NOTHING_KNOWN, { life, from: 10, last: 20, entries: [entry(10, 1), entry(20, 2)] })
    expect(lackedBy(cache.take(cache.known, { life, from: 20, last: 20, entries: [] }))).toEqual([2])
    const none = cache.take(cache.known, { life, from: 0, last: 0, entries: [] })
    expect([none?.some, lackedBy(none)]).toEqual([false, []])
  })

  test('is asked for anew when what somebody knew was forgotten while they asked', () => {
    const cache = new PendingCache()
    cache.take(NOTHING_KNOWN, { life, from: 10, last: 20, entries: [entry(10, 1), entry(20, 2)] })
    const slow = cache.known
    cache.take(cache.known, { life, from: 20, last: 20, entries: [] })
    // The copy that the slow one asked is older: it lacks what has just been forgotten.
    expect(cache.take(slow, { life, from: 10, last: 20, entries: [] })).toBe(undefined)
    const anew = cache.take(NOTHING_KNOWN, {
      life,
      from: 10,
      last: 20,
      entries: [entry(10, 1), entry(20, 2)],
    })
    expect(lackedBy(anew)).toEqual([1, 2])
  })

  test('in another life of the lane means something else', () => {
    const cache = new PendingCache()
    cache.take(NOTHING_KNOWN, { life, from: 10, last: 20, entries: [entry(10, 1), entry(20, 2)] })
    const next = cache.take(cache.known, { life: 6, from: 10, last: 10, entries: [entry(10, 4)] })
    expect(lackedBy(next)).toEqual([4])
  })

  test('beyond a gap is known from there on only', () => {
    const cache = new PendingCache()
    cache.take(NOTHING_KNOWN, { life, from: 10, last: 20, entries: [entry(10, 1)] })
    cache.take(cache.known, { life, from: 50, last: 60, entries: [entry(50, 3)] })
    expect(cache.known).toEqual({ life, first: 50, last: 60 })
  })
})

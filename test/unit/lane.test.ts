import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { unpackDenials } from '../../core/write/denial.ts'
import { COOL_DOWN_MS, LEASE_MS, LEASES_OVER_MS } from '../../core/write/lease.ts'
import type { WriteOutcome } from '../../core/write/request.ts'
import { SUSPECT_AFTER_MS } from '../../worker/lane/availability-monitor.ts'
import { Lane } from '../../worker/lane/lane.ts'
import { tidy } from '../../worker/lane/tidy.ts'
import { MemoryJournal, MemoryStore, request } from '../support/lane.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const NOTHING_KNOWN = { life: 0, first: 0, last: -1 }

/** A lane, what it writes to, and what it writes down. Another life of it begins on the same two. */
function open(store = new MemoryStore(), journal = new MemoryJournal()) {
  const logged: string[] = []
  const aborted: string[] = []
  let at = 1_000_000
  const lane = new Lane({
    store,
    journal,
    clock: () => at++,
    log: event => logged.push(event),
    abort: why => aborted.push(why),
  })
  return { store, journal, lane, logged, aborted, again: () => open(store, journal) }
}

/** Lets everything happen that needs no waiting. */
const settle = async () => {
  for (let i = 0; i < 30; i++) await new Promise<void>(resolve => setImmediate(resolve))
}
/** Lets time pass, and everything happen that comes of it. */
const pass = async (ms: number) => {
  for (let passed = 0; passed < ms; passed += 50) {
    await vi.advanceTimersByTimeAsync(Math.min(50, ms - passed))
    await settle()
  }
}
const UNTIL_JOURNAL = SUSPECT_AFTER_MS + LEASES_OVER_MS
const says = (outcome: WriteOutcome) =>
  outcome.ok ? (outcome.results ? outcome.results[0]!.rows[0]![0] : 'accepted') : outcome.why
const denied = async (lane: Lane, index: number, term: number) => {
  const lacking = await lane.since({ index, term, at: 0 }, NOTHING_KNOWN)
  return lacking?.entries.flatMap(([, denials]) =>
    unpackDenials(denials).map(({ addressId }) => addressId[0]),
  )
}

describe('acts', () => {
  test('one after another are each applied and each get their own result', async () => {
    const { store, lane } = open()
    for (const name of ['a', 'b', 'c']) expect(says(await lane.commit(request(name)))).toBe(name)
    expect(store.groups).toEqual([['a'], ['b'], ['c']])
    expect(store.asked).toBe(1)
  })

  test('that come while one is on its way go together as the next group, in their order', async () => {
    const { store, lane } = open()
    await settle()
    const names = Array.from({ length: 50 }, (_, i) => `act ${i}`)
    const outcomes = await Promise.all(names.map(name => lane.commit(request(name))))
    expect(outcomes.map(says)).toEqual(names)
    expect(store.groups).toEqual([[names[0]], names.slice(1)])
  })

  test('beyond 4 MiB wait for the group after, and so do those that are kept', async () => {
    const { store, journal, lane } = open()
    await settle()
    store.away = true
    const large = Array.from({ length: 8 }, (_, i) => lane.commit(request(`act ${i}`, { bytes: 2 ** 20 })))
    await pass(UNTIL_JOURNAL)
    expect((await Promise.all(large)).map(says)).toEqual(Array(8).fill('accepted'))
    const held = [...journal.entriesBySeq.values()].map(({ writes }) => writes)
    expect(Math.max(...held)).toBeLessThanOrEqual(4)
    store.away = false
    await pass(5000)
    expect(store.applied).toEqual(large.map((_, i) => `act ${i}`))
    expect(Math.max(...store.groups.map(group => group.length))).toBeLessThanOrEqual(4)
  })

  test('may wait as far as their bytes have room, and large ones are sent away before a click is', async () => {
    const { store, lane } = open()
    await settle()
    store.mishaps = ['hangs']
    const first = lane.commit(request('first'))
    await settle()
    const refused: WriteOutcome[] = []
    const large = Array.from({ length: 100 }, (_, i) =>
      lane
        .commit(request(`large ${i}`, { bytes: 2 ** 20 }))
        .then(outcome => outcome.ok || refused.push(outcome)),
    )
    await settle()
    // Of 48 MiB the last four, which one more would have to have free, and some for who waits for each.
    expect(refused.map(says)).toEqual(Array(100 - 44).fill('unavailable'))
    const clicks = Array.from({ length: 2000 }, (_, i) => lane.commit(request(`click ${i}`)))
    expect(lane.status().depth).toBe(1 + 44 + 2000)
    await pass(UNTIL_JOURNAL)
    expect((await Promise.all(clicks)).map(says)).toEqual(Array(2000).fill('accepted'))
    await Promise.all([first, ...large])
    expect(lane.status().depth).toBe(1 + 44 + 2000)
    const later = lane.commit(request('later', { bytes: 2 ** 20 }))
    await pass(50)
    expect(says(await later)).toBe('accepted')
  })

  test('that are larger than what may wait are taken when nobody waits', async () => {
    const { lane } = open()
    await settle()
    expect(says(await lane.commit(request('huge', { bytes: 2 ** 24 })))).toBe('huge')
  })

  test('beyond 512 statements wait for the group after, and one that is larger goes alone', async () => {
    const { store, lane } = open()
    await settle()
    const sizes = [1, 300, 212, 1, 511, 5000, 1]
    await Promise.all(sizes.map((statements, i) => lane.commit(request(`act ${i}`, { statements }))))
    expect(store.groups.map(group => group.length)).toEqual([1, 2, 2, 1, 1])
    expect(store.applied).toEqual(sizes.map((_, i) => `act ${i}`))
  })

  test('without statements succeed', async () => {
    const { lane } = open()
    expect(await lane.commit(request('', { statements: 0 }))).toEqual({ ok: true, results: [] })
  })

  test('are in the journal before they are answered', async () => {
    const { journal, lane } = open()
    await lane.commit(request('a'))
    expect([...journal.entriesBySeq.values()].map(({ contents, index }) => [contents, index])).toEqual([
      [[request('a').statements], 1],
    ])
  })

  test('are not answered by a lane whose journal cannot be written', async () => {
    const { journal, lane, aborted } = open()
    await settle()
    journal.full = true
    let answered = false
    void lane.commit(request('a')).then(() => {
      answered = true
    })
    await settle()
    expect([answered, aborted]).toEqual([false, ['no space']])
  })
})

describe('a bad act', () => {
  test('is refused, and nothing of it is applied or kept', async () => {
    const { store, journal, lane } = open()
    expect(says(await lane.commit(request('bad')))).toBe('refused')
    expect([store.applied, journal.entriesBySeq.size]).toEqual([[], 0])
    expect(says(await lane.commit(request('good')))).toBe('good')
  })

  test('does not fail its neighbours, and they keep their order', async () => {
    const { store, lane } = open()
    const names = ['first', 'a', 'bad b', 'c', 'bad d', 'e']
    const outcomes = await Promise.all(names.map(name => lane.commit(request(name))))
    expect(outcomes.map(says)).toEqual(['first', 'a', 'refused', 'c', 'refused', 'e'])
    expect(store.applied).toEqual(['first', 'a', 'c', 'e'])
    expect(store.committed).toBe(4)
  })

  test('that was accepted is set aside for people to see, and the others go on', async () => {
    const { store, journal, lane, logged } = open()
    store.away = true
    const acts = ['a', 'bad', 'c'].map(name => lane.commit(request(name)))
    await pass(UNTIL_JOURNAL)
    expect((await Promise.all(acts)).map(says)).toEqual(['accepted', 'accepted', 'accepted'])
    store.away = false
    await pass(5000)
    expect(store.applied).toEqual(['a', 'c'])
    expect(lane.status()).toMatchObject({ deadLetters: 1, depth: 0, availability: 'up' })
    expect([...journal.aside.values()]).toEqual(['refused'])
    expect(logged).toEqual(['lane.set_aside'])
  })
})

describe('when the answer to a commit is lost', () => {
  test.for(['lost before', 'lost after'] as const)('the act is applied exactly once: %s', async how => {
    const { store, lane } = open()
    await lane.commit(request('first'))
    store.mishaps = [how]
    const a = lane.commit(request('a'))
    await pass(500)
    // What is found applied has given its results to nobody.
    expect(says(await a)).toBe(how === 'lost after' ? 'accepted' : 'a')
    expect(says(await lane.commit(request('b')))).toBe('b')
    expect(store.applied).toEqual(['first', 'a', 'b'])
  })

  test('whoever needs the results hears that they are not known', async () => {
    const { store, lane } = open()
    await lane.commit(request('first'))
    store.mishaps = ['lost after']
    const a = lane.commit(request('a', { needsResults: true }))
    await pass(500)
    expect(says(await a)).toBe('unavailable')
    expect(store.applied).toEqual(['first', 'a'])
  })

  test('and it is applied late, while it is sent again, it is applied once', async () => {
    const { store, lane } = open()
    await lane.commit(request('first'))
    store.mishaps = ['lost before']
    const { term } = store
    store.late = undefined
    const a = lane.commit(request('a'))
    await settle()
    store.late = () => store.apply(2, term, ['a'])
    await pass(1000)
    expect(says(await a)).toBe('accepted')
    expect(says(await lane.commit(request('b')))).toBe('b')
    expect(store.applied).toEqual(['first', 'a', 'b'])
  })

  test('another lane’s group of the same number is not taken for it', async () => {
    const { store, lane } = open()
    await lane.commit(request('first'))
    store.mishaps = ['lost before']
    const a = lane.commit(request('a'))
    await settle()
    store.late = () => store.apply(2, 99, ['other'])
    await pass(1000)
    expect(says(await a)).toBe('a')
    expect(store.applied).toEqual(['first', 'other', 'a'])
  })
})

test('another lane that writes makes a group take the next number', async () => {
  const { store, lane } = open()
  await lane.commit(request('a'))
  store.mishaps = ['other writer']
  expect(says(await lane.commit(request('b')))).toBe('b')
  expect(store.applied).toEqual(['a', 'b'])
  expect(store.committed).toBe(3)
})

test('a database that something of its own holds is tried again', async () => {
  const { store, lane } = open()
  store.mishaps = ['busy', 'busy']
  const a = lane.commit(request('a'))
  await pass(300)
  expect(says(await a)).toBe('a')
  expect(store.applied).toEqual(['a'])
})

describe('while the database is away', () => {
  test('an act is answered from the journal only after every lease has run out, and later ones at once', async () => {
    const { store, lane } = open()
    await pass(COOL_DOWN_MS)
    expect(lane.lease()).toBeTruthy()
    store.away = true
    let answered: string | undefined
    void lane.commit(request('a')).then(outcome => {
      answered = String(says(outcome))
    })
    await pass(SUSPECT_AFTER_MS)
    expect([lane.lease(), answered]).toEqual([false, undefined])
    await pass(LEASE_MS)
    expect(answered).toBe(undefined)
    await pass(LEASES_OVER_MS - LEASE_MS)
    expect(answered).toBe('accepted')
    const b = lane.commit(request('b'))
    await pass(10)
    expect(says(await b)).toBe('accepted')
    expect(lane.status()).toMatchObject({ availability: 'degraded', depth: 2 })
  })

  test('whoever needs results is told that there are none, at once when that is known', async () => {
    const { store, lane } = open()
    store.away = true
    const first = lane.commit(request('a', { needsResults: true }))
    await pass(UNTIL_JOURNAL)
    expect(says(await first)).toBe('unavailable')
    expect(says(await lane.commit(request('b', { needsResults: true })))).toBe('unavailable')
    store.away = false
    await pass(5000)
    expect(store.applied).toEqual([])
  })

  test('what was accepted is applied in its order when it is back, and no lease is granted until long after', async () => {
    const { store, lane } = open()
    store.away = true
    const names = Array.from({ length: 20 }, (_, i) => `act ${i}`)
    for (const name of names.slice(0, 5)) void lane.commit(request(name))
    await pass(UNTIL_JOURNAL)
    for (const name of names.slice(5)) {
      void lane.commit(request(name))
      await pass(10)
    }
    store.away = false
    for (let i = 0; store.applied.length < names.length && i < 100; i++) {
      expect(lane.lease()).toBe(false)
      await pass(50)
    }
    expect(store.applied).toEqual(names)
    await pass(COOL_DOWN_MS - 200)
    expect(lane.lease()).toBe(false)
    await pass(400)
    expect(lane.lease()).toBeTruthy()
    expect(lane.status()).toMatchObject({ availability: 'up', depth: 0, oldestAt: null })
  })

  test('nothing is acknowledged without it any more soon after it is back, though clicks never pause', async () => {
    const { store, lane } = open()
    store.away = true
    let clicks = 0
    let clicking = true
    const callers = Array.from({ length: 4 }, async () => {
      while (clicking) expect(await lane.commit(request(`click ${++clicks}`))).toMatchObject({ ok: true })
    })
    await pass(UNTIL_JOURNAL + 2000)
    expect(lane.status()).toMatchObject({ availability: 'degraded' })
    expect(clicks).toBeGreaterThan(100)
    store.away = false
    store.takesMs = 400
    for (let i = 0; i < 100 && lane.status().availability !== 'up'; i++) await pass(store.takesMs)
    expect(lane.status()).toMatchObject({ availability: 'up' })
    const served = clicks
    await pass(10 * store.takesMs)
    expect(clicks).toBeGreaterThan(served)
    expect(lane.status()).toMatchObject({ availability: 'up' })
    clicking = false
    await pass(10 * store.takesMs)
    await Promise.all(callers)
    expect(store.applied).toEqual(Array.from({ length: clicks }, (_, i) => `click ${i + 1}`))
  })

  test('nor where as many come during a group as would fill most of the next', async () => {
    const { store, lane } = open()
    store.away = true
    for (let i = 0; i < 1200; i++) void lane.commit(request(`before ${i}`, { statements: 3 }))
    await pass(UNTIL_JOURNAL)
    store.away = false
    store.takesMs = 100
    let clicking = true
    const callers = Array.from({ length: 120 }, async (_, i) => {
      while (clicking) {
        await lane.commit(request(`click ${i}`, { statements: 3 }))
        await new Promise(resolve => setTimeout(resolve, 10))
      }
    })
    for (let i = 0; i < 300 && lane.status().availability !== 'up'; i++) await pass(100)
    expect(lane.status()).toMatchObject({ availability: 'up' })
    clicking = false
    await pass(5000)
    await Promise.all(callers)
  })

  test('a lane that began while it was away, and is owed nothing, takes writes that need results again', async () => {
    const store = new MemoryStore()
    store.away = true
    const { lane } = open(store)
    const first = lane.commit(request('confirm', { needsResults: true }))
    await pass(UNTIL_JOURNAL)
    expect([says(await first), lane.status().availability]).toEqual(['unavailable', 'degraded'])
    store.away = false
    await pass(10_000)
    expect(says(await lane.commit(request('confirm again', { needsResults: true })))).toBe('confirm again')
  })

  test('a click that comes while it catches up waits no longer than one that comes while it is there', async () => {
    const { store, lane } = open()
    store.away = true
    const names = Array.from({ length: 1200 }, (_, i) => `act ${i}`)
    for (const name of names) void lane.commit(request(name))
    await pass(UNTIL_JOURNAL)
    store.away = false
    store.mishaps = [undefined, 'hangs']
    await pass(2000)
    expect(store.applied.length).toBeGreaterThan(0)
    expect(lane.status()).toMatchObject({ availability: 'degraded' })
    let answered: string | undefined
    void lane.commit(request('a')).then(outcome => {
      answered = String(says(outcome))
    })
    await pass(SUSPECT_AFTER_MS - 50)
    expect(answered).toBe(undefined)
    await pass(50)
    expect(answered).toBe('accepted')
    // Now that it is known not to answer, nobody waits for it.
    const b = lane.commit(request('b'))
    await pass(10)
    expect(says(await b)).toBe('accepted')
  })

  test('a copy is told what it lacks, and one that is too old or not ours is not vouched for', async () => {
    const { store, journal, lane } = open()
    await lane.commit(request('a', { denies: 1 }))
    await lane.commit(request('b', { denies: 2 }))
    const { term } = store
    store.away = true
    void lane.commit(request('c', { denies: 3 }))
    await pass(UNTIL_JOURNAL)
    expect(await denied(lane, 0, 0)).toEqual([1, 2, 3])
    expect(await denied(lane, 1, term)).toEqual([2, 3])
    expect(await denied(lane, 2, term)).toEqual([3])
    for (const [index, stranger] of [
      [1, 12345],
      [0, term],
      [1, 0],
    ] as const)
      expect(await denied(lane, index, stranger), `${index} ${stranger}`).toBe(undefined)
    lane.drop(1, Number.MAX_SAFE_INTEGER)
    expect(journal.floor).toBe(1)
    expect(await denied(lane, 0, 0)).toBe(undefined)
    expect(await denied(lane, 1, term)).toEqual([2, 3])
  })

  test('a copy is told since when it lacks what the database has: what waits for the database makes no copy older', async () => {
    const { store, lane } = open()
    await pass(COOL_DOWN_MS)
    await lane.commit(request('a'))
    const { term } = store
    expect(lane.lease()).toEqual({ index: 1, term })
    const behind = async (index: number) =>
      (await lane.since({ index, term, at: 0 }, NOTHING_KNOWN))!.behindSince
    expect(await behind(1)).toBe(null)
    await lane.commit(request('b', { denies: 2 }))
    const since = await behind(1)
    expect(since).toEqual(expect.any(Number))
    await lane.commit(request('c', { denies: 3 }))
    expect([await behind(1), (await behind(2))! > since!]).toEqual([since, true])
    store.away = true
    void lane.commit(request('d', { denies: 4 }))
    await pass(UNTIL_JOURNAL)
    expect([lane.lease(), await behind(3), await behind(1)]).toEqual([false, null, since])
    expect(await denied(lane, 3, term)).toEqual([4])
  })

  test('a lane that never met its database vouches for no copy', async () => {
    const store = new MemoryStore()
    store.away = true
    const { lane } = open(store)
    const asked = denied(lane, 0, 0)
    await pass(3000)
    expect(await asked).toBe(undefined)
  })
})

describe('a lane that is killed and begins again', () => {
  test('goes on with what it had accepted, by itself', async () => {
    const { store, lane, again } = open()
    await lane.commit(request('a'))
    store.away = true
    void lane.commit(request('b', { denies: 2 }))
    await pass(UNTIL_JOURNAL)
    const next = again()
    expect(next.lane.status()).toMatchObject({ depth: 1, availability: 'suspect' })
    expect(await denied(next.lane, 1, store.term)).toEqual([2])
    store.away = false
    await pass(3000)
    expect(store.applied).toEqual(['a', 'b'])
  })

  test('after the database had a group and before it knew, does not send it again', async () => {
    const { store, lane, again } = open()
    await lane.commit(request('a'))
    store.mishaps = ['lost after']
    void lane.commit(request('b'))
    await settle()
    store.mishaps = []
    again()
    await pass(1000)
    expect(store.applied).toEqual(['a', 'b'])
  })

  test('while a group is on its way that arrives later, applies it once', async () => {
    const { store, lane, again } = open()
    await lane.commit(request('a'))
    const { term } = store
    store.mishaps = ['hangs']
    void lane.commit(request('b'))
    await settle()
    const next = again()
    // It arrives between the question where the database stands and the group that is sent again.
    store.late = () => store.apply(2, term, ['b'])
    await pass(1000)
    expect(says(await next.lane.commit(request('c')))).toBe('c')
    expect(store.applied).toEqual(['a', 'b', 'c'])
  })

  test('before the journal had a group that the database has, takes nothing else for it', async () => {
    const { store, journal, lane, again } = open()
    await lane.commit(request('a'))
    const { term } = store
    const before = new Map(journal.entriesBySeq)
    store.mishaps = ['hangs']
    void lane.commit(request('lost'))
    await settle()
    // What was not written to the end is not there in the next life; nobody was told that it would be.
    journal.entriesBySeq = before
    const next = again()
    await settle()
    store.late = () => store.apply(2, term, ['lost'])
    const b = next.lane.commit(request('b'))
    await pass(1000)
    expect(says(await b)).toBe('b')
    expect(store.applied).toEqual(['a', 'lost', 'b'])
  })

  test('grants no lease and answers nothing from the journal before a former life’s leases have run out', async () => {
    const { store, again } = open()
    await pass(COOL_DOWN_MS)
    store.away = true
    const { lane } = again()
    expect(lane.lease()).toBe(false)
    let answered = false
    void lane.commit(request('a')).then(() => {
      answered = true
    })
    await pass(LEASES_OVER_MS)
    expect([lane.lease(), answered]).toEqual([false, false])
    await pass(SUSPECT_AFTER_MS)
    expect(answered).toBe(true)
  })

  test('tells callers everything, whatever they say they know of a former life', async () => {
    const { store, lane, again } = open()
    store.away = true
    void lane.commit(request('a', { denies: 1 }))
    await pass(UNTIL_JOURNAL)
    const next = again()
    store.away = false
    await pass(3000)
    const old = await next.lane.since({ index: 0, term: 0, at: 0 }, { life: 5, first: 0, last: 1e9 })
    expect(old?.entries).toHaveLength(1)
  })
})

describe('a database that has lost groups it had acknowledged', () => {
  test.for(['noticed at the next act', 'noticed by the next life'] as const)(
    'gets them again: %s',
    async how => {
      const { store, lane, logged, again } = open()
      for (const [i, name] of ['a', 'b', 'c'].entries()) await lane.commit(request(name, { denies: i + 1 }))
      const { term } = store
      // What a power loss leaves of a primary that does not write each commit through.
      store.groups.splice(1)
      store.committed = 1
      if (how === 'noticed by the next life') {
        const next = again()
        await pass(1000)
        expect(next.logged).toEqual(['lane.database_lost_groups'])
      } else {
        const d = lane.commit(request('d'))
        await pass(1000)
        await d
        expect(logged).toEqual(['lane.database_lost_groups'])
        expect(lane.status().lost).toBe(1)
      }
      expect(store.applied.slice(0, 3)).toEqual(['a', 'b', 'c'])
      expect(new Set(store.applied).size).toBe(store.applied.length)
      // A copy that still has what was lost stands in a history that is void.
      if (how === 'noticed at the next act') expect(await denied(lane, 3, term)).toBe(undefined)
    },
  )
})

describe('what is kept', () => {
  const filled = async () => {
    const opened = open()
    for (const name of ['a', 'b', 'c']) await opened.lane.commit(request(name))
    return { ...opened, term: opened.store.term, later: 1_000_000 + 10 * 60_000 }
  }

  test('stays for longer than two of the primary’s checkpoints', async () => {
    const { lane, journal } = await filled()
    tidy(lane, undefined, 1_000_000 + 120_000)
    expect(journal.entriesBySeq.size).toBe(3)
    tidy(lane, undefined, 1_000_000 + 200_000)
    expect(journal.entriesBySeq.size).toBe(0)
  })

  test('stays until a replica has it, and no longer', async () => {
    const { lane, journal, term, later } = await filled()
    for (const marks of [[], [{ index: 0, term: 0, at: 0 }], [{ index: 3, term: 77, at: 0 }]])
      tidy(lane, marks, later)
    expect(journal.entriesBySeq.size).toBe(3)
    tidy(lane, [{ index: 2, term, at: 0 }], later)
    expect([...journal.entriesBySeq.values()].map(({ index }) => index)).toEqual([3])
  })

  test('is not dropped while it is not in the database', async () => {
    const { store, lane, journal, later } = await filled()
    store.away = true
    void lane.commit(request('d'))
    await pass(UNTIL_JOURNAL)
    tidy(lane, undefined, later)
    expect([...journal.entriesBySeq.values()].map(({ index }) => index)).toEqual([4])
  })
})

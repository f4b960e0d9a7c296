import { describe, expect, test } from 'vitest'
import type { Act, Outcome } from '../../db/commit.ts'
import { GroupCommit, type GroupStore } from '../../worker/lane/group-commit.ts'

/** What can go wrong with one commit, in the order of the commits. */
type Mishap = 'lost before' | 'lost after' | 'other writer' | 'busy' | undefined

/**
 * A database as the lane sees it, kept in memory: a group is applied whole or not at all, and only on top of the one before it.
 * An act that holds `bad` is refused.
 */
class MemoryStore implements GroupStore {
  readonly applied: string[] = []
  readonly groups: string[][] = []
  committed = 0
  asked = 0
  mishaps: Mishap[] = []
  lastGroupFails = 0
  /** Applied before the next group that comes: what an earlier, lost request still does. */
  late: (() => void) | undefined

  async lastGroup(): Promise<number> {
    await turn()
    this.asked++
    if (this.lastGroupFails-- > 0) throw new Error('unknown')
    return this.committed
  }

  async commitGroup(number: number, acts: Act[]) {
    await turn()
    this.late?.()
    this.late = undefined
    const mishap = this.mishaps.shift()
    if (mishap === 'lost before') throw new Error('unknown')
    if (mishap === 'busy') throw new Error('busy')
    if (mishap === 'other writer') this.committed++
    if (number !== this.committed + 1) throw new Error('out_of_turn')
    const names = acts.map(act => act.map(({ sql }) => sql).join(' '))
    if (names.some(name => name.includes('bad'))) throw new Error('refused')
    this.committed = number
    this.applied.push(...names)
    this.groups.push(names)
    if (mishap === 'lost after') throw new Error('unknown')
    return acts.map((act, i) => act.map(() => ({ rows: [[names[i]!]], affected: 1 })))
  }

  verdict(error: unknown) {
    return (error as Error).message as 'refused' | 'out_of_turn' | 'busy' | 'unknown'
  }
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))
const act = (name: string, statements = 1): Act =>
  Array.from({ length: statements }, (_, i) => ({ sql: i === 0 ? name : '', args: [] }))
const open = () => {
  const store = new MemoryStore()
  return { store, lane: new GroupCommit(store) }
}
const says = (outcome: Outcome) => (outcome.ok ? outcome.results[0]!.rows[0]![0] : outcome.why)

describe('acts', () => {
  test('one after another are each applied and each get their own result', async () => {
    const { store, lane } = open()
    for (const name of ['a', 'b', 'c']) expect(says(await lane.commit(act(name)))).toBe(name)
    expect(store.groups).toEqual([['a'], ['b'], ['c']])
    expect(store.committed).toBe(3)
    expect(store.asked).toBe(1)
  })

  test('that come while one is on its way go together as the next group, in their order', async () => {
    const { store, lane } = open()
    const names = Array.from({ length: 50 }, (_, i) => `act ${i}`)
    const outcomes = await Promise.all(names.map(name => lane.commit(act(name))))
    expect(outcomes.map(says)).toEqual(names)
    expect(store.groups).toEqual([[names[0]], names.slice(1)])
  })

  test('beyond 512 statements wait for the group after', async () => {
    const { store, lane } = open()
    const sizes = [1, 300, 212, 1, 511, 2, 1]
    await Promise.all(sizes.map((size, i) => lane.commit(act(`act ${i}`, size))))
    expect(store.groups.map(group => group.length)).toEqual([1, 2, 2, 2])
    expect(store.applied.map(name => name.trim())).toEqual(sizes.map((_, i) => `act ${i}`))
  })

  test('larger than any group go alone', async () => {
    const { store, lane } = open()
    await Promise.all([lane.commit(act('a')), lane.commit(act('huge', 5000)), lane.commit(act('b'))])
    expect(store.groups.map(group => group.map(name => name.trim()))).toEqual([['a'], ['huge'], ['b']])
  })

  test('without statements succeed', async () => {
    const { lane } = open()
    expect(await lane.commit([])).toEqual({ ok: true, results: [] })
  })

  test('that come after the queue was empty for a while are taken up', async () => {
    const { store, lane } = open()
    await lane.commit(act('a'))
    for (let i = 0; i < 10; i++) await turn()
    expect(says(await lane.commit(act('b')))).toBe('b')
    expect(store.applied).toEqual(['a', 'b'])
  })
})

describe('a bad act', () => {
  test('is refused, and nothing of it is applied', async () => {
    const { store, lane } = open()
    expect(says(await lane.commit(act('bad')))).toBe('refused')
    expect(store.applied).toEqual([])
    expect(says(await lane.commit(act('good')))).toBe('good')
  })

  test('does not fail its neighbours, and they keep their order', async () => {
    const { store, lane } = open()
    const names = ['first', 'a', 'bad b', 'c', 'bad d', 'e']
    const outcomes = await Promise.all(names.map(name => lane.commit(act(name))))
    expect(outcomes.map(says)).toEqual(['first', 'a', 'refused', 'c', 'refused', 'e'])
    expect(store.applied).toEqual(['first', 'a', 'c', 'e'])
    expect(store.committed).toBe(4)
  })
})

describe('when the answer to a commit is lost', () => {
  test.for(['lost before', 'lost after'] as const)(
    'it never looks done, and is not tried again: %s',
    async how => {
      const { store, lane } = open()
      store.mishaps = [how]
      expect(says(await lane.commit(act('a')))).toBe('unavailable')
      expect(store.applied).toEqual(how === 'lost after' ? ['a'] : [])
      expect(says(await lane.commit(act('b')))).toBe('b')
      expect(store.applied.filter(name => name === 'a').length).toBeLessThanOrEqual(1)
      expect(store.asked).toBe(2)
    },
  )

  test('the whole group is unknown, and the next is counted from what the database says', async () => {
    const { store, lane } = open()
    store.mishaps = [undefined, 'lost after']
    const outcomes = await Promise.all(['a', 'b', 'c'].map(name => lane.commit(act(name))))
    expect(outcomes.map(says)).toEqual(['a', 'unavailable', 'unavailable'])
    expect(says(await lane.commit(act('d')))).toBe('d')
    expect(store.applied).toEqual(['a', 'b', 'c', 'd'])
  })

  test('and it is applied late, after the number was read, the next gives way and is applied once', async () => {
    const { store, lane } = open()
    store.mishaps = ['lost before']
    expect(says(await lane.commit(act('late')))).toBe('unavailable')
    store.late = () => {
      store.committed++
      store.applied.push('late')
    }
    expect(says(await lane.commit(act('next')))).toBe('next')
    expect(store.applied).toEqual(['late', 'next'])
    expect(store.committed).toBe(2)
  })
})

describe('when another lane writes', () => {
  test('a group that comes out of turn takes the next number, once', async () => {
    const { store, lane } = open()
    await lane.commit(act('a'))
    store.committed = 10
    expect(says(await lane.commit(act('b')))).toBe('b')
    expect(store.committed).toBe(11)
    expect(store.applied).toEqual(['a', 'b'])
  })

  test('a group that comes out of turn twice is given up, not applied, and said to be unknown', async () => {
    const { store, lane } = open()
    store.mishaps = ['other writer', 'other writer']
    expect(says(await lane.commit(act('a')))).toBe('unavailable')
    expect(store.applied).toEqual([])
    expect(says(await lane.commit(act('b')))).toBe('b')
  })

  test('a group with a bad act that comes out of turn is still taken apart', async () => {
    const { store, lane } = open()
    store.mishaps = [undefined, 'other writer']
    const outcomes = await Promise.all(['a', 'b', 'bad', 'c'].map(name => lane.commit(act(name))))
    expect(outcomes.map(says)).toEqual(['a', 'b', 'refused', 'c'])
    expect(store.applied).toEqual(['a', 'b', 'c'])
  })
})

describe('while another writer holds the database', () => {
  test('a group waits and is sent again, as the same group, and is applied once', async () => {
    const { store, lane } = open()
    store.mishaps = ['busy', 'busy']
    expect(says(await lane.commit(act('a')))).toBe('a')
    expect(store.applied).toEqual(['a'])
    expect(store.asked).toBe(1)
  })

  test('for too long, an act is unavailable, not applied, and the next one goes through', async () => {
    const { store, lane } = open()
    store.mishaps = ['busy', 'busy', 'busy', 'busy', 'busy']
    expect(says(await lane.commit(act('a')))).toBe('unavailable')
    expect(says(await lane.commit(act('b')))).toBe('b')
    expect(store.applied).toEqual(['b'])
  })
})

test('while the database does not say where it stands, acts are unavailable, and later ones are tried anew', async () => {
  const { store, lane } = open()
  store.lastGroupFails = 1
  expect(says(await lane.commit(act('a')))).toBe('unavailable')
  expect(says(await lane.commit(act('b')))).toBe('b')
  expect(store.applied).toEqual(['b'])
})

test('whatever goes wrong in whatever order, nothing is applied twice, and what is said to be done is', async () => {
  const { store, lane } = open()
  store.mishaps = Array.from(
    { length: 120 },
    (_, i) =>
      (['lost after', undefined, 'other writer', 'lost before', undefined, 'lost after'] as const)[
        (i * 7) % 6
      ],
  )
  const names = Array.from({ length: 200 }, (_, i) => (i % 9 === 4 ? `bad ${i}` : `act ${i}`))
  const outcomes: Outcome[] = []
  for (let i = 0; i < names.length; i += 5)
    outcomes.push(...(await Promise.all(names.slice(i, i + 5).map(name => lane.commit(act(name))))))
  expect(new Set(store.applied).size).toBe(store.applied.length)
  const done = names.filter((_, i) => outcomes[i]!.ok)
  expect(done.length).toBeGreaterThan(20)
  expect(store.applied.filter(name => done.includes(name))).toEqual(done)
  expect(store.applied.some(name => name.startsWith('bad'))).toBe(false)
})

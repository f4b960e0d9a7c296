import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WriteOutcome } from '../../core/write/request.ts'
import { Intake } from '../../worker/lane/intake.ts'
import { Lane } from '../../worker/lane/lane.ts'
import { MemoryJournal, MemoryStore, request } from '../support/lane.ts'

const bulk = (name: string) => request(name, { bulk: true, bytes: 1000 })
const nameOf = (statement: string | undefined): string => JSON.parse(statement!).sql
/** An intake, what to add to it by name, and the names of the group that goes next. */
function intake() {
  const waiting = new Intake()
  let at = 0
  return {
    waiting,
    batch: (name: string) => waiting.add(bulk(name), ++at, () => undefined),
    click: (name: string, statements = 1) =>
      waiting.add(request(name, { statements }), ++at, () => undefined),
    next: () => waiting.takeGroup().map(({ request }) => nameOf(request.statements[0])),
  }
}

describe('of what waits for its group', () => {
  test('every click goes before the batch of an import that waits, whichever came first', () => {
    const { waiting, batch, click, next } = intake()
    batch('lines')
    for (const name of ['a', 'b', 'c']) click(name)
    expect([waiting.length, waiting.othersCame(1), waiting.oldestAt]).toEqual([4, true, 1])
    expect(next()).toEqual(['a', 'b', 'c'])
    expect([waiting.length, waiting.othersCame(2000), waiting.oldestAt]).toEqual([1, false, 1])
    expect(next()).toEqual(['lines'])
    expect([waiting.length, waiting.oldestAt]).toEqual([0, undefined])
  })

  test('batches of imports go alone and in their order, and clicks between them', () => {
    const { batch, click, next } = intake()
    for (const name of ['one', 'two', 'three']) batch(name)
    expect(next()).toEqual(['one'])
    click('a')
    expect([next(), next(), next(), next()]).toEqual([['a'], ['two'], ['three'], []])
  })

  test('a batch has its turn after eight groups of clicks, however many still wait, and the next after eight more', () => {
    const { batch, click, next } = intake()
    for (const name of ['one', 'two']) batch(name)
    for (let i = 0; i < 30; i++) click(`click ${i}`, 512)
    const groups = Array.from({ length: 32 }, () => next().join())
    expect([groups.indexOf('one'), groups.indexOf('two')]).toEqual([8, 17])
    expect(groups.filter(name => name.startsWith('click'))).toEqual(
      Array.from({ length: 30 }, (_, i) => `click ${i}`),
    )
  })

  test('groups that went before any batch came are not counted', () => {
    const { batch, click, next } = intake()
    for (let i = 0; i < 20; i++) click(`click ${i}`, 512)
    for (let i = 0; i < 10; i++) next()
    batch('lines')
    const groups = Array.from({ length: 10 }, () => next().join())
    expect(groups.indexOf('lines')).toBe(8)
  })
})

describe('a lane', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function open(store = new MemoryStore(), journal = new MemoryJournal()) {
    let at = 1_000_000
    return {
      store,
      later: (ms: number) => {
        at += ms
      },
      lane: new Lane({ store, journal, clock: () => at++, log: () => undefined, abort: () => undefined }),
    }
  }
  const settle = async () => {
    for (let i = 0; i < 30; i++) await new Promise<void>(resolve => setImmediate(resolve))
  }
  const waited = (outcome: WriteOutcome) => (outcome.ok ? outcome.othersWaited : outcome.why)

  test('lets a click wait for the batch under way, and for none that waits, and applies everything once', async () => {
    const { store, lane } = open()
    await settle()
    const batches = ['one', 'two', 'three'].map(name => lane.commit(bulk(name)))
    const clicks = ['a', 'b', 'c'].map(name => lane.commit(request(name)))
    await Promise.all([...batches, ...clicks])
    expect(store.groups).toEqual([['one'], ['a', 'b', 'c'], ['two'], ['three']])
  })

  test('tells a batch whether others wrote meanwhile or shortly before, though none waited, and each of two imports', async () => {
    const { lane, later } = open()
    await settle()
    const answers = []
    for (const write of [bulk('one'), request('a'), bulk('two'), bulk('other two')])
      answers.push(waited(await lane.commit(write)))
    later(2000)
    answers.push(waited(await lane.commit(bulk('three'))))
    expect(answers).toEqual([false, undefined, true, true, false])
  })

  test('tells a batch that clicks waited for it', async () => {
    const { lane } = open()
    await settle()
    const [one, click, two, three] = await Promise.all([
      lane.commit(bulk('one')),
      lane.commit(request('a')),
      lane.commit(bulk('two')),
      lane.commit(bulk('three')),
    ])
    expect([one, click, two, three].map(waited)).toEqual([true, undefined, true, true])
  })

  test('serves importers and clicks beside each other: no click waits for two batches, and nothing is lost', async () => {
    const { store, lane } = open()
    await settle()
    const importing = Array.from({ length: 3 }, async (_, importer) => {
      for (let i = 0; i < 10; i++)
        expect(await lane.commit(bulk(`batch ${importer} ${i}`))).toMatchObject({ ok: true })
    })
    const clicking = Array.from({ length: 16 }, async (_, caller) => {
      for (let i = 0; i < 20; i++) {
        const before = store.groups.length
        expect(await lane.commit(request(`click ${caller} ${i}`))).toMatchObject({ ok: true })
        const between = store.groups.slice(before).filter(([name]) => name!.startsWith('batch'))
        expect(between.length).toBeLessThanOrEqual(1)
      }
    })
    await Promise.all([...importing, ...clicking])
    expect(new Set(store.applied).size).toBe(3 * 10 + 16 * 20)
    expect(store.applied).toHaveLength(3 * 10 + 16 * 20)
    for (let importer = 0; importer < 3; importer++)
      expect(store.applied.filter(name => name.startsWith(`batch ${importer}`))).toEqual(
        Array.from({ length: 10 }, (_, i) => `batch ${importer} ${i}`),
      )
  })

  test('refuses a batch while the database is away, and acknowledges clicks from its journal', async () => {
    const { store, lane } = open()
    await settle()
    store.away = true
    const [batch, click] = [lane.commit(bulk('lines')), lane.commit(request('a'))]
    await vi.advanceTimersByTimeAsync(10_000)
    await settle()
    expect(waited(await batch)).toBe('unavailable')
    expect(await click).toEqual({ ok: true, results: undefined })
    store.away = false
    await vi.advanceTimersByTimeAsync(10_000)
    await settle()
    // The batch was under way when the database went, so it may have been applied: its importer looks before it sends it again.
    expect(store.applied).toEqual(['lines', 'a'])
  })
})

import { describe, expect, test } from 'vitest'
import type { WaitingDelivery } from '../../db/webhook-delivery.ts'
import { batchOf, type Item, roomFor } from '../../worker/webhook/batch.ts'

const NOW = 1000
const idOf = (name: string) => (name === '' ? null : new TextEncoder().encode(name))
const event = (seq: number, name: string): Item => ({ seq, addressId: idOf(name) })
const waits = (seq: number, name: string, dueAt = NOW): WaitingDelivery => ({
  ...event(seq, name),
  attempts: 1,
  firstAt: 0,
  dueAt,
})
const shape = (failures: number, waiting: WaitingDelivery[], fresh: Item[]) => {
  const { chains, held } = batchOf(failures, waiting, fresh, NOW)
  return { chains: chains.map(chain => chain.map(({ seq }) => seq)), held: held.map(({ seq }) => seq) }
}

describe('a batch', () => {
  test('takes each recipient’s events one after another, and recipients side by side', () => {
    const fresh = [event(1, 'ada'), event(2, 'bob'), event(3, 'ada'), event(4, 'bob')]
    expect(shape(0, [], fresh)).toEqual({
      chains: [
        [1, 3],
        [2, 4],
      ],
      held: [],
    })
  })

  test('takes events about nobody in order too', () => {
    expect(shape(0, [], [event(1, ''), event(2, 'ada'), event(3, '')]).chains).toEqual([[1, 3], [2]])
  })

  test('holds back what comes after an event that waits, of that recipient only', () => {
    const fresh = [event(8, 'ada'), event(9, 'bob')]
    expect(shape(0, [waits(5, 'ada', NOW + 1)], fresh)).toEqual({ chains: [[9]], held: [8] })
  })

  test('begins with what waits once it is due, and everything behind it follows, due or not', () => {
    const waiting = [waits(5, 'ada'), waits(6, 'ada', NOW + 99), waits(7, 'bob', NOW + 1)]
    expect(shape(0, waiting, [event(8, 'ada')])).toEqual({ chains: [[5, 6, 8]], held: [] })
  })

  test('is one event for a receiver that is down, due or not', () => {
    const waiting = [waits(5, 'ada', NOW + 99), waits(6, 'bob')]
    expect(shape(5, waiting, [])).toEqual({ chains: [[5]], held: [] })
    expect(shape(5, [], [event(8, 'ada')])).toEqual({ chains: [[8]], held: [] })
  })

  test('takes up at most fifty that wait, and lets nobody overtake those it leaves', () => {
    const waiting = Array.from({ length: 60 }, (_, i) => waits(i, `r${i % 30}`))
    const { chains, held } = shape(0, waiting, [event(70, 'r25'), event(71, 'r2'), event(72, 'new')])
    expect(chains.flat().filter(seq => seq < 60)).toHaveLength(50)
    expect(chains.find(([first]) => first === 2)).toEqual([2, 32, 71])
    expect(held).toEqual([70])
    expect(chains.at(-1)).toEqual([72])
  })
})

describe('there is room for new events', () => {
  test.for<[what: string, failures: number, waiting: number, room: number]>([
    ['while all is well', 0, 0, 50],
    ['until a thousand wait', 0, 960, 40],
    ['and none beyond', 0, 1000, 0],
    ['nor for a receiver that is down', 5, 3, 0],
    ['unless there is nothing else to try it with', 5, 0, 1],
  ])('%s', ([, failures, waiting, room]) => expect(roomFor(failures, waiting)).toBe(room))
})

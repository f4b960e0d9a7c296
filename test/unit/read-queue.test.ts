import { describe, expect, test } from 'vitest'
import { type QueuedRead, ReadQueue } from '../../worker/lane/read-queue.ts'

const SMALL = '{"sql":"SELECT 1","args":[]}'

/** A queue whose reads are named by their tenants, `others` for those of nobody's. */
function queueOf(...reads: [tenant: number | undefined, statements?: string[]][]): ReadQueue {
  const queue = new ReadQueue()
  for (const [tenant, statements = [SMALL]] of reads)
    queue.add({ tenant, statements, at: 0, settle: () => undefined })
  return queue
}

const times = (count: number, tenant: number | undefined): [number | undefined][] =>
  Array.from({ length: count }, () => [tenant])
const names = (group: QueuedRead[]) => group.map(({ tenant }) => tenant ?? 'others')

describe('the next pipeline', () => {
  test('takes reads of one tenant in the order in which they came', () => {
    const queue = queueOf([1, ['a']], [1, ['b']], [1, ['c']])
    expect(queue.takeGroup().map(({ statements }) => statements[0])).toEqual(['a', 'b', 'c'])
    expect(queue.takeGroup()).toEqual([])
  })

  test('has the one read of a tenant beside four hundred of another', () => {
    const queue = queueOf(...times(400, 1), [2])
    expect(names(queue.takeGroup()).slice(0, 2)).toEqual([1, 2])
  })

  test('gives tenants a place each in turn, and every second place to recipients', () => {
    const queue = queueOf(...times(3, 1), ...times(2, 2), [3], ...times(3, undefined))
    expect(names(queue.takeGroup())).toEqual(['others', 1, 'others', 2, 'others', 3, 1, 2, 1])
  })

  test('has one read of many tenants before the second of any', () => {
    const tenants = Array.from({ length: 20 }, (_, i) => i + 1)
    const queue = queueOf(...tenants.flatMap(tenant => times(5, tenant)))
    expect(names(queue.takeGroup()).slice(0, 20)).toEqual(tenants)
  })

  test('ends with 256 statements or 256 KiB of them, and the rest comes with the one after', () => {
    const many = queueOf(...times(300, 1))
    expect([many.takeGroup().length, many.takeGroup().length, many.takeGroup().length]).toEqual([256, 44, 0])
    const four = [SMALL, SMALL, SMALL, SMALL]
    const several = queueOf(...Array.from({ length: 65 }, (): [number, string[]] => [1, four]))
    expect([several.takeGroup().length, several.takeGroup().length]).toEqual([64, 1])
    const large = queueOf(...Array.from({ length: 5 }, (): [number, string[]] => [1, ['x'.repeat(2 ** 17)]]))
    expect([1, 2, 3].map(() => large.takeGroup().length)).toEqual([2, 2, 1])
  })
})

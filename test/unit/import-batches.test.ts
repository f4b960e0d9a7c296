import { expect, test } from 'vitest'
import { BatchSize, batches } from '../../worker/suppression/batches.ts'
import type { RawRecord } from '../../worker/suppression/cutter.ts'

/** Returns how many records stand in each batch of some that have so many lines and bytes; others write meanwhile or do not. */
async function sizes(
  count: number,
  lines: number,
  bytes: number,
  othersWrote: (boolean | undefined)[] = [],
): Promise<number[]> {
  async function* pieces(): AsyncGenerator<RawRecord[]> {
    for (let i = 0; i < count; i++) {
      const line = 1 + i * lines
      yield [{ line, end: { offset: (i + 1) * bytes, line: line + lines }, bytes: new Uint8Array(bytes) }]
    }
  }
  const found: number[] = []
  const size = new BatchSize()
  for await (const { records } of batches(pieces(), size)) {
    found.push(records.length)
    size.adapt(othersWrote.shift())
  }
  return found
}

test('a batch has 500 lines where nothing is known of others', async () => {
  expect(await sizes(1001, 1, 20)).toEqual([500, 500, 1])
})

test('a record of several lines counts as so many, since they may be lines of their own', async () => {
  expect(await sizes(5, 200, 20)).toEqual([2, 2, 1])
  expect(await sizes(2, 9000, 65536)).toEqual([1, 1])
})

test('a batch of long lines ends before it fills the memory', async () => {
  expect(await sizes(150, 1, 65536)).toEqual([64, 64, 22])
})

test('no records are one batch', async () => {
  expect(await sizes(0, 1, 20)).toEqual([0])
})

test('batches grow to 5,000 lines while nobody else writes', async () => {
  expect(await sizes(22_000, 1, 20, Array(9).fill(false))).toEqual([500, 1500, 2500, 3500, 4500, 5000, 4500])
})

test('batches halve down to 200 lines while others write, and grow again slowly at first', async () => {
  const wrote = [false, ...Array<boolean>(4).fill(true), ...Array<boolean>(5).fill(false), true]
  expect(await sizes(9000, 1, 20, wrote)).toEqual([500, 1500, 750, 375, 200, 200, 300, 500, 900, 1700, 2075])
})

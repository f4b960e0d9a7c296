import { expect, test } from 'vitest'
import { batches } from '../../worker/suppression/batches.ts'
import type { RawRecord } from '../../worker/suppression/cutter.ts'

/** Returns how many records stand in each batch of some that have so many lines and bytes. */
async function sizes(count: number, lines: number, bytes: number): Promise<number[]> {
  async function* pieces(): AsyncGenerator<RawRecord[]> {
    for (let i = 0; i < count; i++) {
      const line = 1 + i * lines
      yield [{ line, end: { offset: (i + 1) * bytes, line: line + lines }, bytes: new Uint8Array(bytes) }]
    }
  }
  const found: number[] = []
  for await (const { records } of batches(pieces())) found.push(records.length)
  return found
}

test('a batch has at most 2,000 lines', async () => {
  expect(await sizes(4001, 1, 20)).toEqual([2000, 2000, 1])
})

test('a record of several lines counts as so many, since they may be lines of their own', async () => {
  expect(await sizes(5, 900, 20)).toEqual([2, 2, 1])
  expect(await sizes(2, 9000, 65536)).toEqual([1, 1])
})

test('a batch of long lines ends before it fills the memory', async () => {
  expect(await sizes(150, 1, 65536)).toEqual([64, 64, 22])
})

test('no records are one batch', async () => {
  expect(await sizes(0, 1, 20)).toEqual([0])
})

import { expect, test } from 'vitest'
import type { Statement } from '../../core/write/statement.ts'
import type { Tally } from '../../db/statistic.ts'
import type { ActorContext } from '../../worker/call/context.ts'
import { countEvents } from '../../worker/ledger/count.ts'

/** Runs the count over a ledger of so many events, each batch taking so long, and returns the places it moved to. */
async function run(events: number, batchMs = 0): Promise<number[]> {
  const places: number[] = []
  let [now, at] = [0, 0]
  const floe = {
    clock: () => now,
    db: {
      async read(freshness: string, [query]: [Statement]): Promise<[Tally]> {
        expect(freshness).toBe('fresh')
        const taken = Math.min(Number(query.args[0]), events - at)
        now += batchMs
        return [{ after: at, last: at + taken, events: taken, sums: '[]' }]
      },
      async commit([, moved]: [Statement, Statement], needs: string) {
        expect(needs).toBe('results')
        at = Number(moved.args[0])
        places.push(at)
      },
    },
  }
  await countEvents(floe as unknown as ActorContext)
  return places
}

test('where nothing happened nothing is written', async () => {
  expect(await run(0)).toEqual([])
})

test('a run goes on while its batches are full', async () => {
  expect(await run(4999)).toEqual([4999])
  expect(await run(5000)).toEqual([5000])
  expect(await run(10_001)).toEqual([5000, 10_000, 10_001])
})

test('a run ends after 200,000 events, or begins no batch after ten seconds, and leaves the rest to the next', async () => {
  const all = await run(1_000_000)
  expect([all.length, all.at(-1)]).toEqual([40, 200_000])
  expect(await run(1_000_000, 4000)).toEqual([5000, 10_000, 15_000])
  expect(await run(1_000_000, 5000)).toEqual([5000, 10_000])
})

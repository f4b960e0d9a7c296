import { expect } from 'vitest'
import { sendList } from '../support/list.ts'
import { wideTest as test } from '../support/world.ts'

const LINES = 1_000_000

test('a million lines are answered, each once and in order, and no more of the list is held than a few batches', async ({
  world,
}) => {
  const entries = Array.from({ length: 1000 }, (_, i) => ({
    address: `r${i * 1000}@example.com`,
    scope: 'workspace',
    reason: 'manual',
  }))
  await world.call('/v1/suppressions', { entries })
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === LINES) return controller.close()
      const lines = Array.from({ length: 1000 }, (_, i) => `r${sent + i}@example.com\n`)
      sent += lines.length
      controller.enqueue(Buffer.from(lines.join('')))
    },
  })
  const before = await world.holdings()
  const answer = await sendList(world, 'match', body, { query: '?format=csv' })
  let [answered, suppressed, ahead] = [-1, 0, 0]
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\r\n')
    rest = lines.pop()!
    for (const line of lines) {
      const [, address, , state] = line.split(',')
      const expected = answered < 0 ? 'address' : `r${answered}@example.com`
      if (address !== expected) expect(address).toBe(expected)
      if (state === 'suppressed') suppressed++
      answered++
    }
    ahead = Math.max(ahead, sent - answered)
  }
  expect([answered, suppressed, rest]).toEqual([LINES, 1000, ''])
  expect(ahead).toBeLessThan(LINES / 4)
  expect(await world.holdings()).toEqual(before)
})

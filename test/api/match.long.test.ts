import { expect } from 'vitest'
import { saidOf, sendList } from '../support/list.ts'
import { answered, wideTest as test } from '../support/world.ts'

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

test.for([9990, 10_500])(
  'a list of %i lines that a quote in the wrong place makes one record is taken and answered whole',
  async (lines, { world }) => {
    const letter = (i: number) => String.fromCharCode(97 + (i % 26))
    const all = Array.from({ length: lines }, (_, i) => `${letter(i)}@${letter(i / 26)}.${letter(i / 676)}`)
    const oneRecord = (some: string[]) => `email,note\nx@example.com,;"\n${some.join('\n')}\n;"\n`
    const imported = await saidOf(world, 'import', oneRecord(all))
    // One that is too long for a record falls apart into its lines.
    const [begun, bad] = lines > 10_000 ? [0, 2] : [1, 1]
    expect(imported.at(-1)).toMatchObject({
      type: 'done',
      added: lines + begun,
      unchanged: 0,
      refused: bad,
    })
    expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[lines + begun]])
    const lifted = all.filter((_, i) => i % 100 === 0)
    const ids = await answered(await world.call('/v1/address-ids', { addresses: lifted }))
    const chosen = ids.results.map(({ addressId }: { addressId: string }) =>
      Buffer.from(addressId, 'base64url'),
    )
    const places = chosen.map(() => '?').join()
    await world.update('suppression', 'reason = 5', chosen, `address_id IN (${places})`)
    const said = await saidOf(world, 'match', oneRecord(all))
    const of = (reason: string) =>
      said.filter(({ suppressions = [] }) => suppressions[0]?.reason === reason).map(({ address }) => address)
    expect(of('unsubscribed')).toEqual(lifted)
    expect(of('imported')).toHaveLength(lines + begun - lifted.length)
  },
)

import { describe, expect } from 'vitest'
import { request } from '../support/consent.ts'
import { exported, linesIn, saidOf, sendList, slowly } from '../support/list.ts'
import { seeded } from '../support/seeded.ts'
import { answered, test, type World } from '../support/world.ts'

const FORMATS = [
  ['csv', 'text/csv'],
  ['ndjson', 'application/x-ndjson'],
] as const
const COLUMNS = 'address,addressId,id,scope,topic,reason,source,since,until,purpose'
const DAY_MS = 86_400_000

const identified = async (world: World, addresses: string[], key = world.apiKey): Promise<string[]> => {
  const { results } = await answered(await world.call('/v1/address-ids', { addresses }, { key }))
  return results.map(({ addressId }: { addressId: string }) => addressId)
}

/** Returns what an import may not change in a row of an export. */
const kept = ({ id: _, source: __, ...row }: Record<string, string>) => JSON.stringify(row)

/** Suppresses recipients for every reason and in every scope there is, with and without an end, by everybody who may. */
async function everyKind(world: World): Promise<void> {
  const next = seeded(1910)
  const pick = <T>(all: readonly T[]): T => all[next(all.length)]!
  const signs = ['+', '-', '=', "'+", "'", '+-', "'="]
  const known = signs.map(sign => `${sign}ada@example.com`)
  for (const address of known) await request(world, address)
  const many = Array.from({ length: 1000 }, (_, i) => `r${i}@example.com`)
  const ids = await identified(world, many)
  // A spreadsheet would run these ids as formulas.
  const signed = many.filter((_, i) => ids[i]!.startsWith('-')).slice(0, 3)
  expect(signed).toHaveLength(3)
  const addresses = [...new Set([...known, ...signed, ...many.slice(0, 150)])]
  const reasons = ['unsubscribed', 'objected', 'complained', 'bounced', 'manual', 'legal', 'imported']
  const scopes = [
    { scope: 'tenant' },
    { scope: 'workspace' },
    { scope: 'topic', topic: 'news' },
    { scope: 'topic', topic: 'offers' },
  ]
  const entries = addresses.flatMap(address =>
    Array.from({ length: 1 + next(3) }, () => ({
      address,
      ...pick(scopes),
      reason: pick(reasons),
      ...(next(3) === 0 && { until: new Date(Date.now() + (1 + next(300)) * DAY_MS).toISOString() }),
    })),
  )
  await answered(await world.call('/v1/suppressions', { entries }))
  for (const address of addresses.slice(0, 4)) {
    const { unsubscribeUrl, preferencesUrl } = await world.links(address)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    await world.fetch(preferencesUrl, {
      method: 'POST',
      body: new URLSearchParams({ act: 'pause', days: '30' }),
    })
  }
  const ofMarketing = addresses
    .slice(7, 16)
    .map(address => `"${address}",,x,workspace,,bounced,x,2025-06-01T00:00:00.000Z,,marketing`)
  expect((await saidOf(world, 'import', [COLUMNS, ...ofMarketing].join('\n'))).at(-1)).toMatchObject({
    added: 9,
    refused: 0,
  })
}

test.for(FORMATS)(
  'an export as %s, read back where nothing is left, gives the same set, but for what only its recipient may end',
  async ([format, type], { world }) => {
    await everyKind(world)
    const file = await exported(world, `?format=${format}`)
    const before = linesIn(await exported(world, ''))
    expect(new Set(before.map(({ reason }) => reason)).size).toBe(8)
    expect(before.some(({ purpose }) => purpose) && before.some(({ until }) => until)).toBe(true)
    await world.remove('suppression')
    expect(await exported(world, '')).toBe('')

    const said = await saidOf(world, 'import', file, { type })
    const ofOthers = before.filter(({ reason }) => reason === 'paused')
    const whole = before.filter(row => !ofOthers.includes(row))
    expect(said.slice(0, -1).map(({ error }) => error)).toEqual(ofOthers.map(() => 'not_lasting'))
    expect(said.at(-1)).toMatchObject({ type: 'done', added: whole.length, refused: ofOthers.length })
    const after = linesIn(await exported(world, ''))
    expect(after.map(kept).sort()).toEqual(whole.map(kept).sort())
    expect(new Set(after.map(({ source }) => source))).toEqual(new Set(['import']))

    const again = await world.writesNothing(() => saidOf(world, 'import', file, { type }))
    expect(again.at(-1)).toMatchObject({ added: 0, unchanged: whole.length, refused: ofOthers.length })
  },
)

test('of an export, an import of one scope takes its rows alone, under a name that stands for that scope', async ({
  world,
}) => {
  const rows = [
    'a@example.com,,x,tenant,,manual,x,2025-06-01T00:00:00.000Z,,',
    'b@example.com,,x,topic,news,manual,x,2025-06-01T00:00:00.000Z,,',
    'c@example.com,,x,topic,offers,manual,x,2025-06-01T00:00:00.000Z,,',
  ]
  const file = [COLUMNS, ...rows].join('\n')
  const topic = { query: '?scope=topic&topic=news', name: 'one' }
  expect(await saidOf(world, 'import', file, topic)).toMatchObject([
    { line: 2, error: 'other_scope' },
    { line: 4, error: 'other_scope' },
    { type: 'done', added: 1 },
  ])
  expect((await saidOf(world, 'import', file, { name: 'all' })).at(-1)).toMatchObject({
    added: 2,
    unchanged: 1,
  })
  for (const [query, name] of [
    ['', 'one'],
    ['?scope=workspace', 'all'],
  ] as const) {
    const reused = await world.writesNothing(() => sendList(world, 'import', file, { query, name }))
    expect([reused.status, await reused.json()]).toMatchObject([422, { code: 'import.key_reused' }])
  }
})

test('of two rows about the same in one batch, the one that lasts longer stands, whichever comes first', async ({
  world,
}) => {
  const until = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
  const rows = [9, 99, 50].map(
    days => `a@example.com,,x,workspace,,manual,x,2025-06-01T00:00:00.000Z,${until(days)},`,
  )
  await saidOf(world, 'import', [COLUMNS, ...rows].join('\n'))
  expect(await world.check('a@example.com')).toMatchObject({ until: rows[1]!.split(',')[8] })
  await saidOf(
    world,
    'import',
    [COLUMNS, 'a@example.com,,x,workspace,,manual,x,2025-06-01T00:00:00.000Z,,', ...rows].join('\n'),
  )
  expect(await world.check('a@example.com')).not.toHaveProperty('until')
})

test('an import that began before rows of every scope were taken goes on as it began', async ({ world }) => {
  const PATIENT = { timeout: 30_000 }
  const row = (i: number, scope: string) =>
    `r${i}@example.com,,x,${scope},,manual,x,2025-06-01T00:00:00.000Z,,\n`
  const file = [`${COLUMNS}\n`, ...Array.from({ length: 750 }, (_, i) => row(i, 'workspace'))].join('')
  const { body, write, breakOff } = slowly()
  const broken = sendList(world, 'import', body, { name: 'old' }).then(answer => answer.text())
  write(file)
  await expect.poll(() => world.sql('SELECT line FROM import'), PATIENT).toEqual([[501]])
  breakOff()
  await expect(broken).rejects.toThrow()
  await world.update('import', "parameters = json_remove(parameters, '$.everyScope')")
  const whole = file + row(750, 'tenant')
  const goOn = async (): Promise<object[]> => {
    const { offset } = await answered(
      await world.call('/v1/suppressions/import/old', null, { method: 'GET', body: null }),
    )
    const said = await sendList(world, 'import', whole.slice(offset), { name: 'old', offset })
    const text = await said.text()
    // What was on its way when the line went dead may come in between.
    return /import\.(offset|conflict)/.test(text) ? goOn() : linesIn(text)
  }
  expect(await goOn()).toMatchObject([
    { line: 752, error: 'other_scope' },
    { type: 'done', added: 750 },
  ])
})

describe('an address id', () => {
  const unknown = (line: number) => ({ type: 'refused', line, error: 'unknown_address_id' })

  test('is taken where the tenant’s ledger knows it, of a sibling workspace too, among lines that are none', async ({
    world,
  }) => {
    const entries = [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }]
    await answered(await world.call('/v1/suppressions', { entries }, { key: world.siblingApiKey }))
    const [ada, bob] = await identified(world, ['ada@example.com', 'bob@example.com'])
    const list = `email,address_id,reason\nx,,\n,${ada},complained\neve@example.com,,\n,${bob},\n`
    const said = await saidOf(world, 'import', list)
    expect(said).toMatchObject([
      { line: 2, error: 'invalid_address' },
      unknown(5),
      { type: 'done', added: 2, refused: 2 },
    ])
    expect(await world.check('ada@example.com')).toMatchObject({ reason: 'complained', scope: 'workspace' })
    expect(await world.check('bob@example.com')).toMatchObject({ decision: 'allow' })
  })

  test('of another tenant is refused as one that nobody has, and nothing is written or learned', async ({
    world,
  }) => {
    const key = world.otherApiKey
    const entries = [
      { address: 'ada@example.com', scope: 'tenant', reason: 'manual' },
      { address: 'ada@example.com', scope: 'workspace', reason: 'complained' },
    ]
    await answered(await world.call('/v1/suppressions', { entries }, { key }))
    const theirs = linesIn(await exported(world, '', key))
    expect(theirs).toHaveLength(2)
    const nobodys = 'A'.repeat(16)
    for (const addressId of [theirs[0].addressId, nobodys]) {
      for (const [format, type] of FORMATS) {
        const list = format === 'csv' ? `addressId\n${addressId}\n` : `${JSON.stringify({ addressId })}\n`
        const said = await world.writesNothing(() => saidOf(world, 'import', list, { type }))
        expect(said.map(({ type, error, added }) => [type, error ?? added])).toEqual([
          ['refused', 'unknown_address_id'],
          ['done', 0],
        ])
      }
    }
    const whole = await exported(world, '?format=csv', key)
    expect((await world.writesNothing(() => saidOf(world, 'import', whole))).slice(0, -1)).toEqual([
      unknown(2),
      unknown(3),
    ])
    expect(linesIn(await exported(world, '', key))).toEqual(theirs)
  })
})

import { describe, expect } from 'vitest'
import { DAY_MS } from '../../core/clock.ts'
import { SOURCES } from '../../core/codes/source.ts'
import { undoMistakenImport } from '../../ops/undo-import.ts'
import { exported, saidOf, sendList, slowly } from '../support/list.ts'
import { answered, test, type World } from '../support/world.ts'

type Ended = { lifted: number; kept: number; next?: string }

const [ADA, BOB, CAT] = ['ada@example.com', 'bob@example.com', 'cat@example.com']
const list = (...addresses: string[]) => `email\n${addresses.join('\n')}\n`

/** Imports a list and returns how it ended. */
const bring = async (world: World, name: string | undefined, csv: string, query = '', key = world.apiKey) =>
  (await saidOf(world, 'import', csv, { query, key, ...(name !== undefined && { name }) })).at(-1)

const call = (world: World, name: string, body: object = {}, key?: string) =>
  world.call(`/v1/imports/${name}/undo`, body, key === undefined ? {} : { key })
const undo = async (world: World, name: string): Promise<Ended> => answered(await call(world, name))
const imports = async (world: World, query = '', key?: string) =>
  answered(await world.call(`/v1/imports${query}`, null, { method: 'GET', body: null, ...(key && { key }) }))
const decisions = async (world: World, ...addresses: string[]) =>
  (await Promise.all(addresses.map(address => world.check(address)))).map(({ decision }) => decision)
const keyOf = async (world: World): Promise<string> => {
  const made = await world.call('/v1/api-keys', { permissions: ['suppressions:write'] })
  return ((await made.json()) as { key: string }).key
}
const suppress = (world: World, ...entries: object[]) => world.call('/v1/suppressions', { entries })

describe('an import', () => {
  test('is named in each of its events and in the list of imports, also where its sender gave it no name', async ({
    world,
  }) => {
    await bring(world, 'spring', list(ADA, BOB))
    await bring(world, undefined, list(CAT))
    const { imports: all } = await imports(world)
    expect(all.map(({ name }: { name: string }) => name)).toEqual([
      expect.stringMatching(/^imp_[\w-]{22}$/),
      'spring',
    ])
    expect(all[1]).toMatchObject({ scope: 'workspace', reason: 'imported', line: 3, added: 2, refused: 0 })
    expect(Date.parse(all[1].undoableUntil) - Date.parse(all[1].startedAt)).toBe(3 * DAY_MS)
    const named = await world.sql(
      "SELECT data->>'import', count(*) FROM event WHERE type = 'suppression.added' GROUP BY 1 ORDER BY 2",
    )
    expect(named).toEqual([
      [all[0].name, 1],
      ['spring', 2],
    ])
  })

  test('is in the list of its own workspace alone, page by page', async ({ world }) => {
    for (const name of ['one', 'two', 'three']) await bring(world, name, list(ADA))
    await bring(world, 'south', list(ADA), '', world.siblingApiKey)
    const first = await imports(world, '?limit=2')
    expect(first.imports.map(({ name }: { name: string }) => name)).toEqual(['three', 'two'])
    const rest = await imports(world, `?limit=2&cursor=${first.next}`)
    expect(rest).toMatchObject({ imports: [{ name: 'one' }] })
    expect(rest.next).toBeUndefined()
    expect((await imports(world, '', world.siblingApiKey)).imports).toMatchObject([{ name: 'south' }])
    const foreign = await world.call(`/v1/imports?cursor=${first.next}`, null, {
      method: 'GET',
      body: null,
      key: world.otherApiKey,
    })
    expect([foreign.status, await foreign.json()]).toMatchObject([400, { errors: [{ field: 'cursor' }] }])
  })
})

describe('an undo', () => {
  test('lifts what the import made and nothing else, each with its event, once', async ({ world }) => {
    await bring(world, 'before', list(CAT))
    await bring(world, 'mistake', `email,status\n${ADA},unsubscribed\n${BOB},bounced\n${CAT},imported\n`)
    expect(await undo(world, 'mistake')).toEqual({ name: 'mistake', lifted: 2, kept: 0 })
    expect(await decisions(world, ADA, BOB, CAT)).toEqual(['allow', 'allow', 'deny'])
    const told = await world.sql(
      "SELECT type, actor LIKE 'key\\_%' ESCAPE '\\', data FROM event WHERE type IN ('import.undone', 'suppression.lifted') ORDER BY seq",
    )
    const lifted = (reason: string) => [
      'suppression.lifted',
      1,
      `{"import":"mistake","reason":"${reason}","scope":"workspace","source":"import","via":"import_undo"}`,
    ]
    expect(told[0]).toEqual(['import.undone', 1, '{"via":"api"}'])
    expect(told.slice(1).sort()).toEqual([lifted('bounced'), lifted('unsubscribed')])
    expect(await world.writesNothing(() => undo(world, 'mistake'))).toEqual({
      name: 'mistake',
      lifted: 0,
      kept: 0,
    })
    const mistake = (await imports(world)).imports[0]
    expect(mistake).toMatchObject({ name: 'mistake', undoneAt: expect.any(String) })
    expect(mistake.undoableUntil).toBeUndefined()
  })

  test.for<[what: string, since: (world: World) => Promise<unknown>]>([
    [
      'they unsubscribed themselves',
      async world => world.fetch((await world.links(ADA)).unsubscribeUrl, { method: 'POST' }),
    ],
    [
      'the sender said the same',
      world => suppress(world, { address: ADA, scope: 'workspace', reason: 'imported' }),
    ],
    [
      'the sender said something else',
      world => suppress(world, { address: ADA, scope: 'tenant', reason: 'complained' }),
    ],
  ])('keeps a recipient of whom something was told since: %s', async ([, since], { world }) => {
    await bring(world, 'mistake', list(ADA, BOB))
    await since(world)
    expect(await undo(world, 'mistake')).toMatchObject({ lifted: 1, kept: 1 })
    expect(await decisions(world, ADA, BOB)).toEqual(['deny', 'allow'])
    expect(await world.sql('SELECT count(*) FROM suppression WHERE reason = 6')).toEqual([[1]])
  })

  test('knows the rows that say since when they stood elsewhere', async ({ world }) => {
    await bring(world, 'mistake', `email,unsub_time\n${ADA},2025-06-01 12:34:56\n${BOB},\n`)
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
    expect(suppressions).toMatchObject([{ reason: 'unsubscribed', since: '2025-06-01T12:34:56.000Z' }])
    expect(
      await world.sql("SELECT data->>'since' FROM event WHERE type = 'suppression.added' ORDER BY 1"),
    ).toEqual([[null], [Date.UTC(2025, 5, 1, 12, 34, 56)]])
    expect(await undo(world, 'mistake')).toMatchObject({ lifted: 2, kept: 0 })
  })

  test('leaves what the sender had said before, when an export of it is read back', async ({ world }) => {
    const reasons = ['unsubscribed', 'complained', 'objected', 'manual']
    const entries = reasons.map(reason => ({ address: `${reason}@example.com`, scope: 'workspace', reason }))
    await answered(await suppress(world, ...entries))
    // Of three of them the import says that it was the recipient's choice, and since when it stands.
    expect(await bring(world, 'back', await exported(world, '?format=csv'))).toMatchObject({ added: 3 })
    expect(await undo(world, 'back')).toMatchObject({ lifted: 0, kept: 3 })
    const addresses = entries.map(({ address }) => address)
    expect(await decisions(world, ...addresses)).toEqual(reasons.map(() => 'deny'))
  })

  const HEADER = 'address,id,scope,reason,source,since,until'
  const ending = (until: string) => `${HEADER}\n${ADA},x,workspace,manual,x,2025-06-01T00:00:00Z,${until}\n`

  test('leaves a suppression that the import only made last longer', async ({ world }) => {
    await bring(world, 'short', ending(new Date(Date.now() + DAY_MS).toISOString()))
    expect(await bring(world, 'long', ending(''))).toMatchObject({ added: 1 })
    expect(await undo(world, 'long')).toMatchObject({ lifted: 0, kept: 1 })
    expect(await decisions(world, ADA)).toEqual(['deny'])
  })

  test('lifts one that began anew after an earlier one had ended', async ({ world }) => {
    await bring(world, 'short', ending(new Date(Date.now() + 1500).toISOString()))
    await expect.poll(() => decisions(world, ADA), { timeout: 30_000 }).toEqual(['allow'])
    expect(await bring(world, 'long', ending(''))).toMatchObject({ added: 1 })
    expect(await undo(world, 'long')).toMatchObject({ lifted: 1, kept: 0 })
  })

  test('lifts what began again after it had been lifted, and counts it once', async ({ world }) => {
    await answered(await suppress(world, { address: ADA, scope: 'workspace', reason: 'imported' }))
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
    await answered(await world.call(`/v1/suppressions/${suppressions[0].id}`, null, { method: 'DELETE' }))
    await bring(world, 'mistake', list(ADA))
    expect(await undo(world, 'mistake')).toEqual({ name: 'mistake', lifted: 1, kept: 0 })
  })

  test("lifts nothing of a sibling's import that ran meanwhile under the same name", async ({ world }) => {
    const { body, write, close } = slowly()
    const running = sendList(world, 'import', body, { name: 'nightly' })
    write(list(...Array.from({ length: 750 }, (_, i) => `r${i}@example.com`)))
    await expect.poll(() => world.sql('SELECT line FROM import'), { timeout: 30_000 }).toEqual([[501]])
    const theirs = list(ADA, 'r0@example.com')
    await bring(world, 'nightly', theirs, '?scope=tenant&reason=unsubscribed', world.siblingApiKey)
    write(list(ADA))
    close()
    await (await running).text()
    expect(await undo(world, 'nightly')).toMatchObject({ lifted: 750, kept: 1 })
    expect(await decisions(world, ADA)).toEqual(['deny'])
    expect(await world.sql('SELECT reason, count(*) FROM suppression GROUP BY 1')).toEqual([
      [5, 2],
      [6, 1],
    ])
  })

  test('goes on from its own places alone, and once it has ended it lifts nothing more', async ({
    world,
  }) => {
    await bring(world, 'one', list(ADA))
    await bring(world, 'two', list(BOB), '?scope=topic&topic=news')
    const { next: cursor } = await imports(world, '?limit=1')
    for (const name of ['one', 'two']) {
      const refused = await world.writesNothing(() => call(world, name, { cursor }))
      expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ field: 'cursor' }] }])
    }
    await world.update('import', 'undone_at = started_at, undo_ended_at = started_at')
    // Nothing tells any more that this list has them as well.
    await bring(world, 'nightly', list(ADA))
    expect(await world.writesNothing(() => undo(world, 'one'))).toMatchObject({ lifted: 0, kept: 0 })
    expect(await decisions(world, ADA)).toEqual(['deny'])
  })

  test('lifts what the law demands for an operator alone', async ({ world }) => {
    await bring(world, 'law', `email,status\n${ADA},legal\n${BOB},manual\n`)
    expect(await undo(world, 'law')).toMatchObject({ lifted: 1, kept: 1 })
    expect(await decisions(world, ADA, BOB)).toEqual(['deny', 'allow'])
    const law = { path: world.path, name: 'law', ticket: 'OPS-17' }
    expect(await undoMistakenImport(world.endpoint, law)).toEqual({ lifted: 1, kept: 0 })
    expect(await decisions(world, ADA)).toEqual(['allow'])
  })

  test('comes in the order of a pile, so that no later import loses whom it found suppressed', async ({
    world,
  }) => {
    await bring(world, 'first', list(ADA, BOB), '?scope=workspace')
    expect(await bring(world, 'second', list(ADA))).toMatchObject({ added: 0, unchanged: 1 })
    // Elsewhere, or of nothing, it met none of the same rows.
    await bring(world, 'elsewhere', list(ADA), '?scope=topic&topic=offers')
    await bring(world, 'nothing', 'email\nnobody\n')
    await bring(world, 'south', list(ADA), '', world.siblingApiKey)
    const refused = await world.writesNothing(() => call(world, 'first'))
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { code: 'import.followed', detail: expect.stringContaining('The import second came later') },
    ])
    expect(await undo(world, 'second')).toMatchObject({ lifted: 0, kept: 0 })
    // Of Ada the ledger was told elsewhere meanwhile.
    expect(await undo(world, 'first')).toMatchObject({ lifted: 1, kept: 1 })
  })

  test('names no import of another workspace, whose rows reach the whole tenant as well', async ({
    world,
  }) => {
    await bring(world, 'first', list(ADA), '?scope=tenant')
    await bring(world, 'southern-secret', list(ADA), '?scope=tenant', world.siblingApiKey)
    const refused = await call(world, 'first')
    const text = await refused.text()
    expect([refused.status, JSON.parse(text)]).toMatchObject([409, { code: 'import.followed' }])
    expect(text).not.toContain('southern-secret')
  })

  test('is too late for a key after 72 hours, and never for an operator, who may take any', async ({
    world,
  }) => {
    await bring(world, 'old', list(ADA, BOB))
    await bring(world, 'later', list(ADA))
    await world.update('import', 'started_at = started_at - ?', [3 * DAY_MS + 60_000])
    const refused = await world.writesNothing(() => call(world, 'later'))
    expect([refused.status, await refused.json()]).toMatchObject([410, { code: 'import.undo_expired' }])
    const { path } = world
    const mistake = { path, name: 'old', ticket: 'OPS-17' }
    expect(await undoMistakenImport(world.endpoint, mistake)).toEqual({ lifted: 2, kept: 0 })
    expect(
      await world.sql(
        "SELECT DISTINCT actor, data->>'ticket', data->>'via' FROM event WHERE type = 'import.undone'",
      ),
    ).toEqual([['operator:cli:test', 'OPS-17', 'operator']])
    for (const [wrong, message] of [
      [{ ...mistake, name: 'none' }, `there is no import none in ${path}`],
      [{ ...mistake, ticket: ADA }, '--ticket must be'],
    ] as const)
      await expect(undoMistakenImport(world.endpoint, wrong)).rejects.toThrow(message)
  })

  test('of what was imported before imports were named is possible to nobody', async ({ world }) => {
    await bring(world, 'old', list(ADA))
    await world.update('import', 'first_seq = NULL, last_seq = NULL')
    const refused = await world.writesNothing(() => call(world, 'old'))
    expect([refused.status, await refused.json()]).toMatchObject([410, { code: 'import.undo_expired' }])
    const { path } = world
    await expect(undoMistakenImport(world.endpoint, { path, name: 'old', ticket: 'OPS-17' })).rejects.toThrow(
      'what it made is not known',
    )
  })

  test('of many goes on part by part', async ({ world }) => {
    await bring(world, 'wide', list(...Array.from({ length: 21_000 }, (_, i) => `r${i}@example.com`)))
    const first = await undo(world, 'wide')
    expect(first).toMatchObject({ lifted: 20_000, kept: 0, next: expect.any(String) })
    const rest: Ended = await answered(await call(world, 'wide', { cursor: first.next }))
    expect(rest).toEqual({ name: 'wide', lifted: 1000, kept: 0 })
    expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[0]])
    const foreign = await world.call('/v1/imports/wide/undo', { cursor: 'AAAA' })
    expect([foreign.status, await foreign.json()]).toMatchObject([400, { errors: [{ field: 'cursor' }] }])
  })

  test('stops the import where it runs, and its name takes no further list', async ({ world }) => {
    let sent: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        sent = controller
      },
    })
    const running = world.fetch('/v1/suppressions/import', {
      method: 'POST',
      body,
      duplex: 'half',
      headers: {
        authorization: `Bearer ${world.apiKey}`,
        'content-type': 'text/csv',
        'idempotency-key': 'running',
      },
    } as RequestInit)
    sent!.enqueue(Buffer.from(list(...Array.from({ length: 750 }, (_, i) => `r${i}@example.com`))))
    await expect.poll(() => world.sql('SELECT line FROM import'), { timeout: 30_000 }).toEqual([[501]])
    expect(await undo(world, 'running')).toMatchObject({ lifted: 500 })
    sent!.enqueue(Buffer.from(list(ADA)))
    sent!.close()
    const end = JSON.parse((await (await running).text()).trim().split('\n').at(-1)!)
    expect(end).toMatchObject({ type: 'failed', code: 'import.undone' })
    expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[0]])
    const again = await world.writesNothing(() =>
      world.fetch('/v1/suppressions/import', {
        method: 'POST',
        body: list(ADA),
        headers: {
          authorization: `Bearer ${world.apiKey}`,
          'content-type': 'text/csv',
          'idempotency-key': 'running',
        },
      }),
    )
    expect([again.status, await again.json()]).toMatchObject([409, { code: 'import.undone' }])
  })

  test('that is under way lifts nobody whom an import names meanwhile', async ({ world }) => {
    await bring(world, 'mistake', list(ADA, BOB))
    await world.update('import', 'undone_at = started_at')
    expect(await bring(world, 'nightly', list(ADA))).toMatchObject({ refused: 0 })
    expect(await undo(world, 'mistake')).toMatchObject({ lifted: 1, kept: 1 })
    expect(await decisions(world, ADA, BOB)).toEqual(['deny', 'allow'])
    // Another tenant's undo is none of this one's.
    await world.update('import', 'undo_ended_at = NULL')
    await bring(world, undefined, list(ADA), '', world.otherApiKey)
    expect(await bring(world, undefined, list(ADA), '', world.otherApiKey)).toMatchObject({
      added: 0,
      unchanged: 1,
    })
  })

  test('takes a permission of its own', async ({ world }) => {
    await bring(world, 'mistake', list(ADA))
    const key = await keyOf(world)
    const refused = await world.writesNothing(() => call(world, 'mistake', {}, key))
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { code: 'key.forbidden', permission: 'imports:undo' },
    ])
  })

  test.for(['siblingApiKey', 'otherApiKey'] as const)('finds no import of %s', async (key, { world }) => {
    await bring(world, 'mine', list(ADA))
    const refused = await world.writesNothing(() => call(world, 'mine', {}, world[key]))
    expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'import.not_found' }])
  })
})

describe("a recipient's choice that an import brought", () => {
  test.for(['unsubscribed', 'complained', 'objected'])(
    '(%s) is not lifted by its sender',
    async (reason, { world }) => {
      await bring(world, 'list', `email,status\n${ADA},${reason}\n`)
      expect(await world.sql('SELECT source FROM suppression')).toEqual([[SOURCES.import]])
      const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
      const refused = await world.writesNothing(() =>
        world.call(`/v1/suppressions/${suppressions[0].id}`, null, { method: 'DELETE' }),
      )
      expect([refused.status, await refused.json()]).toMatchObject([
        409,
        { code: 'suppression.recipient_made', liftedBy: 'recipient' },
      ])
    },
  )

  test.for(['bounced', 'manual', 'imported'])(
    'is none where it says %s, which its sender lifts',
    async (reason, { world }) => {
      await bring(world, 'list', `email,status\n${ADA},${reason}\n`)
      const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
      const lifted = await world.call(`/v1/suppressions/${suppressions[0].id}`, null, { method: 'DELETE' })
      expect(await answered(lifted)).toMatchObject({ outcome: 'lifted' })
    },
  )
})

test('a legal suppression takes a permission of its own', async ({ world }) => {
  const key = await keyOf(world)
  const entries = [{ address: ADA, scope: 'workspace', reason: 'legal' }]
  const refused = await world.writesNothing(() => world.call('/v1/suppressions', { entries }, { key }))
  expect([refused.status, await refused.json()]).toMatchObject([
    403,
    { code: 'key.forbidden', permission: 'legal_suppressions:write' },
  ])
  const legal = `email,status\n${BOB},legal\n`
  expect(await bring(world, undefined, legal, '', key)).toMatchObject({ added: 0, refused: 1 })
  await answered(await world.call('/v1/suppressions', { entries }))
  expect(await bring(world, undefined, legal)).toMatchObject({ added: 1, refused: 0 })
  for (const one of [ADA, BOB])
    expect(await world.check(one)).toMatchObject({ decision: 'deny', reason: 'legal' })
})

import { describe, expect } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import type { Reason } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { SOURCES, type Source } from '../../core/codes/source.ts'
import { dataText, leafHash } from '../../core/event.ts'
import { UNDO_MS } from '../../core/limits.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import { transact, wired } from '../../db/engine/hrana.ts'
import { advanceImport, beginImport } from '../../db/import.ts'
import { lift, matching, matchingPlatform, type SuppressionRow, suppress } from '../../db/suppression.ts'
import { countNew, type SuppressionRecord, suppressMany } from '../../db/suppression-batch.ts'
import { newImport } from '../../worker/suppression/progress.ts'
import { type Stop, stopRecords } from '../../worker/suppression/statements.ts'
import {
  acting,
  apply,
  eventOf,
  idOf,
  openTestDatabase,
  type TestDatabase,
  test,
} from '../support/database.ts'
import { seeded } from '../support/seeded.ts'

const stop = (more: Partial<Stop> = {}): SuppressionRecord =>
  stopRecords(acting({ kind: 'recipient' }), {
    at: 1000,
    tenant: 1,
    workspace: 1,
    addressId: idOf('ada'),
    scope: topicScope(1),
    reason: 'unsubscribed',
    source: 'recipient',
    until: null,
    via: 'one-click',
    ...more,
  })
const add = (database: TestDatabase, more: Partial<Stop> = {}) => {
  const { row, entry } = stop(more)
  return apply(database, suppress(row, entry))
}
const rows = (database: TestDatabase) =>
  database.sql('SELECT at, until, source FROM suppression ORDER BY scope, reason, address_id')
/** How many of a list would be new, asked without writing. */
const newOf = async (database: TestDatabase, list: SuppressionRecord[]) => {
  const { sql, args, decode } = countNew(list)
  return decode(await database.sql(sql, args))
}
const events = async (database: TestDatabase) =>
  Number((await database.sql('SELECT count(*) FROM event'))[0]![0])

describe('a suppression', () => {
  test('is there once, with one event, however often the same act is applied', async ({ database }) => {
    const { row, entry } = stop()
    expect(await apply(database, suppress(row, entry))).toEqual([1, 1])
    for (let i = 0; i < 3; i++) expect(await apply(database, suppress(row, entry))).toEqual([0, 0])
    expect(await rows(database)).toEqual([[1000, null, 1]])
    expect(await events(database)).toBe(1)
  })

  test('keeps the time of the first act when a later one says the same', async ({ database }) => {
    await add(database, { source: 'sender' })
    expect(await add(database, { at: 2000, source: 'sender' })).toEqual([0, 0])
    expect(await rows(database)).toEqual([[1000, null, 2]])
  })

  test('of a recipient stands since the first and was chosen with the last, however it meets another', async ({
    database,
  }) => {
    for (const at of [1000, 3000, 2000]) await add(database, { at })
    expect(await database.sql('SELECT at, chosen_at FROM suppression')).toEqual([[1000, 3000]])
    expect(await events(database)).toBe(2)
  })

  test('of each reason and scope stands by itself', async ({ database }) => {
    for (const reason of ['unsubscribed', 'complained', 'bounced'] as const)
      for (const scope of [TENANT_SCOPE, workspaceScope(1), topicScope(1)])
        expect(await add(database, { reason, scope })).toEqual([1, 1])
    expect(await rows(database)).toHaveLength(9)
    expect(await events(database)).toBe(9)
  })

  type Step = [at: number, until: number | null, source: Source]
  test.for<[what: string, before: Step, after: Step, expected: Step | 'unchanged']>([
    ['becomes lasting', [1, 50, 'sender'], [2, null, 'sender'], [1, null, 'sender']],
    ['lasts longer', [1, 50, 'sender'], [2, 60, 'sender'], [1, 60, 'sender']],
    ['is never shortened', [1, 50, 'sender'], [2, 40, 'sender'], 'unchanged'],
    ['is not extended to the same end', [1, 50, 'sender'], [2, 50, 'sender'], 'unchanged'],
    ['that lasts is never given an end', [1, null, 'sender'], [2, 50, 'sender'], 'unchanged'],
    ['begins anew when it had ended', [1, 50, 'sender'], [70, 90, 'sender'], [70, 90, 'sender']],
    ['begins anew at the moment it ends', [1, 50, 'sender'], [50, 90, 'sender'], [50, 90, 'sender']],
    ['begins anew for ever when it had ended', [1, 50, 'sender'], [70, null, 'sender'], [70, null, 'sender']],
    [
      'becomes the word of the recipient',
      [1, null, 'sender'],
      [2, null, 'recipient'],
      [1, null, 'recipient'],
    ],
    ['of a sender does not become an import', [1, null, 'sender'], [2, null, 'import'], 'unchanged'],
    [
      'of an import does not become a sender, and what brought it can no longer be undone',
      [1, null, 'import'],
      [2, null, 'sender'],
      [1, null, 'import'],
    ],
    ['of an import is not changed by another import', [1, null, 'import'], [2, null, 'import'], 'unchanged'],
    [
      'stays the word of the recipient, who can no longer undo what a sender says as well',
      [1, null, 'recipient'],
      [2, null, 'sender'],
      [1, null, 'recipient'],
    ],
    ['stays the word of the recipient', [1, null, 'recipient'], [1 + UNDO_MS, null, 'sender'], 'unchanged'],
    [
      'stays the word of the recipient when a sender extends it',
      [1, 50, 'recipient'],
      [2, null, 'sender'],
      [1, null, 'recipient'],
    ],
    [
      'becomes the word of the recipient and is not shortened by it',
      [1, 50, 'sender'],
      [2, 40, 'recipient'],
      [1, 50, 'recipient'],
    ],
    [
      'that a recipient once made and that has ended is the word of who makes the next',
      [1, 50, 'recipient'],
      [70, 90, 'sender'],
      [70, 90, 'sender'],
    ],
  ])('%s, one by one and many at once', async ([, before, after, expected]) => {
    const database = await openTestDatabase()
    const of = ([at, until, source]: Step, name: string) =>
      stop({ at, until, source, reason: 'manual', addressId: idOf(name) })
    const say = async (act: WriteBatch) => (await apply(database, act)).includes(1)
    await say(suppress(of(before, 'one').row, of(before, 'one').entry))
    await say(suppressMany([of(before, 'many')], 'tenant'))
    const changedOne = await say(suppress(of(after, 'one').row, of(after, 'one').entry))
    const counted = await newOf(database, [of(after, 'many')])
    const changedMany = await say(suppressMany([of(after, 'many')], 'tenant'))
    const stands = async (name: string) =>
      database.sql('SELECT at, until, source FROM suppression WHERE address_id = ?', [idOf(name)])
    const recorded = async (name: string) =>
      (await database.sql('SELECT id FROM event WHERE address_id = ?', [idOf(name)])).length
    const sources = { recipient: 1, sender: 2, import: 3, report: 4 }
    const [at, until, source] = expected === 'unchanged' ? before : expected
    const found = {
      one: [changedOne, await stands('one'), await recorded('one')],
      many: [changedMany, await stands('many'), await recorded('many')],
    }
    await database.close()
    const wanted = [
      expected !== 'unchanged',
      [[at, until, sources[source]]],
      expected === 'unchanged' ? 1 : 2,
    ]
    expect(found).toEqual({ one: wanted, many: wanted })
    expect(counted === 1).toBe(changedMany)
  })
})

test.for<[before: Source, after: Source, expected: Source]>([
  ['sender', 'import', 'import'],
  ['import', 'sender', 'import'],
  ['report', 'import', 'report'],
  ['recipient', 'import', 'recipient'],
  ['import', 'recipient', 'recipient'],
])(
  'what a recipient chose elsewhere is theirs: source %s and then %s become %s',
  async ([before, after, expected]) => {
    const database = await openTestDatabase()
    for (const [at, source] of [
      [1, before],
      [2, after],
    ] as const)
      await apply(database, suppressMany([stop({ at, source, reason: 'unsubscribed' })], 'tenant'))
    expect(await database.sql('SELECT at, source FROM suppression')).toEqual([[1, SOURCES[expected]]])
    await database.close()
  },
)

describe('many suppressions at once', () => {
  const next = seeded(3)
  const reasons: Reason[] = ['unsubscribed', 'complained', 'bounced', 'manual']
  const scopes = [TENANT_SCOPE, workspaceScope(1), topicScope(1), topicScope(2)]
  const sources: Source[] = ['sender', 'import', 'report']
  /** A batch as one sender writes it: no two for the same address, scope and reason. */
  const batch = (size: number, at: number): SuppressionRecord[] => {
    const source = sources[next(3)]!
    const list = Array.from({ length: size }, () =>
      stop({
        at,
        source,
        addressId: idOf(next(40)),
        scope: scopes[next(4)]!,
        reason: reasons[next(4)]!,
        until: [null, at + 10 + next(200)][next(2)]!,
      }),
    )
    return [...new Map(list.map(records => [records.entry.subject, records])).values()]
  }

  test('come to what they come to one by one', async () => {
    const [one, many] = await Promise.all([openTestDatabase(), openTestDatabase()])
    for (let round = 0; round < 12; round++) {
      const list = batch(60, 1000 + round * 50)
      await apply(
        one,
        list.flatMap(({ row, entry }) => suppress(row, entry)),
      )
      const counted = await newOf(many, list)
      const [added] = await apply(many, suppressMany(list, 'tenant'))
      expect(counted, `round ${round}`).toBe(added)
      const state = async (database: TestDatabase) => ({
        rows: await database.sql('SELECT * FROM suppression'),
        events: await database.sql(
          'SELECT id, at, tenant, workspace, type, actor, address_id, subject, data, leaf FROM event ORDER BY id',
        ),
      })
      expect(await state(many), `round ${round}`).toEqual(await state(one))
    }
    await Promise.all([one.close(), many.close()])
  })

  test('stand since their own times, which their events say in the words that their leaves are made of', async ({
    database,
  }) => {
    const list = [5, 1_700_000_000_000, undefined].map((since, i) =>
      stop({ at: 1_750_000_000_000, since, source: 'import', import: 'spring', addressId: idOf(i) }),
    )
    await apply(database, suppressMany(list, 'tenant'))
    const stands = await database.sql(
      `SELECT s.at, e.at, e.data->>'since', e.data->>'import', e.data, e.leaf FROM suppression AS s
       JOIN event AS e USING (address_id) ORDER BY s.at`,
    )
    expect(stands).toEqual(
      [list[0]!, list[1]!, list[2]!].map(({ row, entry }) => [
        row.at,
        1_750_000_000_000,
        entry.data['since'] ?? null,
        'spring',
        dataText(entry.data),
        leafHash(entry),
      ]),
    )
  })

  test('of former times begin anew where what stood has ended by now, and bind what could be undone now', async ({
    database,
  }) => {
    const now = 10 * UNDO_MS
    await add(database, {
      at: 10,
      until: now - 1,
      source: 'sender',
      reason: 'manual',
      addressId: idOf('ada'),
    })
    await add(database, { at: now - 1, addressId: idOf('bob') })
    await add(database, { at: 10, addressId: idOf('eve') })
    const again = (name: string, more: Partial<Stop> = {}) =>
      stop({ at: now, since: 20, source: 'import', addressId: idOf(name), ...more })
    const list = [again('ada', { reason: 'manual' }), again('bob'), again('eve')]
    expect(await apply(database, suppressMany(list, 'tenant'))).toEqual([2, 2])
    expect(
      await database.sql('SELECT at, until, source, chosen_at FROM suppression ORDER BY at, chosen_at'),
    ).toEqual([
      [10, null, SOURCES.recipient, null],
      [20, null, SOURCES.import, null],
      [now - 1, null, SOURCES.recipient, now],
    ])
  })

  test('say which of them changed something, by the ids of their events', async ({ database }) => {
    await add(database, { addressId: idOf('ada') })
    const list = ['ada', 'bob', 'eve'].map(name => stop({ at: 2000, addressId: idOf(name) }))
    const [first] = await transact(
      database.endpoint,
      suppressMany(list, 'tenant', { returning: 'RETURNING id' }).map(wired),
      5000,
    )
    const said = first!.rows.map(([id]) => toHex(id as Uint8Array)).sort()
    expect(said).toEqual([list[1]!, list[2]!].map(({ entry }) => toHex(entry.id)).sort())
  })

  test('may be ten thousand, and the same again changes nothing', async ({ database }) => {
    const list = Array.from({ length: 10_000 }, (_, i) => stop({ addressId: idOf(i) }))
    expect(await newOf(database, list)).toBe(10_000)
    expect(await apply(database, suppressMany(list, 'tenant'))).toEqual([10_000, 10_000])
    expect(await apply(database, suppressMany(list, 'tenant'))).toEqual([0, 0])
    expect(await events(database)).toBe(10_000)
  })

  test('of an import are added where it stands at their first byte, and else nothing of them is', async ({
    database,
  }) => {
    await database.sql('INSERT INTO tenant VALUES (1, ?, ?, 0)', ['acme', 'Acme'])
    await database.sql(
      "INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (1, 1, 'shop', 'Shop', 0)",
    )
    const row = {
      ...newImport(1, 'spring', 0),
      parameters: { scope: 1, reason: 'imported', format: 'csv', header: null, delimiter: ',' },
    }
    await apply(database, [beginImport(row)])
    const step = (name: string, from: number, to: number): WriteBatch => {
      const list = [stop({ addressId: idOf(name), source: 'import', reason: 'imported' })]
      const [added, ...others] = suppressMany(list, 'tenant', {
        of: { workspace: 1, name: 'spring', from, to },
      })
      const batch = { offset: to, line: 1, valid: 1, refused: 0, doneAt: null }
      return [added!, advanceImport({ workspace: 1, name: 'spring', from }, batch), ...others]
    }
    expect(await apply(database, step('ada', 0, 50))).toEqual([1, 1, 1])
    // The upload that was later, with lines that begin where the other's began, and the same once more.
    for (const late of [step('bob', 0, 90), step('ada', 0, 50)])
      expect((await apply(database, late)).slice(0, 2)).toEqual([0, 0])
    expect([await events(database), await database.sql('SELECT count(*) FROM suppression')]).toEqual([
      1,
      [[1]],
    ])
    expect(await apply(database, step('bob', 50, 90))).toEqual([1, 1, 1])
    // One that another upload ended here, before this batch came.
    await database.sql('UPDATE import SET done_at = 5')
    expect(await apply(database, step('cy', 90, 120))).toEqual([0, 0, 0])
    await database.sql('UPDATE import SET done_at = NULL')
    await database.sql('UPDATE import SET undone_at = 5')
    expect(await apply(database, step('cy', 90, 120))).toEqual([0, 0, 0])
    expect([await events(database), await database.sql('SELECT count(*) FROM suppression')]).toEqual([
      2,
      [[2]],
    ])
  })

  test('for the platform go to its own list, and to no tenant', async ({ database }) => {
    const list = ['ada', 'bob'].map(name => stop({ scope: 0, reason: 'legal', addressId: idOf(name) }))
    expect(await apply(database, suppressMany(list, 'platform'))).toEqual([2, 2])
    expect(await apply(database, suppressMany(list, 'platform'))).toEqual([0, 0])
    expect(await database.sql('SELECT count(*) FROM suppression')).toEqual([[0]])
    expect(await database.sql('SELECT reason, source, at, until FROM platform_suppression')).toEqual([
      [1, 1, 1000, null],
      [1, 1, 1000, null],
    ])
  })
})

describe('lifting', () => {
  const lifted = (row: SuppressionRow) => lift(row, eventOf({ at: 3000, type: 'suppression.lifted' }))
  const found = () => ({ ...stop().row, chosenAt: null })

  test('takes the very row away, once, with one event', async ({ database }) => {
    const { row, entry } = stop()
    await apply(database, suppress(row, entry))
    const act = lifted(found())
    expect(await apply(database, act)).toEqual([1, 1])
    expect(await apply(database, act)).toEqual([0, 0])
    expect(await rows(database)).toEqual([])
    expect(await events(database)).toBe(2)
  })

  test.for<[why: string, other: Partial<SuppressionRow>]>([
    ['a millisecond earlier', { at: 999 }],
    ['a millisecond later', { at: 1001 }],
    ['of another reason', { reason: 2 }],
    ['of another scope', { scope: topicScope(2) }],
    ['of another source', { source: 2 }],
    ['of another recipient', { addressId: idOf('bob') }],
    ['that was chosen again', { chosenAt: 1001 }],
  ])('never takes one %s', async ([, other], { database }) => {
    const { row, entry } = stop()
    await apply(database, suppress(row, entry))
    expect(await apply(database, lifted({ ...found(), ...other }))).toEqual([0, 0])
    expect(await rows(database)).toEqual([[1000, null, 1]])
    expect(await events(database)).toBe(1)
  })

  test('leaves another reason standing', async ({ database }) => {
    await add(database)
    await add(database, { reason: 'complained' })
    await apply(database, lifted(found()))
    expect(await database.sql('SELECT reason FROM suppression')).toEqual([[2]])
  })
})

const WANTED = {
  scopes: [TENANT_SCOPE, workspaceScope(1)] as [number, number],
  topic: undefined,
  consent: true,
  now: 1000,
}

describe('looking up a packed list', () => {
  const packed = (...ids: Uint8Array[]) => new Uint8Array(Buffer.concat(ids))
  const find = async (database: TestDatabase, query: ReturnType<typeof matching>) =>
    query.decode(await database.sql(query.sql, query.args))

  test('finds what stands in the tenant, the workspace and the named topic, and nothing else', async ({
    database,
  }) => {
    await database.sql("INSERT INTO tenant VALUES (1, 't', 'T', 0)")
    await database.sql(
      "INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (1, 1, 'w', 'W', 0)",
    )
    for (const [number, name] of [
      [1, 'news'],
      [2, 'offers'],
    ] as const)
      await database.sql(
        "INSERT INTO topic (number, workspace, name, display_name, description, kind, created_at) VALUES (?, 1, ?, 'T', 'd', 'marketing', 0)",
        [number, name],
      )
    const standing: [string, number][] = [
      ['ada', TENANT_SCOPE],
      ['bob', workspaceScope(1)],
      ['cleo', workspaceScope(2)],
      ['dan', topicScope(1)],
      ['eve', topicScope(2)],
      ['eve', topicScope(1)],
    ]
    for (const [name, scope] of standing) await add(database, { addressId: idOf(name), scope })
    const ids = packed(...['nobody', 'ada', 'bob', 'cleo', 'dan', 'eve', 'ada'].map(idOf))
    const found = async (topic?: string) => {
      const named = topic === undefined ? undefined : { workspace: 1, name: topic }
      const hits = await find(database, matching(ids, { ...WANTED, topic: named }))
      return hits.map(({ index, scope }) => [index, scope]).sort((a, b) => a[0]! - b[0]!)
    }
    const wide = [
      [1, TENANT_SCOPE],
      [2, workspaceScope(1)],
    ]
    const alsoAda = [6, TENANT_SCOPE]
    expect(await found()).toEqual([...wide, alsoAda])
    expect(await found('nonsense')).toEqual([...wide, alsoAda])
    expect(await found('news')).toEqual([...wide, [4, topicScope(1)], [5, topicScope(1)], alsoAda])
    expect(await found('offers')).toEqual([...wide, [5, topicScope(2)], alsoAda])
  })

  test('of nobody finds nothing, of ten thousand the last one', async ({ database }) => {
    await add(database, { addressId: idOf(9999), scope: TENANT_SCOPE })
    expect(await find(database, matching(packed(), WANTED))).toEqual([])
    const all = packed(...Array.from({ length: 10_000 }, (_, i) => idOf(i)))
    expect(await find(database, matching(all, WANTED))).toEqual([
      { index: 9999, scope: TENANT_SCOPE, reason: 5, at: 1000, until: null },
    ])
  })

  test('in the platform’s list finds nothing of a tenant’s', async ({ database }) => {
    await add(database, { scope: TENANT_SCOPE })
    expect(await find(database, matchingPlatform(idOf('ada')))).toEqual([])
    await apply(database, suppressMany([stop({ scope: 0, reason: 'legal' })], 'platform'))
    expect(await find(database, matchingPlatform(packed(idOf('bob'), idOf('ada'))))).toEqual([
      { index: 1, scope: 0, reason: 1, at: 1000, until: null },
    ])
  })
})

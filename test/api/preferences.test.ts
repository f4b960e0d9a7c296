import { describe, expect } from 'vitest'
import { expectPause } from '../support/pause.ts'
import { answered, test, type World } from '../support/world.ts'

const center = async (world: World, address = 'ada@example.com') =>
  new URL((await world.links(address)).preferencesUrl).pathname
const save = (world: World, path: string, fields: [string, string][], accept = 'text/html') =>
  world.fetch(path, { method: 'POST', body: new URLSearchParams(fields), headers: { accept } })
const read = async (world: World, path: string) =>
  answered(await world.fetch(path, { headers: { accept: 'application/json' } }))
const states = ({ topics }: { topics: { name: string; state: string }[] }) =>
  Object.fromEntries(topics.map(topic => [topic.name, topic.state]))

describe('the preference center', () => {
  test('shows every topic of the sender and how the recipient stands with it', async ({
    sharedWorld: world,
  }) => {
    const preferences = await world.writesNothing(async () => read(world, await center(world)))
    expect(preferences).toMatchObject({ sender: 'North & Co.', everythingStopped: false })
    expect(states(preferences)).toEqual({ news: 'on', offers: 'on', receipts: 'required' })
  })

  test('says what a check would, where a complaint or a bounce stands, and leads to where it is taken back', async ({
    world,
  }) => {
    const owed = { topic: 'receipts', purpose: 'transactional' }
    for (const [address, reason] of [
      ['ada@example.com', 'complained'],
      ['bob@example.com', 'bounced'],
    ] as const) {
      const entries = [{ address, scope: 'workspace', reason }]
      await answered(await world.call('/v1/suppressions', { entries }))
      const path = await center(world, address)
      expect(states(await read(world, path))).toEqual({ news: 'off', offers: 'off', receipts: 'off' })
      expect(await world.check(address, owed)).toMatchObject({ decision: 'deny', reason })
      const page = await (await world.fetch(path, { headers: { accept: 'text/html' } })).text()
      expect(page).toContain('nor by signing up again')
      expect(page).not.toContain('To turn something on again, sign up')
      expect(page).toContain(`href="${path}/access"`)
    }
  })

  test('ends the topics left unticked, and the next check denies', async ({ world }) => {
    const path = await center(world)
    const answer = await save(world, path, [
      ['act', 'save'],
      ['shown', 'news'],
      ['shown', 'offers'],
      ['topic', 'offers'],
    ])
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${path}\\?done=[\\w-]+$`))
    expect(states(await read(world, path))).toEqual({ news: 'off', offers: 'on', receipts: 'required' })
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.check('ada@example.com', { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('leaves alone a topic that the page did not show', async ({ world }) => {
    const path = await center(world)
    await world.writesNothing(() =>
      save(world, path, [
        ['act', 'save'],
        ['shown', 'news'],
        ['topic', 'news'],
      ]),
    )
  })

  test('never resubscribes anybody, whatever is ticked', async ({ world }) => {
    const path = await center(world)
    await save(world, path, [
      ['act', 'save'],
      ['shown', 'news'],
    ])
    await world.writesNothing(() =>
      save(world, path, [
        ['act', 'save'],
        ['shown', 'news'],
        ['topic', 'news'],
      ]),
    )
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
  })

  test('pauses all marketing for 30, 60 or 90 days, and not receipts', async ({ world }) => {
    for (const days of [30, 60, 90]) {
      const answer = await save(
        world,
        await center(world),
        [
          ['act', 'pause'],
          ['days', String(days)],
        ],
        'application/json',
      )
      const { pausedUntil } = await answered(answer)
      expectPause(pausedUntil, days)
      expect(await world.check('ada@example.com')).toMatchObject({ reason: 'paused', until: pausedUntil })
    }
    expect(
      await world.check('ada@example.com', { topic: 'receipts', purpose: 'transactional' }),
    ).toMatchObject({ decision: 'allow' })
  })

  test('stops everything', async ({ world }) => {
    const path = await center(world)
    await save(world, path, [['act', 'stop']])
    expect(await read(world, path)).toMatchObject({ everythingStopped: true })
    expect(await world.check('ada@example.com', { topic: 'offers' })).toMatchObject({ scope: 'workspace' })
  })

  test('does the same for two recipients without mixing them', async ({ world }) => {
    await save(world, await center(world, 'ada@example.com'), [['act', 'stop']])
    expect(states(await read(world, await center(world, 'bob@example.com')))).toMatchObject({ news: 'on' })
  })
})

const strange: [string, [string, string][]][] = [
  ['no fields', []],
  ['an unknown act', [['act', 'resubscribe']]],
  ['a pause without days', [['act', 'pause']]],
  [
    'a pause of forever',
    [
      ['act', 'pause'],
      ['days', '99999'],
    ],
  ],
  [
    'a pause of less than nothing',
    [
      ['act', 'pause'],
      ['days', '-30'],
    ],
  ],
  [
    'a topic of somebody else',
    [
      ['act', 'save'],
      ['shown', 'weekly'],
    ],
  ],
  [
    'a topic that cannot be left',
    [
      ['act', 'save'],
      ['shown', 'receipts'],
    ],
  ],
]

test.for(strange)('a form with %s changes nothing', async ([, fields], { sharedWorld: world }) => {
  const path = await center(world)
  const answer = await world.writesNothing(() => save(world, path, fields))
  expect(answer.status).toBe(303)
})

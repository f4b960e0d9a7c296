import { describe, expect } from 'vitest'
import { DEFAULT_PERMISSIONS, keyIdOf, readApiKey, SENDER_PERMISSIONS } from '../../core/api-key.ts'
import { REASONS } from '../../core/codes/reason.ts'
import { workspaceScope } from '../../core/codes/scope.ts'
import { SOURCES } from '../../core/codes/source.ts'
import { dataText, type LedgerEvent, leafHash } from '../../core/event.ts'
import { openKeyring } from '../../core/keys.ts'
import { KEYS_A_DAY, KEYS_MAX, TOPICS_MAX } from '../../core/limits.ts'
import { suppress } from '../../db/suppression.ts'
import { newSecrets } from '../../local/secrets.ts'
import { DEMO, seed } from '../../local/seed.ts'
import { type PlanChange, TooManyTopics } from '../../ops/difference.ts'
import { liftMistake } from '../../ops/lift-mistake.ts'
import { migrate } from '../../ops/migrate.ts'
import type { Plan } from '../../ops/plan.ts'
import { copyPlatform } from '../../ops/platform-copy.ts'
import { provision } from '../../ops/provision.ts'
import { createKey, listKeys, revokeKey } from '../../ops/provision-key.ts'
import { stopRecords } from '../../worker/suppression/statements.ts'
import { runCommand } from '../support/cli.ts'
import { acting, apply, idOf, type TestDatabase, test } from '../support/database.ts'

type Topic = Plan['tenants'][number]['workspaces'][number]['topics'][number]
const NEWS: Topic = { name: 'news', displayName: 'News', description: 'What is new', kind: 'marketing' }
const planOf = (topics: Topic[] = [NEWS], workspace: object = {}, tenant: object = {}): Plan => ({
  tenants: [
    {
      name: 'penguin',
      displayName: 'Penguin',
      workspaces: [{ name: 'north', displayName: 'North', topics, ...workspace }],
      ...tenant,
    },
  ],
})
const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])

/** Runs `npm run provision -- …` upon a database and returns what it said; throws what it complained of. */
async function operate(
  { endpoint, as = 'test' }: Pick<TestDatabase, 'endpoint'> & { as?: string },
  ...args: string[]
): Promise<string> {
  const { code, out, err } = await runCommand(
    'ops/provision.ts',
    [...args, ...(args[1] === 'list' ? [] : ['--as', as])],
    {
      DATABASE_URL: endpoint.url,
      TOKEN_KEYS: `1:${Buffer.alloc(32, 1).toString('base64url')}`,
    },
  )
  if (code !== 0) throw new Error(err)
  return out
}

const said = (changes: PlanChange[]) => changes.map(({ type, path }) => `${type} ${path}`)
const events = (database: TestDatabase) =>
  database.sql('SELECT type, tenant, workspace, actor, subject, data, at FROM event ORDER BY seq')

/** What the ledger says of the plan's workspace, and of its topic. */
const workspaceFacts = (more: LedgerEvent['data']) =>
  dataText({
    brand: null,
    confirmationsPerDay: 10_000,
    consent: 'opt_out',
    displayName: 'North',
    embeddedIn: '',
    feedbackMailbox: null,
    legalName: null,
    linkHost: null,
    mailFrom: null,
    postalAddress: null,
    regimes: 'eu',
    returnOrigins: '',
    unsubscribeMailbox: null,
    ...more,
  })
const topicFacts = (more: LedgerEvent['data']) =>
  dataText({ consent: null, description: 'What is new', displayName: 'News', frequency: null, ...more })

describe('provisioning', () => {
  test('refuses a topic beyond the most of a workspace, by name, and creates nothing', async ({
    database,
  }) => {
    const topics = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...NEWS, name: `topic-${from + i}` }))
    await provision(database.endpoint, planOf(topics(1, TOPICS_MAX)))
    const one = provision(database.endpoint, planOf(topics(TOPICS_MAX + 1, 1)))
    await expect(one).rejects.toThrow(TooManyTopics)
    await expect(one).rejects.toThrow('penguin/north would have more than 1000 topics')
    expect(await database.sql('SELECT count(*) FROM topic')).toEqual([[TOPICS_MAX]])
  })

  test('creates what is missing, each with its event', async ({ database }) => {
    expect(said(await provision(database.endpoint, planOf(), () => 5))).toEqual([
      'tenant.created penguin',
      'workspace.created penguin/north',
      'topic.created penguin/north/news',
    ])
    expect(await database.sql('SELECT * FROM tenant')).toEqual([[1, 'penguin', 'Penguin', 5]])
    expect(
      await database.sql('SELECT number, tenant, name, display_name, created_at FROM workspace'),
    ).toEqual([[1, 1, 'north', 'North', 5]])
    expect(await database.sql('SELECT * FROM topic')).toEqual([
      [1, 1, 'news', 'News', 'What is new', 'marketing', 5, null, null],
    ])
    expect(await events(database)).toEqual([
      ['tenant.created', 1, null, 'operator:cli:test', 'penguin', '{"displayName":"Penguin","number":1}', 5],
      [...['workspace.created', 1, 1, 'operator:cli:test', 'north'], workspaceFacts({ number: 1 }), 5],
      ['topic.created', 1, 1, 'operator:cli:test', 'news', topicFacts({ kind: 'marketing', number: 1 }), 5],
    ])
  })

  test('writes hashes that anybody can check from the entries alone', async ({ database }) => {
    await provision(database.endpoint, DEMO)
    const rows = await database.sql(
      'SELECT id, at, tenant, workspace, type, actor, address_id, subject, data, leaf FROM event',
    )
    expect(rows.length).toBeGreaterThan(5)
    for (const [id, at, tenant, workspace, type, actor, addressId, subject, data, leaf] of rows) {
      const entry = {
        id,
        at,
        tenant,
        workspace,
        type,
        actor,
        addressId,
        subject,
        data: JSON.parse(String(data)),
      }
      expect(leafHash(entry as unknown as LedgerEvent)).toEqual(leaf)
    }
  })

  test('again changes nothing', async ({ database }) => {
    await provision(database.endpoint, DEMO)
    const before = await database.dump()
    expect(await provision(database.endpoint, DEMO)).toEqual([])
    expect(await database.dump()).toEqual(before)
  })

  test('never deletes what a plan no longer names', async ({ database }) => {
    await provision(database.endpoint, DEMO)
    const before = await database.dump()
    expect(await provision(database.endpoint, { tenants: [] })).toEqual([])
    const lessTopics = {
      ...DEMO.tenants[0]!,
      workspaces: [{ ...DEMO.tenants[0]!.workspaces[0]!, topics: [] }],
    }
    expect(await provision(database.endpoint, { tenants: [lessTopics] })).toEqual([])
    expect(await database.dump()).toEqual(before)
  })

  test.for<[what: string, plan: Plan, changes: string[], data: string]>([
    [
      "a tenant's name on pages",
      planOf([NEWS], {}, { displayName: 'Penguin Ltd' }),
      ['tenant.updated penguin'],
      '{"displayName":"Penguin Ltd"}',
    ],
    [
      "a workspace's mailbox",
      planOf([NEWS], { unsubscribeMailbox: 'leave@example.com' }),
      ['workspace.updated penguin/north'],
      workspaceFacts({ unsubscribeMailbox: 'leave@example.com' }),
    ],
    [
      "a topic's description",
      planOf([{ ...NEWS, description: 'All that is new' }]),
      ['topic.updated penguin/north/news'],
      topicFacts({ description: 'All that is new' }),
    ],
    [
      "a workspace's mode of consent",
      planOf([NEWS], { consent: 'opt_in' }),
      ['workspace.updated penguin/north'],
      workspaceFacts({ consent: 'opt_in' }),
    ],
    [
      "a topic's mode of consent",
      planOf([{ ...NEWS, consent: 'opt_in' }]),
      ['topic.updated penguin/north/news'],
      topicFacts({ consent: 'opt_in' }),
    ],
  ])('updates %s, with its event, and keeps its number', async ([, plan, changes, data], { database }) => {
    await provision(database.endpoint, planOf())
    expect(said(await provision(database.endpoint, plan))).toEqual(changes)
    expect((await events(database)).slice(3).map(([type, , , , , facts]) => [type, facts])).toEqual([
      [changes[0]!.split(' ')[0], data],
    ])
    expect(await database.sql('SELECT number FROM topic UNION ALL SELECT number FROM workspace')).toEqual([
      [1],
      [1],
    ])
    expect(await provision(database.endpoint, plan)).toEqual([])
  })

  test('leaves a mailbox that a plan does not mention, and takes it away for null', async ({ database }) => {
    await provision(database.endpoint, planOf([NEWS], { unsubscribeMailbox: 'leave@example.com' }))
    expect(await provision(database.endpoint, planOf())).toEqual([])
    expect(await database.sql('SELECT unsubscribe_mailbox FROM workspace')).toEqual([['leave@example.com']])
    await provision(database.endpoint, planOf([NEWS], { unsubscribeMailbox: null }))
    expect(await database.sql('SELECT unsubscribe_mailbox FROM workspace')).toEqual([[null]])
  })

  test('with a new host of links says how long a messageRef may be there, once', async ({ database }) => {
    const notesOn = (linkHost: string | null) =>
      provision(database.endpoint, planOf([NEWS], { linkHost })).then(changes =>
        changes.flatMap(({ note }) => note ?? []),
      )
    expect(await notesOn('fourt1.example')).toEqual([])
    const longer = await notesOn('mail.north.example')
    expect(longer).toEqual([
      'links at mail.north.example have room for a messageRef of 5 characters: calls with a longer one are refused from now on',
    ])
    expect(await notesOn('mail.north.example')).toEqual([])
    expect(await notesOn('ews-and-more.acme.example')).toEqual([
      'links at ews-and-more.acme.example have no room for a messageRef: calls with one are refused from now on',
    ])
    expect(await notesOn(null)).toEqual([])
  })

  test('numbers go on where they were, across tenants', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const puffin = { ...planOf().tenants[0]!, name: 'puffin' }
    await provision(database.endpoint, { tenants: [puffin] })
    expect(await database.sql('SELECT number, tenant FROM workspace')).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(await database.sql('SELECT number, workspace FROM topic')).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  test('two at once come to the same as one', async ({ database }) => {
    const [one, two] = await Promise.all([1, 2].map(() => provision(database.endpoint, DEMO)))
    expect(Math.min(one!.length, two!.length)).toBe(0)
    const topics = await database.sql('SELECT name FROM topic ORDER BY number')
    expect(topics.flat()).toEqual(['news', 'offers', 'receipts', 'weekly', 'account'])
    expect(await events(database)).toHaveLength(one!.length + two!.length)
  })

  test('a topic never changes its kind, and the rest of such a plan is not applied', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const before = await database.dump()
    const plan = planOf(
      [
        { ...NEWS, kind: 'transactional' },
        { ...NEWS, name: 'more' },
      ],
      {},
      { displayName: 'X' },
    )
    await expect(provision(database.endpoint, plan)).rejects.toThrow(
      'penguin/north/news is marketing and stays so',
    )
    expect(await database.dump()).toEqual(before)
  })

  test.for<[why: string, plan: unknown, message: string]>([
    ['no plan', undefined, 'expected object'],
    ['an empty plan', {}, 'tenants'],
    ['an unknown field', { tenants: [], topics: [] }, 'topics'],
    ['a name in capitals', planOf([{ ...NEWS, name: 'News' }]), 'a-z, 0-9 and -'],
    ['a name with a slash', planOf([{ ...NEWS, name: 'a/b' }]), 'a-z, 0-9 and -'],
    ['a name that begins with a hyphen', planOf([{ ...NEWS, name: '-a' }]), 'a-z, 0-9 and -'],
    ['an empty name', planOf([{ ...NEWS, name: '' }]), 'a-z, 0-9 and -'],
    ['a name of 64', planOf([{ ...NEWS, name: 'a'.repeat(64) }]), 'a-z, 0-9 and -'],
    ['a name with a line end', planOf([{ ...NEWS, name: 'news\n' }]), 'a-z, 0-9 and -'],
    ['an empty display name', planOf([{ ...NEWS, displayName: ' ' }]), 'must not be empty'],
    ['a long display name', planOf([{ ...NEWS, displayName: 'a'.repeat(101) }]), 'at most 100'],
    [
      'a display name of two lines, for a header',
      planOf([{ ...NEWS, displayName: 'a\r\nBcc: x' }]),
      'one line',
    ],
    ['a display name that turns the text around', planOf([{ ...NEWS, displayName: 'a\u202Eb' }]), 'one line'],
    ['a long description', planOf([{ ...NEWS, description: 'a'.repeat(501) }]), 'at most 500'],
    ['an unknown kind', planOf([{ ...NEWS, kind: 'other' as 'marketing' }]), 'kind'],
    ['a mailbox that is no address', planOf([], { unsubscribeMailbox: 'leave' }), 'must be an address'],
    ['two topics of one name', planOf([NEWS, NEWS]), 'two topics have the same name'],
    ['two tenants of one name', { tenants: [planOf().tenants[0], planOf().tenants[0]] }, 'two tenants'],
    [
      'a topic without a description',
      planOf([{ ...NEWS, description: undefined as unknown as string }]),
      'description',
    ],
  ])('refuses %s and writes nothing', async ([, plan, message], { sharedDatabase: database }) => {
    const before = await database.dump()
    await expect(provision(database.endpoint, plan as Plan)).rejects.toThrow(message)
    expect(await database.dump()).toEqual(before)
  })
})

describe('an API key', () => {
  test('is created with its event; only the hash of its secret is kept', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const { text, name } = await createKey(
      database.endpoint,
      keyring,
      'penguin/north',
      ['links:mint'],
      () => 9,
    )
    const claim = readApiKey(keyring, text)!
    expect(await database.sql('SELECT * FROM api_key')).toEqual([
      [claim.keyId, 1, claim.secretHash, '["links:mint"]', 9, null, null, null, null, null, null, null],
    ])
    expect((await events(database)).at(-1)).toEqual([
      ...['api_key.created', 1, 1, 'operator:cli:test', name],
      '{"permissions":"links:mint"}',
      9,
    ])
    const secret = Buffer.from(text.slice(5), 'base64url').subarray(17, 41)
    const everything = Object.values(await database.dump()).flat(2)
    const bytes = everything.map(value =>
      typeof value === 'object' && value ? Buffer.from(value) : `${value}`,
    )
    expect(bytes.filter(value => value.includes(text) || value.includes(secret.toString('latin1')))).toEqual(
      [],
    )
    expect(bytes.filter(value => Buffer.from(value).includes(secret))).toEqual([])
  })

  test('is made by an operator though a thief has made as many as there may be', async ({ database }) => {
    await provision(database.endpoint, planOf())
    await database.sql(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at)
       SELECT CAST(printf('%08d', i) AS BLOB), 1, zeroblob(32), '[]', 9 FROM n`,
      [Math.max(KEYS_MAX, KEYS_A_DAY)],
    )
    const { name } = await createKey(database.endpoint, keyring, 'penguin/north', [], () => 9)
    expect((await listKeys(database.endpoint)).map(key => key.name)).toContain(name)
  })

  test('that is made without a word on permissions hands off mail and does no more', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const permissions = async (...more: string[]) => {
      const out = await operate(database, 'key', 'create', 'penguin/north', ...more)
      const name = /key_[\w-]{11}/.exec(out)![0]
      return (await listKeys(database.endpoint)).find(key => key.name === name)!.permissions
    }
    expect(await permissions()).toEqual([...DEFAULT_PERMISSIONS])
    expect(await permissions('--permissions', 'sender')).toEqual([...SENDER_PERMISSIONS])
    expect(await permissions('--permissions', 'links:mint,webhooks:read')).toEqual([
      'links:mint',
      'webhooks:read',
    ])
    await expect(permissions('--permissions', 'everything')).rejects.toThrow('is not a permission')
  })

  test('that is revoked takes with it what it made, or says what goes on', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const keys = await Promise.all(
      [1, 2].map(async at => {
        const maker = await createKey(database.endpoint, keyring, 'penguin/north', [], () => at)
        const made = await createKey(database.endpoint, keyring, 'penguin/north', [], () => at)
        await database.sql('UPDATE api_key SET made_by = ? WHERE id = ?', [
          keyIdOf(maker.name)!,
          keyIdOf(made.name)!,
        ])
        return { maker: maker.name, made: made.name }
      }),
    )
    const [ended, kept] = keys as [(typeof keys)[0], (typeof keys)[0]]
    expect(await operate(database, 'key', 'revoke', ended.maker)).toBe(
      `${ended.maker} is revoked\n${ended.made}, which came of it, is revoked\n`,
    )
    expect(await operate(database, 'key', 'list')).toContain(`of ${kept.maker}  used never`)
    expect(await operate(database, 'key', 'revoke', kept.maker, '--keep-children')).toBe(
      `${kept.maker} is revoked\n${kept.made}, which came of it, goes on\n`,
    )
  })

  test('is listed without anything by which it could be used', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const { name } = await createKey(database.endpoint, keyring, 'penguin/north', ['links:mint'], () => 9)
    expect(await listKeys(database.endpoint)).toEqual([
      {
        name,
        workspace: 'penguin/north',
        permissions: ['links:mint'],
        createdAt: 9,
        lastUsedAt: null,
        revokedAt: null,
        expiresAt: null,
        cameOf: null,
      },
    ])
  })

  test('is revoked once, with its event', async ({ database }) => {
    await provision(database.endpoint, planOf())
    const { name } = await createKey(database.endpoint, keyring, 'penguin/north', [], () => 9)
    const other = await createKey(database.endpoint, keyring, 'penguin/north', [], () => 10)
    await revokeKey(database.endpoint, name, () => 20)
    const keys = await listKeys(database.endpoint)
    expect(keys.map(key => [key.name, key.revokedAt])).toEqual([
      [name, 20],
      [other.name, null],
    ])
    expect((await events(database)).at(-1)).toEqual([
      'api_key.revoked',
      1,
      1,
      'operator:cli:test',
      name,
      '{"children":"end"}',
      20,
    ])
    const before = await database.dump()
    await expect(revokeKey(database.endpoint, name)).rejects.toThrow('is revoked already')
    expect(await database.dump()).toEqual(before)
  })

  test.for([
    '',
    'penguin',
    'penguin/',
    '/north',
    'penguin/south',
    'puffin/north',
    'penguin/north/news',
    'north',
  ])('is not created for "%s"', async (path, { sharedDatabase: database }) => {
    await provision(database.endpoint, planOf())
    const before = await database.dump()
    await expect(createKey(database.endpoint, keyring, path, [])).rejects.toThrow('there is no workspace')
    expect(await database.dump()).toEqual(before)
  })

  test.for(['', 'key_', 'key_AAAAAAAAAAA', 'penguin/north', "key_' OR 1=1"])(
    'that is not there cannot be revoked: "%s"',
    async (name, { sharedDatabase: database }) => {
      await provision(database.endpoint, planOf())
      await createKey(database.endpoint, keyring, 'penguin/north', [])
      const before = await database.dump()
      await expect(revokeKey(database.endpoint, name)).rejects.toThrow('there is no key')
      expect(await database.dump()).toEqual(before)
    },
  )
})

describe('a suppression that was written down by mistake', () => {
  const TICKET = 'OPS-17'
  const add = async (
    database: TestDatabase,
    reason: keyof typeof REASONS,
    source: keyof typeof SOURCES,
    scope = workspaceScope(1),
  ) => {
    const stop = {
      at: 5,
      tenant: 1,
      workspace: 1,
      addressId: idOf('ada'),
      scope,
    } as const
    const { row, entry } = stopRecords(acting({ kind: 'mail_server' }), {
      ...{ ...stop, reason, source, until: null, via: 'ses' },
    })
    await apply(database, suppress(row, entry))
    return entry.subject
  }
  const lift = (database: TestDatabase, id: string, path = 'penguin/north', ticket = TICKET) =>
    liftMistake(database.endpoint, { path, id, ticket }, () => 9)

  test.for(['complained', 'legal', 'bounced', 'manual'] as const)(
    '(%s) is lifted by an operator once, with an event that names the case',
    async (reason, { database }) => {
      await provision(database.endpoint, planOf())
      const id = await add(database, reason, 'report')
      expect(await lift(database, id)).toMatchObject({ id, reason, scope: 'workspace', source: 'report' })
      expect(await database.sql('SELECT count(*) FROM suppression')).toEqual([[0]])
      expect((await events(database)).at(-1)!.slice(0, 6)).toEqual([
        ...['suppression.lifted', 1, 1, 'operator:cli:test', id],
        `{"reason":"${reason}","scope":"workspace","source":"report","ticket":"OPS-17","via":"operator"}`,
      ])
      expect((await database.sql('SELECT address_id FROM event ORDER BY seq DESC LIMIT 1'))[0]).toEqual([
        idOf('ada'),
      ])
      await expect(lift(database, id)).rejects.toThrow(`there is no suppression ${id}`)
    },
  )

  test.for<[reason: keyof typeof REASONS, source: keyof typeof SOURCES]>([
    ['unsubscribed', 'recipient'],
    ['paused', 'recipient'],
    ['objected', 'import'],
    ['restricted', 'recipient'],
  ])('is none where its recipient chose it: %s, told by %s', async ([reason, source], { database }) => {
    await provision(database.endpoint, planOf())
    const id = await add(database, reason, source)
    const before = await database.dump()
    await expect(lift(database, id)).rejects.toThrow(`${id} is the recipient's own choice (${reason})`)
    expect(await database.dump()).toEqual(before)
  })

  test('is lifted only where it stands, and for a case that has a name and no words', async ({
    database,
  }) => {
    const other = { name: 'puffin', displayName: 'Puffin' }
    await provision(database.endpoint, planOf())
    await provision(database.endpoint, planOf([NEWS], {}, other))
    const id = await add(database, 'complained', 'report')
    const elsewhere = await add(database, 'complained', 'report', workspaceScope(2))
    const before = await database.dump()
    for (const [one, path, ticket, message] of [
      [id, 'penguin/south', TICKET, 'there is no workspace penguin/south'],
      [id, 'penguin', TICKET, 'there is no workspace penguin'],
      [id, 'penguin/north', 'ada@example.com', '--ticket must be'],
      [id, 'penguin/north', 'she says so', '--ticket must be'],
      [id, 'penguin/north', '', '--ticket must be'],
    ] as const)
      await expect(lift(database, one, path, ticket)).rejects.toThrow(message)
    expect(await database.dump()).toEqual(before)
    for (const [one, path] of [
      [id, 'puffin/north'],
      [elsewhere, 'penguin/north'],
      ['sup_x', 'penguin/north'],
    ] as const)
      await expect(lift(database, one, path)).rejects.toThrow(`there is no suppression ${one} in ${path}`)
    expect(await database.dump()).toEqual(before)
    const command = ['suppression', 'lift', id, '--of', 'penguin/north'] as const
    await expect(operate(database, ...command)).rejects.toThrow('npm run provision -- suppression lift')
    const out = await operate(database, ...command, '--ticket', TICKET)
    expect(out).toBe(`${id} is lifted: complained, workspace, since 1970-01-01T00:00:00.005Z\n`)
  })
})

describe('a plan for another cluster', () => {
  const numbers = (database: TestDatabase) =>
    database.sql(
      'SELECT number FROM tenant UNION ALL SELECT number FROM workspace UNION ALL SELECT number FROM topic',
    )

  test('gives out numbers of that cluster’s range, one after the other', async ({ database }) => {
    const offers = { ...NEWS, name: 'offers' }
    await provision(database.endpoint, planOf(), undefined, { cluster: 2 })
    expect(await numbers(database)).toEqual(Array(3).fill([2 * 2 ** 24 + 1]))
    await provision(database.endpoint, planOf([NEWS, offers]), undefined, { cluster: 2 })
    expect(await database.sql("SELECT number FROM topic WHERE name = 'offers'")).toEqual([[2 * 2 ** 24 + 2]])
    const { text } = await createKey(database.endpoint, keyring, 'penguin/north', [])
    expect(readApiKey(keyring, text)).toMatchObject({ tenant: 2 * 2 ** 24 + 1, workspace: 2 * 2 ** 24 + 1 })
  })

  test('is refused in the database of any other, and nothing is written', async ({ database }) => {
    await provision(database.endpoint, planOf(), undefined, { cluster: 1 })
    const before = await database.dump()
    for (const among of [undefined, { cluster: 0 }, { cluster: 2 }])
      await expect(provision(database.endpoint, planOf([]), undefined, among)).rejects.toThrow(
        'this is the database of cluster 1',
      )
    expect(await database.dump()).toEqual(before)
  })

  test('is refused where a number would be the next cluster’s', async ({ database }) => {
    await provision(database.endpoint, planOf())
    await database.sql('UPDATE topic SET number = ?', [2 ** 24 - 1])
    await expect(provision(database.endpoint, planOf([NEWS, { ...NEWS, name: 'offers' }]))).rejects.toThrow(
      'cluster 0 has given out all its numbers',
    )
    // What needs no new number goes on.
    expect(said(await provision(database.endpoint, planOf([{ ...NEWS, displayName: 'New' }])))).toEqual([
      'topic.updated penguin/north/news',
    ])
  })
})

test('the platform’s suppressions are copied to a new cluster, each once, with their events', async ({
  database,
  emptyDatabase,
}) => {
  await migrate(emptyDatabase.endpoint.url)
  const ids = Array.from({ length: 300 }, (_, i) => idOf(i))
  for (const [i, id] of ids.entries())
    await database.sql('INSERT INTO platform_suppression VALUES (?, ?, ?, ?, ?)', [
      id,
      REASONS.legal,
      SOURCES.sender,
      1000 + i,
      i % 2 ? null : 9_000_000_000_000,
    ])
  const copy = () => copyPlatform(database.endpoint, emptyDatabase.endpoint)
  const all = 'SELECT * FROM platform_suppression ORDER BY address_id'
  expect(await copy()).toBe(300)
  expect(await emptyDatabase.sql(all)).toEqual(await database.sql(all))
  expect(await copy()).toBe(0)
  const [[events, first]] = (await emptyDatabase.sql('SELECT count(*), min(data) FROM event')) as [
    [number, string],
  ]
  expect([events, JSON.parse(first)]).toMatchObject([
    300,
    { scope: 'platform', reason: 'legal', via: 'copy' },
  ])
})

describe('the demo', () => {
  test('seeded again is the same, with the same keys', async ({ database }) => {
    const secrets = newSecrets()
    const first = await seed(database.endpoint, secrets)
    const before = await database.dump()
    const { apiKey, otherApiKey } = first
    expect(await seed(database.endpoint, { ...secrets, apiKey, otherApiKey })).toEqual(first)
    expect(await database.dump()).toEqual(before)
  })

  test('makes a new key for one that was revoked or is of another place', async ({ database }) => {
    const secrets = newSecrets()
    const { apiKey, otherApiKey } = await seed(database.endpoint, secrets)
    const swapped = await seed(database.endpoint, { ...secrets, apiKey: otherApiKey, otherApiKey })
    expect([apiKey, otherApiKey]).not.toContain(swapped.apiKey)
    const [first] = await listKeys(database.endpoint)
    await revokeKey(database.endpoint, first!.name)
    const again = await seed(database.endpoint, { ...secrets, apiKey, otherApiKey })
    expect(again.apiKey).not.toBe(apiKey)
    expect(again.otherApiKey).toBe(otherApiKey)
  })

  test('is not seeded with malformed secrets', async ({ database }) => {
    const before = await database.dump()
    for (const bad of [
      { tokenKeys: 'short' },
      { indexKey: 'short' },
      { dataKey: 'short' },
      { keyEncryptionKeys: '1:short' },
    ])
      await expect(seed(database.endpoint, { ...newSecrets(), ...bad }), JSON.stringify(bad)).rejects.toThrow(
        /malformed|must be/,
      )
    expect(await database.dump()).toEqual(before)
  })
})

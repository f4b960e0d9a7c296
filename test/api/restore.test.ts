import { describe, expect } from 'vitest'
import { addressHash } from '../../core/address.ts'
import { keyName, readApiKey } from '../../core/api-key.ts'
import { uuid7 } from '../../core/id.ts'
import { AddressIndexes, parseKey } from '../../core/keys.ts'
import { transact, wired } from '../../db/engine/hrana.ts'
import { append } from '../../db/event.ts'
import { erase as erased } from '../../db/succession.ts'
import { backup, backupTail } from '../../ops/backup.ts'
import { migrate, readMigrations } from '../../ops/migrate.ts'
import { revokeKey } from '../../ops/provision-key.ts'
import { restore } from '../../ops/restore.ts'
import { forge, linesOf } from '../support/backup.ts'
import { mailedRequest, press, request } from '../support/consent.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { saidOf, sendList } from '../support/list.ts'
import { textOf } from '../support/source.ts'
import { answered, type OwnWorld, openFloe, readyz, test, type World } from '../support/world.ts'

const idAt = (world: World, address: string) =>
  new AddressIndexes(parseKey(world.indexKey)!).tenant(world.tenant).id(addressHash(address))

/** The tables whose rows the storage contract calls personal. */
const PERSONAL_TABLES = (textOf('db/README.md').match(/^\| `\w+`.*\|$/gm) ?? [])
  .filter(row => /\| personal, [^|]*\|$/.test(row))
  .map(row => /`(\w+)`/.exec(row)![1]!)

/** Erases a recipient: what can be read as them goes, and the ledger says so, in one act. */
async function erase(world: World, address: string): Promise<void> {
  const addressId = idAt(world, address)
  const { tenant, workspace } = world
  const at = Date.now()
  const event = { id: uuid7(at), at, tenant, workspace, addressId, subject: 'erasure', data: {} }
  await transact(
    world.endpoint,
    [
      append({ ...event, type: 'rights.erased', actor: 'recipient' }),
      ...erased(tenant, addressId, event),
    ].map(wired),
    5000,
  )
}

async function confirm(world: World, address: string): Promise<void> {
  const { confirmation } = await request(world, address)
  expect((await press(world, confirmation.confirmUrl)).status).toBe(200)
}

const click = async (world: World, address: string) => {
  const { unsubscribeUrl } = await world.links(address)
  expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
}

interface Key {
  id: string
  key: string
}

async function makeKey(world: World, key = world.apiKey): Promise<Key> {
  const permissions = ['api_keys:write', 'addresses:check']
  const answer = await world.call('/v1/api-keys', { permissions }, { key })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Key
}

/** Revokes a key and keeps what it made. */
const keepChildren = async (world: World, { id }: Key, key = world.apiKey) =>
  answered(await world.call(`/v1/api-keys/${id}?children=keep`, undefined, { method: 'DELETE', key }))

const checks = async (world: World, { key }: Key) =>
  (await world.call('/v1/check', { topic: 'news', addresses: [] }, { key })).status

/** Backs a world up, lets things happen, and has a new Worker serve what a restore of it gives. */
async function lose(
  world: OwnWorld,
  since: (() => Promise<void>) | undefined,
  use: (restored: TestDatabase) => Promise<void>,
): Promise<void> {
  const restored = await openTestDatabase({ empty: true })
  try {
    const [whole, tail] = [`${restored.dir}/whole`, `${restored.dir}/tail`]
    await backup(world.endpoint, whole)
    if (since) {
      await since()
      await backupTail(world.endpoint, tail, whole)
    }
    await world.database.stop()
    await restore(restored.endpoint, whole, since && tail)
    await world.redeploy({ DATABASE_URL: restored.endpoint.url })
    await use(restored)
  } finally {
    await restored.close()
  }
}

test('a restored Floe is the one that was lost: links, keys, refusals, consents and their evidence', async ({
  ownWorld: world,
}) => {
  await click(world, 'ada@example.com')
  await confirm(world, 'bob@example.com')
  const { unsubscribeUrl } = await world.links('cy@example.com')
  const proof = { address: 'bob@example.com', topic: 'news' }
  const before = await answered(await world.call('/v1/consents/prove', proof))
  await lose(world, undefined, async () => {
    expect((await world.fetch('/readyz')).status).toBe(200)
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.check('bob@example.com')).toMatchObject({ decision: 'allow' })
    const { history } = await answered(await world.call('/v1/consents/prove', proof))
    expect(history).toEqual(before.history)
    expect(JSON.stringify(history)).toContain('203.0.113.7')
    expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    expect(await world.check('cy@example.com')).toMatchObject({ decision: 'deny' })
  })
})

/** What happens to a tenant: up to the first `yield` before the backup, up to the second before the loss, then after the restore. */
type Story = (world: World) => AsyncGenerator<void, void, TestDatabase>

const STORIES: Record<string, Story> = {
  async *'who was erased stays erased, and not mailed'(world) {
    for (const address of ['ada@example.com', 'bob@example.com']) await confirm(world, address)
    await click(world, 'ada@example.com')
    yield
    await erase(world, 'ada@example.com')
    const restored = yield
    for (const table of PERSONAL_TABLES) {
      const left = await restored.sql(
        `SELECT count(*) FILTER (WHERE address_id = ?), count(*) > 0 FROM ${table}`,
        [idAt(world, 'ada@example.com')],
      )
      expect(left, table).toEqual([[0, 1]])
    }
    const { history } = await answered(await world.call('/v1/consents/prove', { address: 'ada@example.com' }))
    expect(history.length).toBeGreaterThan(0)
    expect(JSON.stringify(history)).not.toContain('203.0.113.7')
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
    const erased = "SELECT count(*) FROM event WHERE type = 'rights.erased' AND tenant = ?"
    expect(await restored.sql(erased, [world.tenant])).toEqual([[1]])
    expect(await restored.sql("SELECT data->>'erasures' FROM event WHERE type = 'ledger.restored'")).toEqual([
      [1],
    ])
  },

  async *'whoever came back after an erasure that the backup has already keeps what they gave then'(world) {
    await confirm(world, 'ada@example.com')
    await erase(world, 'ada@example.com')
    await request(world, 'ada@example.com')
    yield
    await click(world, 'bob@example.com')
    const restored = yield
    const id = idAt(world, 'ada@example.com')
    expect(await restored.sql('SELECT count(*) FROM recipient_key WHERE address_id = ?', [id])).toEqual([[1]])
  },

  async *'whoever left is not mailed, by whichever door, and no sender brings them back'(world) {
    const suppress = async (...entries: object[]) =>
      (await answered(await world.call('/v1/suppressions', { entries }))).results
    const until = '2999-01-01T00:00:00.000Z'
    const [lifted] = await suppress({ address: 'lifted@example.com', scope: 'workspace', reason: 'manual' })
    yield
    await click(world, 'click@example.com')
    await suppress(
      { address: 'manual@example.com', scope: 'workspace', reason: 'manual' },
      { address: 'complained@example.com', scope: 'workspace', reason: 'complained' },
      { address: 'until@example.com', scope: 'topic', topic: 'news', reason: 'manual', until },
    )
    await answered(await world.call('/v1/consents/withdraw', { address: 'told@example.com' }))
    const imported = await world.call('/v1/suppressions/import', null, {
      body: 'email\nimported@example.com\n',
      headers: { 'content-type': 'text/csv' },
    })
    await imported.text()
    await answered(await world.call(`/v1/suppressions/${lifted.id}`, null, { method: 'DELETE', body: null }))
    const restored = yield
    for (const name of ['click', 'manual', 'complained', 'until', 'told', 'imported'])
      expect(await world.check(`${name}@example.com`), name).toMatchObject({ decision: 'deny' })
    expect(await world.check('until@example.com')).toMatchObject({ until })
    expect(await world.check('lifted@example.com')).toMatchObject({ decision: 'allow' })
    const sources = await restored.sql('SELECT address_id, source FROM suppression')
    const sourceOf = (name: string) =>
      sources.find(([id]) => Buffer.from(id as Uint8Array).equals(idAt(world, `${name}@example.com`)))?.[1]
    expect(['click', 'told', 'manual', 'complained', 'imported'].map(sourceOf)).toEqual([1, 1, 2, 2, 3])
    const orphans = await restored.sql(
      `SELECT count(*) FROM suppression AS s WHERE NOT EXISTS (
        SELECT 1 FROM event AS e WHERE e.address_id = s.address_id AND e.type = 'suppression.added')`,
    )
    expect(orphans).toEqual([[0]])
  },

  async *'who confirmed one topic after leaving everything stays away from the rest, since the day they left'(
    world,
  ) {
    const ada = 'ada@example.com'
    const everything = new URLSearchParams({ scope: 'workspace' })
    const { unsubscribeUrl } = await world.links(ada)
    await world.fetch(`${unsubscribeUrl}/page`, { method: 'POST', body: everything })
    const { since } = await world.check(ada)
    const { confirmation } = await mailedRequest(world, ada)
    yield
    await press(world, confirmation.confirmUrl)
    yield
    expect(await world.check(ada, { topic: 'offers' })).toMatchObject({ reason: 'unsubscribed', since })
  },

  async *'no key undoes an import from before, since a later one that is lost may have had the same people'(
    world,
  ) {
    const file = 'email\nada@example.com\n'
    const undo = (name: string) => world.call(`/v1/imports/${name}/undo`, {})
    await saidOf(world, 'import', file, { name: 'spring' })
    await saidOf(world, 'import', file, { name: 'mistake', query: '?scope=topic&topic=offers' })
    yield
    await saidOf(world, 'import', file, { name: 'autumn' })
    await answered(await undo('mistake'))
    yield
    expect([(await undo('spring')).status, (await undo('autumn')).status]).toEqual([410, 404])
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
    const reused = await sendList(world, 'import', file, {
      name: 'mistake',
      query: '?scope=topic&topic=offers',
    })
    expect([reused.status, await reused.json()]).toMatchObject([409, { code: 'import.undone' }])
  },

  async *'a key that was revoked stays revoked'(world) {
    yield
    await revokeKey(world.endpoint, keyName(readApiKey(world.keyring, world.apiKey)!.keyId))
    yield
    const check = (topic: string, key: string) =>
      world.call('/v1/check', { topic, addresses: ['ada@example.com'] }, { key })
    expect((await check('news', world.apiKey)).status).toBe(401)
    expect((await check('news', world.siblingApiKey)).status).toBe(200)
    expect((await check('weekly', world.otherApiKey)).status).toBe(200)
  },

  async *'a key that outlives its maker ends with who kept it'(world) {
    const maker = await makeKey(world)
    const made = await makeKey(world, maker.key)
    const keeper = await makeKey(world)
    yield
    await keepChildren(world, maker, keeper.key)
    yield
    expect(await checks(world, made)).toBe(200)
    await answered(await world.call(`/v1/api-keys/${keeper.id}`, undefined, { method: 'DELETE' }))
    expect(await checks(world, made)).toBe(401)
  },

  async *'a key that was replaced ends when it was to end'(world) {
    const name = keyName(readApiKey(world.keyring, world.apiKey)!.keyId)
    yield
    const { status } = await world.call(`/v1/api-keys/${name}/rotate`, { overlapSeconds: 0 })
    expect(status).toBe(201)
    const restored = yield
    const check = { topic: 'news', addresses: ['ada@example.com'] }
    expect((await world.call('/v1/check', check)).status).toBe(401)
    const ending = `SELECT workspace FROM api_key WHERE expires_at IS NOT NULL
      AND workspace IN (SELECT number FROM workspace WHERE tenant = ?)`
    expect(await restored.sql(ending, [world.tenant])).toEqual([[world.workspace]])
  },

  async *'what a replaced key had made ends when that one was to end'(world) {
    const maker = await makeKey(world)
    const made = await makeKey(world, maker.key)
    yield
    const answer = await world.call(`/v1/api-keys/${maker.id}/rotate`, { overlapSeconds: 60 })
    const { oldExpiresAt } = (await answer.json()) as { oldExpiresAt: string }
    const restored = yield
    const end = 'SELECT expires_at FROM api_key WHERE id = ?'
    const { keyId } = readApiKey(world.keyring, made.key)!
    expect(await restored.sql(end, [keyId])).toEqual([[Date.parse(oldExpiresAt)]])
  },
}

/** Tells every story to a tenant of its own in one Floe, which is lost and restored once, and leaves each test the end of its own. */
const told = test.extend<{ $file: { endOf: Record<string, () => Promise<unknown>> } }>({
  endOf: [
    async ({}, use) => {
      const floe = await openFloe({})
      const stories = Object.entries(STORIES).map(([name, story]) => {
        const world = floe.next()
        return { name, world, acts: story(world) }
      })
      const goOn = async () => {
        await Promise.all(stories.map(({ acts }) => acts.next()))
      }
      await goOn()
      await lose(stories[0]!.world, goOn, restored =>
        use(Object.fromEntries(stories.map(({ name, acts }) => [name, () => acts.next(restored)]))),
      )
      await floe.close()
    },
    { scope: 'file' },
  ],
})

describe('what happened since is done again:', () => {
  told.for(Object.keys(STORIES))('%s', async (name, { endOf }) => {
    await endOf[name]!()
  })
})

test('a backup that is older than a migration is brought forward by what happened after that', async ({
  ownWorld: world,
}) => {
  const maker = await makeKey(world)
  const made = await makeKey(world, maker.key)
  await click(world, 'ada@example.com')
  const restored = await openTestDatabase({ empty: true })
  try {
    const [whole, tail] = [`${restored.dir}/whole`, `${restored.dir}/tail`]
    await backup(world.endpoint, whole)
    await keepChildren(world, maker)
    await click(world, 'ada@example.com')
    await backupTail(world.endpoint, tail, whole)
    expect(await world.raw("SELECT count(*) FROM event WHERE type = 'suppression.repeated'")).toEqual([[1]])
    await restore(restored.endpoint, forge(whole, olderThan('0017', linesOf(whole))), tail)
    await migrate(restored.endpoint.url)
    await world.redeploy({ DATABASE_URL: restored.endpoint.url })
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect([await checks(world, maker), await checks(world, made)]).toEqual([401, 200])
  } finally {
    await restored.close()
  }
})

/** Returns a backup's lines as they were before a migration, and those after it, added their tables and columns. */
function olderThan(number: string, [head, ...lines]: ReturnType<typeof linesOf>) {
  const later = readMigrations().filter(({ name }) => name >= number)
  const added = (pattern: RegExp) => later.flatMap(({ text }) => [...text.matchAll(pattern)])
  const tables = added(/^CREATE TABLE (\w+)/gm).map(([, table]) => table)
  const columns = added(/^ALTER TABLE (\w+) ADD COLUMN (\w+)/gm).map(([, ...path]) => path.join('.'))
  const before: { name: string; columns: string[] }[] = head.tables
  const old = before.filter(({ name }) => !tables.includes(name))
  const stays = ({ name, columns: all }: (typeof before)[0], i: number) =>
    !columns.includes(`${name}.${all[i]}`)
  return [
    {
      ...head,
      migrations: head.migrations.filter(({ name }: { name: string }) => name < number),
      tables: old.map(table => ({ ...table, columns: table.columns.filter((_, i) => stays(table, i)) })),
    },
    ...lines.flatMap(line => {
      if (!Array.isArray(line)) return [line]
      const table = before[line[0]]!
      const values = line[1].filter((_: unknown, i: number) => stays(table, i))
      return old.includes(table) ? [[old.indexOf(table), values]] : []
    }),
  ]
}

test('half a restore serves nobody: no check is answered, a click waits in the lane, and readiness says so', async ({
  ownWorld: world,
}) => {
  await click(world, 'ada@example.com')
  const { unsubscribeUrl } = await world.links('bob@example.com')
  const restored = await openTestDatabase({ empty: true })
  try {
    const path = `${restored.dir}/whole`
    await backup(world.endpoint, path)
    const lines = linesOf(path)
    const table = lines[0].tables.findIndex(({ name }: { name: string }) => name === 'platform_suppression')
    // The database refuses what the file says, after most of it has been written.
    lines.splice(-1, 0, [table, ['no id', 'no reason', 0, 0, 0]])
    await expect(restore(restored.endpoint, forge(path, lines), undefined)).rejects.toThrow()
    expect(await restored.sql('SELECT count(*) FROM suppression')).toEqual([[1]])
    await world.redeploy({ DATABASE_URL: restored.endpoint.url })
    const before = await restored.dump()
    expect((await world.fetch('/readyz')).status).toBe(503)
    const check = await world.call('/v1/check', {
      topic: 'news',
      addresses: ['ada@example.com', 'bob@example.com'],
    })
    expect(check.status).toBe(503)
    expect(await check.json()).toMatchObject({ code: 'schema.outdated' })
    const clicked = await world.fetch(unsubscribeUrl, { method: 'POST' })
    expect([clicked.status, await clicked.text()]).toEqual([200, 'Unsubscribed.\n'])
    expect(await (await readyz(world)).json()).toMatchObject({ lane: { depth: 1 } })
    expect(await restored.dump()).toEqual(before)
  } finally {
    await restored.close()
  }
})

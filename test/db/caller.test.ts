import { expect } from 'vitest'
import { keyIdOf, type Permission, readApiKey } from '../../core/api-key.ts'
import { RingCipher, TenantCipher } from '../../core/cipher.ts'
import { systemClock } from '../../core/clock.ts'
import { CASE_STATES, RIGHTS } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { HashMany } from '../../core/hash-many.ts'
import { AddressIndexes, openKeyring } from '../../core/keys.ts'
import type { Query } from '../../db/engine/query.ts'
import { DEMO } from '../../local/seed.ts'
import { servicesOf } from '../../ops/caller.ts'
import { operatorKeys } from '../../ops/operator-keys.ts'
import { provision } from '../../ops/provision.ts'
import { createApiKey } from '../../worker/access/create-key.ts'
import { listApiKeys } from '../../worker/access/list-keys.ts'
import { revokeKey } from '../../worker/access/revoke-key.ts'
import { rotateApiKey } from '../../worker/access/rotate-key.ts'
import { apiKeyCaller } from '../../worker/call/api-key.ts'
import type { Caller } from '../../worker/call/caller.ts'
import { callOf } from '../../worker/call/context.ts'
import { requestIdOf } from '../../worker/rights/link.ts'
import { closeCase } from '../../worker/rights-request/close.ts'
import { listRequests } from '../../worker/rights-request/list.ts'
import { find } from '../../worker/suppression/find.ts'
import { liftSuppression } from '../../worker/suppression/lift.ts'
import { list } from '../../worker/suppression/list.ts'
import { suppressEntries } from '../../worker/suppression/suppress.ts'
import { listTopics } from '../../worker/topic/list.ts'
import { type TestDatabase, test } from '../support/database.ts'

const ACCOUNT = new Uint8Array(12).fill(7)
const ACTOR = 'op_BwcHBwcHBwcHBwcH'
const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])

/** Services of all verbs here, and how often they were asked to read. */
function servicesOver(database: TestDatabase) {
  const services = servicesOf(database.endpoint)
  const asked = { reads: 0 }
  return {
    ...services,
    db: {
      ...services.db,
      read: ((freshness, queries) => {
        asked.reads++
        return services.db.read(freshness, queries)
      }) as typeof services.db.read,
    },
    asked,
    keyring,
    cluster: 0,
    clusters: [],
    indexes: new AddressIndexes(new Uint8Array(32).fill(2)),
    hashMany: new HashMany(),
    cipher: new TenantCipher(operatorKeys(database.endpoint, { vault: undefined, former: undefined })),
    ring: new RingCipher([{ id: 1, key: new Uint8Array(32).fill(3) }], undefined),
  }
}

/** Has the demo's workspace, a rights request in it, and a table of sessions as the console could have one. */
async function withSessions(database: TestDatabase, permissions: Permission[]): Promise<void> {
  await provision(database.endpoint, DEMO)
  await database.sql('CREATE TABLE session (account BLOB PRIMARY KEY, permissions TEXT, ended_at INTEGER)')
  await database.sql('INSERT INTO session VALUES (?, ?, NULL)', [ACCOUNT, JSON.stringify(permissions)])
  await database.sql(
    `INSERT INTO rights_request (ref, tenant, workspace, address_id, right, state, opened_at, due_at, regime, event)
     VALUES (?, 1, 1, zeroblob(12), ?, ?, 0, 9, 'eu', zeroblob(16))`,
    [REF, RIGHTS.access, CASE_STATES.open],
  )
}

const REF = new Uint8Array(11).fill(7)

/** An operator's session: a caller of another kind than API keys, with a query and an authority of its own. */
const session: Caller = {
  tenant: 1,
  workspace: 1,
  actor: { kind: 'operator', accountId: ACCOUNT },
  query: {
    sql: 'SELECT permissions FROM session WHERE account = ? AND ended_at IS NULL',
    args: [ACCOUNT],
    decode: rows => rows.map(([permissions]) => JSON.parse(permissions as string)),
  } satisfies Query<string[][]>,
  authenticate(answer) {
    const [permissions] = answer as string[][]
    if (!permissions) throw new Fault({ code: 'key.invalid' })
    return {
      demand(permission) {
        if (!permissions.includes(permission)) throw new Fault({ code: 'key.forbidden', permission })
      },
    }
  },
}

const ADA = { address: 'ada@example.com' }
const ENTRY = { ...ADA, scope: 'workspace', reason: 'manual' } as const

test('an operator’s session calls the verbs of senders, in as many reads, and the ledger names its account', async ({
  database,
}) => {
  const permissions: Permission[] = [
    ...(['topics:read', 'suppressions:read', 'suppressions:write', 'rights:read', 'rights:write'] as const),
    ...(['api_keys:read', 'api_keys:write'] as const),
  ]
  await withSessions(database, permissions)
  const services = servicesOver(database)
  const counted = async <T>(reads: number, call: Promise<T>): Promise<T> => {
    const answer = await call
    expect(services.asked.reads).toBe(reads)
    services.asked.reads = 0
    return answer
  }

  const { topics } = await counted(1, listTopics(services, session, { limit: 10 }))
  expect(topics.map(({ name }) => name)).toEqual(['news', 'offers', 'receipts'])
  const { results } = await counted(1, suppressEntries(services, session, { entries: [ENTRY] }))
  const { id } = results[0] as { id: string }
  expect(await counted(1, find(services, session, ADA))).toMatchObject({ suppressions: [{ id }] })
  expect(await counted(1, list(services, session, { limit: 10 }))).toMatchObject({ suppressions: [{ id }] })
  expect(await counted(1, liftSuppression(services, session, { id }))).toEqual({ id, outcome: 'lifted' })
  const rights = await counted(1, listRequests(services, session, { limit: 10 }))
  expect(rights.requests.map(one => one.id)).toEqual([requestIdOf(REF)])
  await counted(2, closeCase(services, session, { id: requestIdOf(REF), outcome: 'fulfilled' }))
  const key = await counted(1, createApiKey(services, session, { permissions: ['links:mint'] }))
  const next = await counted(
    1,
    rotateApiKey(services, session, { id: key.id, overlapSeconds: 0, children: 'end' }),
  )
  const revoked = await counted(1, revokeKey(services, session, { id: next.id, children: 'end' }))
  expect(revoked).toMatchObject({ outcome: 'revoked' })
  expect((await counted(1, listApiKeys(services, session, { limit: 10 }))).keys).toHaveLength(2)

  const events = await database.sql(
    "SELECT type, actor FROM event WHERE actor <> 'operator:cli:test' ORDER BY seq",
  )
  expect(events).toEqual(
    [
      ...['suppression.added', 'personal_data.read', 'personal_data.read', 'suppression.lifted'],
      ...['rights.closed', 'api_key.created', 'api_key.created', 'api_key.rotated', 'api_key.revoked'],
    ].map(type => [type, ACTOR]),
  )
})

test('a read whose trace can be kept nowhere is not answered', async ({ database }) => {
  await withSessions(database, ['suppressions:read', 'topics:read'])
  const { db, ...services } = servicesOver(database)
  const away = async () => {
    throw new Fault({ code: 'database.unavailable' })
  }
  const cut = { ...services, db: { ...db, commit: away as typeof db.commit } }
  await expect(find(cut, session, ADA)).rejects.toMatchObject({ detail: { code: 'database.unavailable' } })
  expect((await listTopics(cut, session, { limit: 10 })).topics).toHaveLength(3)
})

test('a session without the permission of a call, or one that has ended, is refused, and nothing is written', async ({
  database,
}) => {
  await withSessions(database, ['suppressions:read'])
  const services = servicesOver(database)
  const before = await database.dump()
  const refused = { detail: { code: 'key.forbidden', permission: 'suppressions:write' } }
  await expect(suppressEntries(services, session, { entries: [ENTRY] })).rejects.toMatchObject(refused)
  expect(await database.dump()).toEqual(before)
  expect(await find(services, session, ADA)).toEqual({ suppressions: [] })
  await database.sql('UPDATE session SET ended_at = 1')
  await expect(find(services, session, ADA)).rejects.toMatchObject({ detail: { code: 'key.invalid' } })
})

test('an API key that is revoked while a call runs is refused at its next read, and may commit nothing before its first', async ({
  database,
}) => {
  await withSessions(database, ['api_keys:write'])
  const services = servicesOver(database)
  const { key } = await createApiKey(services, session, { permissions: ['links:mint'] })
  const claim = { ...readApiKey(keyring, key)!, at: systemClock() }
  const ctx = callOf(services, apiKeyCaller(claim), 'links:mint')
  for (const commit of [ctx.commit, ctx.db.commit])
    await expect(commit([])).rejects.toThrow('once its caller was found')
  expect(() => ctx.demand('links:mint')).toThrow('once its caller was found')
  await ctx.read([])
  ctx.demand('links:mint')
  expect(() => ctx.demand('topics:read')).toThrow(Fault)
  await database.sql('UPDATE api_key SET revoked_at = 1 WHERE id = ?', [
    keyIdOf(`key_${Buffer.from(claim.keyId).toString('base64url')}`)!,
  ])
  await expect(ctx.read([])).rejects.toMatchObject({ detail: { code: 'key.invalid' } })
  await expect(ctx.commit([])).rejects.toThrow('once its caller was found')
})

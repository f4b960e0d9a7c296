import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from '../../site/openapi/schema.ts'
import { happened, request } from '../support/consent.ts'
import { connect, MAILGUN } from '../support/inbound.ts'
import { CALLS, exampleOf, type Sent, send } from '../support/reference.ts'
import { openData } from '../support/rights.ts'
import { openWatched, type Watched } from '../support/wire.ts'
import { answered, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const withKey = CALLS.filter(({ security }) => security.length > 0)
let watched: Watched
/** Everything by which something of penguin's is named, and by what. */
let names: Map<string, string>

beforeAll(async () => {
  watched = await openWatched({ bindings: { SENDER_RATE_UNITS: '900000000' } })
  names = await somethingOfEverything(watched)
})

afterAll(() => watched.world.close())

/** Has penguin do everything that leaves something with a name, and returns the names. */
async function somethingOfEverything({ world, mail }: Watched): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const keep = (what: string, name: unknown) => found.set(what, String(name))
  const made = async (path: string, body: object) => {
    const answer = await world.call(path, body)
    const text = await answer.text()
    expect(answer.status, text).toBe(201)
    return JSON.parse(text)
  }
  const got = async (path: string) => answered(await world.call(path, null, { method: 'GET', body: null }))
  const entries = ['a', 'b', 'c'].map(name => ({
    address: `${name}@example.com`,
    scope: 'workspace',
    reason: 'manual',
  }))
  await answered(await world.call('/v1/suppressions', { entries }))
  const { unsubscribeUrl } = await world.links(ADA, 'offers')
  await world.fetch(unsubscribeUrl, { method: 'POST' })
  const list = await got('/v1/suppressions?limit=2')
  keep('a suppression', list.suppressions[0].id)
  keep('a page of suppressions', list.next)
  const key = await made('/v1/api-keys', { permissions: ['events:read'] })
  keep('an API key', key.id)
  const endpoint = await made('/v1/webhook-endpoints', {
    url: 'https://hooks.north.example/',
    types: ['suppression.*'],
  })
  keep('a webhook endpoint', endpoint.id)
  await connect(world, 'mailgun', MAILGUN.settings)
  const signUp = await request(world, 'bob@example.com')
  keep('a sign-up', signUp.id)
  await answered(
    await world
      .call('/v1/suppressions/import', null, {
        body: 'email\nc@example.com\n',
        headers: { 'content-type': 'text/csv', 'idempotency-key': 'spring-2026' },
      })
      .then(async answer => new Response(JSON.stringify(await answer.text()), { status: answer.status })),
  )
  keep('an import', 'spring-2026')
  // The next mail that comes is hers.
  while (!(await happened(world)).includes('confirmation.mailed')) await sleep(20)
  const data = await openData({ world, mail }, ADA)
  await data.send('/request', { right: 'rectification', message: 'My name is spelt wrong.' })
  const { requests, next } = await got('/v1/rights-requests?limit=1')
  keep('a rights request', requests[0].id)
  keep('a page of rights requests', next)
  const ledger = await got('/v1/events?limit=3')
  keep('an event', ledger.events[0].id)
  keep('a page of the ledger', ledger.next)
  const { results } = await answered(await world.call('/v1/address-ids', { addresses: [ADA] }))
  keep('an address id', results[0].addressId)
  for (const topic of ['news', 'offers', 'receipts']) keep(`the topic ${topic}`, topic)
  keep('the workspace', 'north')
  return found
}

/** Returns a name as long and of the same kind, which nothing has. */
const nobodys = (name: string): string => {
  const prefix = /^(?:[a-z]+_)?/.exec(name)![0]
  return prefix + name.slice(prefix.length).replace(/[a-z]/gi, letter => (letter === 'x' ? 'y' : 'x'))
}

/** Returns an example with a topic of puffin's in the place of each of penguin's, so that the name alone is what is refused. */
const ofPuffin = (sent: Sent): Sent =>
  sent.body === undefined
    ? sent
    : {
        ...sent,
        body: JSON.parse(JSON.stringify(sent.body).replace(/"(news|offers|receipts)"/g, '"weekly"')),
      }

/** Every place of a call where a name may stand: path, query, and each text of its body as the reference shows it. */
function placings(call: Call, name: string): Sent[] {
  const shown = ofPuffin(exampleOf(call))
  const inPath = call.parameters.filter(({ in: place }) => place === 'path')
  const path = Object.fromEntries(inPath.map(one => [one.name, name]))
  // A provider is one of four words, and the address it calls is proven by its signature, not by who calls.
  if ('hook' in path) return []
  if ('provider' in path) path['provider'] = 'mailgun'
  const queries = call.parameters.filter(({ in: place }) => place === 'query')
  const bodies: unknown[] = []
  replaceEach(shown.body, name, body => bodies.push(body))
  const named = inPath.some(one => one.name !== 'provider')
  return [
    ...(named || bodies.length === 0 ? [{ ...shown, values: path }] : []),
    ...queries.map(one => ({ ...shown, values: { ...path, [one.name]: name } })),
    ...bodies.map(body => ({ ...shown, body, values: path })),
  ]
}

/** Calls `found` with a value once for each text in it, with that text replaced. */
function replaceEach(value: unknown, by: string, found: (value: unknown) => void): void {
  if (typeof value === 'string') found(by)
  else if (Array.isArray(value))
    value.forEach((item, i) => {
      replaceEach(item, by, other => found(value.with(i, other)))
    })
  else if (typeof value === 'object' && value !== null)
    for (const [field, item] of Object.entries(value))
      replaceEach(item, by, other => found({ ...value, [field]: other }))
}

/** What of an answer could tell something: all of it but times, the name that was asked for, and the names of what was just made. */
async function said(answer: Response, name: string): Promise<unknown[]> {
  const text = (await answer.text())
    .replaceAll(name, '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    .replace(/\b(key|whk|req|evt|sup)_[\w-]+|floe_[\w-]+|whsec_[\w+/=]+|eyJ[\w.-]+/g, 'made')
    .replace(/"next":"[\w-]+"/g, 'next')
    .replace(/https:\/\/floe\.example\.com\/[\w/?=-]+/g, 'link')
  const kept = ['content-type', 'cache-control', 'www-authenticate', 'allow', 'location', 'retry-after']
  return [answer.status, text, ...kept.map(field => answer.headers.get(field))]
}

describe('the other tenant, naming what is penguin’s', () => {
  test.for(withKey)('gets from $operationId what a name gets that nothing has', async call => {
    const { world } = watched
    const before = await ofPenguin(world)
    for (const [what, name] of names) {
      const theirs = placings(call, name)
      const none = placings(call, nobodys(name))
      for (const [i, sent] of theirs.entries()) {
        const ask = async (one: Sent, given: string) => {
          // Whoever leaves a body unread closes its connection, which the next call may have taken already.
          const sending = (tries: number): Promise<Response> =>
            send(world, call, { ...one, key: world.otherApiKey }).catch(error => {
              if (tries === 1) throw error
              return sending(tries - 1)
            })
          return said(await sending(5), given)
        }
        const answers = [await ask(sent, name), await ask(none[i]!, nobodys(name))]
        expect(
          answers[0],
          `${what} in ${JSON.stringify({ ...sent.values, body: sent.body }).slice(0, 300)}`,
        ).toEqual(answers[1])
      }
    }
    expect(await ofPenguin(world)).toEqual(before)
  })

  test('has named one of everything', () => {
    expect(names.size).toBeGreaterThan(14)
    for (const [what, name] of names) expect([what, typeof name, nobodys(name)]).not.toContain(name)
  })
})

/** What is penguin's: every row of every table that says whose it is. When a key was last used is its owner's own doing. */
async function ofPenguin(world: World): Promise<unknown> {
  const tables = await world.sql(
    `SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
     WHERE t.type = 'table' AND c.name IN ('tenant', 'workspace') GROUP BY t.name`,
  )
  expect(tables.length).toBeGreaterThan(12)
  const rows = tables
    .filter(([table]) => table !== 'api_key')
    .map(([table, column]) => world.sql(`SELECT * FROM "${table}" WHERE "${column}" = 1`))
  const keys = world.sql(
    'SELECT id, secret_hash, permissions, revoked_at, expires_at FROM api_key WHERE workspace = 1',
  )
  return Promise.all([...rows, keys])
}

/** By what a statement reaches rows: whose they are, or an id that is nobody else's to know, such as that of the key itself. */
const OWNER =
  /\b(tenant|workspace|address_id|former_id|scope|workspace"\."number|number)"? *= *(\?|substr\(|\(SELECT)/i
const SECRET = /\b(api_key"\."id"|ref) *= *\?/i
/** A row that is added says whose it is. */
const ADDED = /insert into "?\w+"? \([^)]*\b(tenant|workspace|address_id|topic)\b/i
/** Everything that one person ever was, from an id of the tenant's own on. */
const PERSON = /person\(id, until\) AS \(\s*SELECT (\?1|\(SELECT address_id)/i
/** What is nobody's: the lane's own row, the limits of a transaction, and the list that is every tenant's. */
const NOBODYS = /^(BEGIN|COMMIT|ROLLBACK)\b|\b(FROM|UPDATE) lane\b|platform_suppression/i

test('every statement of every call names whose rows it is about', async () => {
  const { world, sentBy } = watched
  const sent = new Set<string>()
  for (const call of withKey)
    for (const one of await sentBy(() => send(world, call, exampleOf(call)))) sent.add(one)
  const statements = [...sent].filter(sql => !NOBODYS.test(sql))
  expect(statements.length).toBeGreaterThan(40)
  const named = (sql: string) => [OWNER, SECRET, ADDED, PERSON].some(pattern => pattern.test(sql))
  expect(statements.filter(sql => !named(sql))).toEqual([])
})

test('and one that did not would be seen', () => {
  const loose = [
    'SELECT * FROM event WHERE seq > ?',
    'DELETE FROM suppression WHERE reason = ?',
    'UPDATE topic SET name = ?',
  ]
  for (const sql of loose)
    expect(
      [OWNER, SECRET, ADDED, PERSON, NOBODYS].some(pattern => pattern.test(sql)),
      sql,
    ).toBe(false)
})

import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test as plain } from 'vitest'
import type { Statement } from '../../core/write/statement.ts'
import { run } from '../../db/engine/hrana.ts'
import type { Call } from '../../site/openapi/schema.ts'
import { rightsUrl } from '../../worker/rights/link.ts'
import { happened, request, SIGN_UP_FORM } from '../support/consent.ts'
import { connect, MAILGUN } from '../support/inbound.ts'
import { openSmtp } from '../support/mailer.ts'
import { CALLS, exampleOf, type Sent, send } from '../support/reference.ts'
import { askFor, form, sessionIn } from '../support/rights.ts'
import { test as watchedTest } from '../support/wire.ts'
import { answered, test as base, type World, type WorldOptions } from '../support/world.ts'

const ADA = 'ada@example.com'
const BOB = 'bob@example.com'
const withKey = CALLS.filter(({ security }) => security.length > 0)

/** Who else there is beside penguin's workspace `north`. */
interface Stranger {
  who: string
  keyOf(world: World): string
  /** Whether something may be added to what is the tenant's. */
  adds: boolean
  /** Whether something that north made belongs to the stranger too. */
  shares(what: string): boolean
  /** Returns a text of the reference's example as the stranger says it, so that the name alone is what is refused. */
  said(text: string): string
}

const STRANGERS: readonly Stranger[] = [
  {
    who: 'another tenant',
    keyOf: world => world.otherApiKey,
    adds: false,
    shares: () => false,
    said: text => text.replace(/"(news|offers|receipts)"/g, '"weekly"'),
  },
  {
    who: 'another workspace of the tenant',
    keyOf: world => world.siblingApiKey,
    adds: true,
    // Its topics are called the same, an address has one id at a tenant, and a page begins at a place in the tenant's ledger.
    shares: what => what.startsWith('a topic') || what === 'an address id' || what.startsWith('a page'),
    said: text => text,
  },
]

interface Walked {
  world: World
  /** Everything by which something of north's is named, and by what. */
  names: Map<string, string>
  /** What each stranger read before north did anything, and after. */
  read: Map<string, { before: unknown; after: unknown }>
  questions: { workspace: Statement[]; tenant: Statement[] }
}

/** A test with what north has made and strangers have read. */
const test = base
  .extend<{ $file: { smtp: { port: number; close(): Promise<void> } } }>({
    smtp: [
      async ({}, use) => {
        const smtp = await openSmtp({})
        await use(smtp)
        await smtp.close()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ $file: { options: WorldOptions } }>({
    options: [
      ({ smtp: { port } }, use) =>
        use({
          bindings: {
            SENDER_RATE_UNITS: '900000000',
            MAIL_URL: `smtp://127.0.0.1:${port}`,
            MAIL_FROM: 'confirm@north.example',
            // Nobody is to be told of anything.
            DNS_URL: 'http://127.0.0.1:1/dns-query',
          },
        }),
      { scope: 'file' },
    ],
  })
  .extend<{ $file: { walked: Walked } }>({
    walked: [
      async ({ sharedWorld: world }, use) => {
        const before = await readings(world)
        const names = await somethingOfEverything(world)
        const after = await readings(world)
        const read = STRANGERS.map(({ who }, i) => [who, { before: before[i], after: after[i] }] as const)
        await use({ world, names, read: new Map(read), questions: await questionsOf(world) })
      },
      { scope: 'file' },
    ],
  })

/** What each stranger reads by every call that names nothing. */
const readings = (world: World): Promise<unknown[]> =>
  Promise.all(
    STRANGERS.map(async stranger => {
      const read = () => readBy(world, stranger)
      // That a key was used is written down behind the first answer.
      for (let seen = await read(); ; ) {
        const again = await read()
        if (JSON.stringify(again) === JSON.stringify(seen)) return seen
        seen = again
      }
    }),
  )

async function readBy(world: World, { keyOf, said: saidBy }: Stranger): Promise<unknown> {
  const addresses = [ADA, BOB, ...SUPPRESSED]
  const bodies: Record<string, (object | string)[]> = {
    matchSuppressions: [`email\n${addresses.join('\n')}\n`],
    checkAddresses: [
      { topic: JSON.parse(saidBy('"news"')), addresses },
      { purpose: 'transactional', addresses },
    ],
    findSuppressions: addresses.map(address => ({ address })),
    proveConsent: addresses.map(address => ({ address })),
  }
  const answers: unknown[] = []
  for (const call of withKey) {
    const named = call.parameters.some(({ in: place }) => place === 'path')
    const sendings = call.method === 'GET' && !named ? [undefined] : (bodies[call.operationId] ?? [])
    for (const body of sendings) {
      const answer = await send(world, call, { ...exampleOf(call), ...(body && { body }), key: keyOf(world) })
      expect(answer.status, call.operationId).toBe(200)
      answers.push([call.operationId, body, ...(await said(answer, ADA))])
    }
  }
  expect(answers.length).toBeGreaterThan(15)
  return answers
}

const SUPPRESSED = ['a', 'b', 'c'].map(name => `${name}@example.com`)

/** Has north do everything that leaves something with a name, and returns the names. */
async function somethingOfEverything(world: World): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const keep = (what: string, name: unknown) => found.set(what, String(name))
  const made = async (path: string, body: object) => {
    const answer = await world.call(path, body)
    const text = await answer.text()
    expect(answer.status, text).toBe(201)
    return JSON.parse(text)
  }
  const got = async (path: string) => answered(await world.call(path, null, { method: 'GET', body: null }))
  const entries = SUPPRESSED.map(address => ({ address, scope: 'workspace', reason: 'manual' }))
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
  const signupForm = await made('/v1/forms', SIGN_UP_FORM)
  keep('a sign-up form', signupForm.id)
  await connect(world, 'mailgun', MAILGUN.settings)
  const signUp = await request(world, BOB)
  keep('a sign-up', signUp.id)
  const listed = await world.call('/v1/suppressions/import', null, {
    body: 'email\nc@example.com\n',
    headers: { 'content-type': 'text/csv', 'idempotency-key': 'spring-2026' },
  })
  expect(await listed.text()).toContain('"type":"done"')
  keep('an import', 'spring-2026')
  await askFor(world, ADA)
  while (!(await happened(world)).includes('confirmation.mailed')) await sleep(20)
  while (!(await happened(world)).includes('rights.link_mailed')) await sleep(20)
  const [[ref]] = (await world.sql('SELECT ref FROM rights_link')) as [[Uint8Array]]
  const opened = await world.fetch(rightsUrl(world, '', 'access', { ...world, ref }), form({}))
  const session = sessionIn(await opened.text())
  const wish = { session, right: 'rectification', message: 'My name is spelt wrong.' }
  await world.fetch('/your-data/request', form(wish))
  const { requests, next } = await got('/v1/rights-requests?limit=1')
  keep('a rights request', requests[0].id)
  keep('a page of rights requests', next)
  const ledger = await got('/v1/events?limit=3')
  keep('an event', ledger.events[0].id)
  keep('a page of the ledger', ledger.next)
  const { results } = await answered(await world.call('/v1/address-ids', { addresses: [ADA] }))
  keep('an address id', results[0].addressId)
  keep('a topic', 'news')
  keep('a topic that is owed', 'receipts')
  keep('a workspace', 'north')
  return found
}

/** Returns a name as long and of the same kind, which nothing has. */
const nobodys = (name: string): string => {
  const prefix = /^(?:[a-z]+_)?/.exec(name)![0]
  return prefix + name.slice(prefix.length).replace(/[a-z]/gi, letter => (letter === 'x' ? 'y' : 'x'))
}

/** Every place of a call where a name may stand: path, query, and each text of its body as the reference shows it. */
function placings(call: Call, stranger: Stranger): { place: string; named(name: string): Sent }[] {
  const example = exampleOf(call)
  const shown: Sent =
    example.body === undefined
      ? example
      : { ...example, body: JSON.parse(stranger.said(JSON.stringify(example.body))) }
  const inPath = call.parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name)
  // A provider is one of four words, and the address it calls is proven by its signature, not by who calls.
  if (inPath.includes('hook')) return []
  const provider = inPath.includes('provider') ? { provider: 'mailgun' } : {}
  const naming = inPath.filter(one => one !== 'provider')
  const path = (name: string) => ({ ...Object.fromEntries(naming.map(one => [one, name])), ...provider })
  const queries = call.parameters.filter(({ in: place }) => place === 'query')
  const texts: ((name: string) => unknown)[] = []
  replaceEach(shown.body, replaced => texts.push(replaced))
  return [
    ...(naming.length > 0
      ? [{ place: 'path', named: (name: string) => ({ ...shown, values: path(name) }) }]
      : []),
    ...queries.map(one => ({
      place: `query ${one.name}`,
      named: (name: string) => ({ ...shown, values: { ...path(name), [one.name]: name } }),
    })),
    ...texts.map((replaced, i) => ({
      place: `text ${i}`,
      named: (name: string) => ({ ...shown, body: replaced(name), values: path(name) }),
    })),
  ]
}

/** Calls `found` once for each text in a value, with what returns the value with that text replaced. */
function replaceEach(value: unknown, found: (replaced: (by: string) => unknown) => void): void {
  if (typeof value === 'string') found(by => by)
  else if (Array.isArray(value))
    value.forEach((item, i) => {
      replaceEach(item, replaced => found(by => value.with(i, replaced(by))))
    })
  else if (typeof value === 'object' && value !== null)
    for (const [field, item] of Object.entries(value))
      replaceEach(item, replaced => found(by => ({ ...value, [field]: replaced(by) })))
}

/** What of an answer could tell something: all of it but times, the name that was asked for, and the names of what was just made. */
async function said(answer: Response, name: string): Promise<unknown[]> {
  const text = (await answer.text())
    .replace(new RegExp(`(?<![\\w.-])${name}(?![\\w.-])`, 'g'), '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    .replace(/\b(key|whk|req|evt|sup|form|pk)_[\w-]+|floe_[\w-]+|whsec_[\w+/=]+|eyJ[\w.-]+/g, 'made')
    .replace(/"next":"[\w-]+"/g, 'next')
    .replace(/https:\/\/floe\.example\.com\/[\w/?=-]+/g, 'link')
  const kept = ['content-type', 'cache-control', 'www-authenticate', 'allow', 'location', 'retry-after']
  return [answer.status, text, ...kept.map(field => answer.headers.get(field))]
}

describe.for(STRANGERS)('$who', stranger => {
  test('reads after north did everything what there was to read before', async ({ walked: { read } }) => {
    const { before, after } = read.get(stranger.who)!
    expect(after).toEqual(before)
  })

  test.for(withKey)(
    'gets from $operationId, naming what is north’s, what a name gets that nothing has',
    async (call, { walked }) => {
      const { world, names } = walked
      const before = await northsOwn(walked)
      // What is long enough to be nothing else.
      const known = [...names]
        .filter(([what, name]) => name.length > 15 && !stranger.shares(what))
        .map(([, name]) => name)
      const ask = async (sent: Sent, given: string) => {
        const answer = await send(world, call, { ...sent, key: stranger.keyOf(world) })
        const text = await answer.clone().text()
        const told = known.filter(name => text.replaceAll(given, '').includes(name))
        expect(told, `${given}: ${text.slice(0, 300)}`).toEqual([])
        return said(answer, given)
      }
      for (const { place, named } of placings(call, stranger)) {
        let pages = 0
        let none: unknown
        for (const [what, name] of names) {
          // Where one page that is another's leads to nothing in a text or a path, so do the others.
          if (what.startsWith('a page') && pages++ > 0 && !place.startsWith('query')) continue
          const sent = named(name)
          const answer = await ask(sent, name)
          if (stranger.shares(what)) continue
          // Most names that nothing has are answered alike; one of another form may be told so.
          if (!isDeepStrictEqual(answer, none)) none = await ask(named(nobodys(name)), nobodys(name))
          const at = `${what} in ${JSON.stringify({ ...sent.values, body: sent.body }).slice(0, 300)}`
          expect(answer, at).toEqual(none)
        }
      }
      const after = await northsOwn(walked)
      expect(after.workspace).toEqual(before.workspace)
      for (const [i, rows] of before.tenant.entries())
        expect(after.tenant[i]).toEqual(stranger.adds ? expect.arrayContaining(rows) : rows)
    },
  )
})

test('north has named one of everything', ({ walked: { names } }) => {
  expect(names.size).toBeGreaterThan(12)
  for (const [what, name] of names) expect([what, typeof name, nobodys(name)]).not.toContain(name)
})

/** What is north's, and what is its tenant's. */
async function northsOwn({ world, questions: { workspace, tenant } }: Walked) {
  const tables = await run(world.endpoint, [...workspace, ...tenant], 5000)
  const rows = tables.map(table => table.rows)
  return { workspace: rows.slice(0, workspace.length), tenant: rows.slice(workspace.length) }
}

/** What is whose of the rows that only name a topic, or a workspace by their scope. */
const TOPICS = 'SELECT number FROM topic WHERE workspace = ?1'
const SCOPED = `SELECT * FROM suppression WHERE scope % 4 = 3 AND scope / 4 IN (${TOPICS}) OR scope % 4 = 2 AND scope / 4 = ?1`
const SUBSCRIBED = `SELECT * FROM subscription WHERE topic IN (${TOPICS})`
/** When a key was last used is its owner's own doing. */
const KEYS = 'SELECT id, secret_hash, permissions, revoked_at, expires_at FROM api_key WHERE workspace = ?1'

/** Returns how to ask for what is north's and its tenant's: every row of every table that says whose it is. */
async function questionsOf(world: World): Promise<{ workspace: Statement[]; tenant: Statement[] }> {
  const tables = await world.sql(
    `SELECT t.name, max(c.name) FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
     WHERE t.type = 'table' AND t.name <> 'api_key' AND c.name IN ('tenant', 'workspace') GROUP BY t.name`,
  )
  expect(tables.length).toBeGreaterThan(12)
  const by = (column: 'tenant' | 'workspace', more: string[] = []) =>
    tables
      .filter(([, named]) => named === column)
      .map(([table]) => `SELECT * FROM "${table}" WHERE ${column} = ?1`)
      .concat(more)
      .map(sql => ({ sql, args: [world[column]] }))
  return { workspace: by('workspace', [SCOPED, SUBSCRIBED, KEYS]), tenant: by('tenant') }
}

/** By what a statement reaches rows: whose they are, or an id that is nobody else's to know, such as that of the key itself. */
const OWNER =
  /\b(tenant|workspace|address_id|former_id|scope|workspace"\."number|number)"? *= *(\?|substr\(|\(SELECT)/i
const SECRET = /\b(api_key"\."id"|ref) *= *\?|^UPDATE api_key SET [^;]* WHERE id = \?/i
/** A row that is added says whose it is; of a stop, the row that is posted says it (migration 0029). */
const ADDED = /insert into (posted_stop\b|"?\w+"? \([^)]*\b(tenant|workspace|address_id|topic)\b)/i
/** Everything that one person ever was, from an id of the tenant's own on. */
const PERSON = /person\(id, until\) AS \(\s*SELECT (\?|\(SELECT address_id)/i
/** What is nobody's: the lane's own row, the limits of a transaction, the list that is every tenant's, and that links stand on a host. */
const NOBODYS =
  /^(BEGIN|COMMIT|ROLLBACK)\b|\b(FROM|UPDATE) lane\b|platform_suppression|FROM link_host WHERE host = \?$/i

watchedTest(
  'every statement of every call names whose rows it is about',
  async ({ watched: { world, sentBy } }) => {
    await world.update('api_key', 'last_used_at = NULL')
    const sent = await sentBy(async () => {
      for (const call of withKey) await (await send(world, call, exampleOf(call))).text()
    })
    const statements = [...new Set(sent)].filter(sql => !NOBODYS.test(sql))
    expect(statements.length).toBeGreaterThan(40)
    const named = (sql: string) => [OWNER, SECRET, ADDED, PERSON].some(pattern => pattern.test(sql))
    expect(statements.filter(sql => !named(sql))).toEqual([])
  },
)

plain('and one that did not would be seen', () => {
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

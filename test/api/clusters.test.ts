import { test as base, describe, expect } from 'vitest'
import { addressHash } from '../../core/address.ts'
import { SENDER_PERMISSIONS } from '../../core/api-key.ts'
import { clusterOf } from '../../core/cluster.ts'
import { AddressIndexes, parseKey } from '../../core/keys.ts'
import { mintToken } from '../../core/token.ts'
import { DEMO } from '../../local/seed.ts'
import { provision } from '../../ops/provision.ts'
import { createKey } from '../../ops/provision-key.ts'
import { type Clusters, openClusters, type Pair } from '../support/clusters.ts'
import { press, request, SIGN_UP_FORM } from '../support/consent.ts'
import { askHost } from '../support/host.ts'
import { connect, deliver, expectRefused, fixture, MAILGUN, taken } from '../support/inbound.ts'
import { openTestMail } from '../support/mail.ts'
import { readOpenMetrics } from '../support/open-metrics.ts'
import { created, openReceiver } from '../support/receiver.ts'
import { form, openData } from '../support/rights.ts'
import { signUp } from '../support/sign-up.ts'
import { openWorker } from '../support/worker.ts'
import {
  answered,
  askingAs,
  type OwnWorld,
  readyz,
  OPERATOR_TOKEN as TOKEN,
  type World,
} from '../support/world.ts'

const click = (world: World, url: string) => world.fetch(url, { method: 'POST' })
const get = (world: World, path: string) => world.call(path, undefined, { method: 'GET' })
const events = async (world: World) => Number((await world.sql('SELECT count(*) FROM event'))[0]![0])
const remove = (world: World, path: string) => world.call(path, null, { method: 'DELETE', body: null })

/** A test on two clusters: of tenants of its own, and of tenants that the file's tests share. */
const test = base
  .extend<{ $file: { clusters: Clusters; sharedPair: Pair } }>({
    clusters: [
      async ({}, use) => {
        const clusters = await openClusters({ WEBHOOKS_TO_THIS_MACHINE: 'true' })
        await use(clusters)
        await clusters.close()
      },
      { scope: 'file' },
    ],
    sharedPair: [async ({ clusters }, use) => use(await clusters.next()), { scope: 'file' }],
  })
  .extend<{ pair: Pair }>({
    pair: async ({ clusters }, use) => use(await clusters.next()),
  })

/** Runs a test on two clusters of its own. */
const withClusters =
  (use: (pair: Pair) => Promise<void>, bindings: Record<string, string> = {}) =>
  async () => {
    const clusters = await openClusters(bindings)
    await use(await clusters.next()).finally(() => clusters.close())
  }

/** Gives a workspace a mailbox that nobody else has, and returns it. */
async function mailbox(world: World, column: string, name: string): Promise<string> {
  const address = `${name}-${world.tenant}@north.example`
  await world.update('workspace', `${column} = ?`, [address], `number = ${world.workspace}`)
  return address
}

/** What recipients, senders, providers and mail programs do, each about somebody of that name. */
const ACTS: [what: string, act: (world: World, who: string) => Promise<unknown>][] = [
  [
    'a one-click unsubscribe',
    async (world, who) => {
      const { unsubscribeUrl } = await world.links(who)
      expect((await click(world, unsubscribeUrl)).status).toBe(200)
      expect(await world.check(who)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    },
  ],
  [
    'an unsubscribe on the page, and its undo',
    async (world, who) => {
      const { unsubscribeUrl } = await world.links(who)
      expect(await (await world.fetch(unsubscribeUrl)).text()).toContain('North')
      const left = await (await world.fetch(`${unsubscribeUrl}/page`, form({ scope: 'workspace' }))).text()
      const undo = /name="undo" value="([\w-]+)"/.exec(left)![1]!
      expect((await world.fetch(`${unsubscribeUrl}/undo`, form({ undo }))).status).toBe(200)
      expect(await world.check(who)).toMatchObject({ decision: 'allow' })
    },
  ],
  [
    'a choice in the preference center',
    async (world, who) => {
      const { preferencesUrl } = await world.links(who)
      const saved = await world.fetch(preferencesUrl, form({ act: 'stop' }))
      expect(saved.status).toBe(303)
      expect(await (await world.fetch(saved.headers.get('location')!)).text()).toContain(
        'You are unsubscribed from all',
      )
    },
  ],
  [
    'a suppression that is added, listed and lifted',
    async (world, who) => {
      const entries = [{ address: who, scope: 'tenant', reason: 'manual' }]
      const { results } = await answered(await world.call('/v1/suppressions', { entries }))
      const { suppressions } = await answered(await get(world, '/v1/suppressions?reason=manual'))
      expect(suppressions).toMatchObject([{ id: results[0].id }])
      await answered(await remove(world, `/v1/suppressions/${results[0].id}`))
    },
  ],
  [
    'a sign-up that its recipient confirms, and its proof',
    async (world, who) => {
      const { confirmation } = await request(world, who)
      expect((await world.fetch(confirmation.confirmUrl)).status).toBe(200)
      expect((await press(world, confirmation.confirmUrl)).status).toBe(200)
      const { topics } = await answered(
        await world.call('/v1/consents/prove', { address: who, topic: 'news' }),
      )
      expect(topics).toMatchObject([{ topic: 'news', state: 'confirmed' }])
    },
  ],
  [
    'a sign-up that a mail program refuses',
    async (world, who) => {
      const { confirmation } = await request(world, who)
      expect((await click(world, confirmation.cancelUrl)).status).toBe(200)
      expect((await world.fetch(confirmation.confirmUrl)).status).toBe(200)
    },
  ],
  [
    'a consent that is recorded and withdrawn under an Idempotency-Key',
    async (world, who) => {
      const at = new Date(Date.now() - 1000).toISOString()
      const entries = [{ address: who, topic: 'news', basis: 'express', at }]
      const headers = { 'idempotency-key': `"${who}"` }
      for (const replayed of [null, 'true']) {
        const answer = await world.call('/v1/consents', { entries }, { headers })
        expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, replayed])
      }
      await answered(await world.call('/v1/consents/withdraw', { address: who }))
    },
  ],
  [
    'a bounce that a provider reports',
    async (world, who) => {
      const path = await connect(world, 'mailgun', MAILGUN.settings)
      const body = MAILGUN.body(fixture('mailgun-bounce.json', { 'bob@example.com': who }))
      expect(await answered(await deliver(world, path, body))).toEqual(taken({ taken: 1, suppressed: 1 }))
    },
  ],
  [
    'a mail to the unsubscribe address',
    async (world, who) => {
      await mailbox(world, 'unsubscribe_mailbox', 'leave')
      const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [who] }))
      const to = /<mailto:([^>]+)>/.exec(links[0].headers['List-Unsubscribe'])![1]!
      expect(await world.mail(to, `From: ${who}\r\nMessage-ID: <1@example.com>\r\n\r\nunsubscribe\r\n`)).toBe(
        undefined,
      )
      expect(await world.check(who)).toMatchObject({ decision: 'deny' })
    },
  ],
  [
    'a bounce that comes by mail',
    async (world, who) => {
      await mailbox(world, 'feedback_mailbox', 'fb')
      const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [who] }))
      const [{ returnPath }] = links
      const bounce = fixture('dsn.eml', { RETURN_PATH: returnPath, ORIGINAL_FIELDS: 'X-Mailer: none' })
      expect(await world.mail(returnPath, bounce)).toBeUndefined()
      expect(await world.check(who)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
    },
  ],
  [
    'an import',
    async (world, who) => {
      const answer = await world.fetch('/v1/suppressions/import', {
        method: 'POST',
        body: `email\n${who}\n`,
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${world.apiKey}` },
      })
      expect(await answer.text()).toContain('"type":"done"')
    },
  ],
  [
    'a key that is made, used and revoked',
    async world => {
      const { id, key } = await created(
        await world.call('/v1/api-keys', { permissions: ['addresses:check'] }),
      )
      expect((await world.call('/v1/check', { topic: 'news', addresses: [] }, { key })).status).toBe(200)
      await answered(await remove(world, `/v1/api-keys/${id}`))
      expect((await world.call('/v1/check', { topic: 'news', addresses: [] }, { key })).status).toBe(401)
    },
  ],
]

describe('of two clusters, each is touched by its own tenants alone:', () => {
  for (const [i, [what, act]] of ACTS.entries())
    test.for(['first', 'second'] as const)(`${what}, in the %s`, async (name, { sharedPair }) => {
      const [own, other] = [sharedPair[name], sharedPair[name === 'first' ? 'second' : 'first']]
      const before = await events(own)
      await other.writesNothing(() => act(own, `act${i}@example.com`))
      expect(await events(own)).toBeGreaterThan(before)
    })

  test('and each reads its own ledger alone', async ({ pair: { first, second } }) => {
    const ledgers: string[][] = []
    for (const world of [first, second]) {
      expect((await click(world, (await world.links('bob@example.com')).unsubscribeUrl)).status).toBe(200)
      const { events } = await answered(await get(world, '/v1/events?limit=1000'))
      const types = events.map(({ type }: { type: string }) => type) as string[]
      expect(types.filter(type => type === 'suppression.added')).toHaveLength(1)
      ledgers.push(events.map(({ id }: { id: string }) => id))
    }
    expect(ledgers[0]!.filter(id => ledgers[1]!.includes(id))).toEqual([])
  })

  test('numbers say where a tenant is at home, and a link is as long as ever', async ({
    sharedPair: { first, second },
  }) => {
    const numbers = ({ tenant, workspace, topics }: World) => [tenant, workspace, ...Object.values(topics)]
    expect(numbers(first).map(clusterOf)).toEqual([0, 0, 0, 0, 0])
    expect(numbers(second).map(clusterOf)).toEqual([1, 1, 1, 1, 1])
    for (const world of [first, second]) {
      const { unsubscribeUrl, preferencesUrl } = await world.links('ada@example.com')
      for (const url of [unsubscribeUrl, preferencesUrl]) expect(url.split('/').at(-1)).toHaveLength(39)
    }
  })

  test('a key of one knows nothing that is named as it is in the other', async ({
    pair: { first, second },
  }) => {
    const entries = [{ address: 'only-first@example.com', scope: 'workspace', reason: 'manual' }]
    const { results } = await answered(await first.call('/v1/suppressions', { entries }))
    const key = await created(await first.call('/v1/api-keys', { permissions: ['addresses:check'] }))
    const hook = await created(
      await first.call('/v1/webhook-endpoints', { url: 'https://hooks.example.com/x' }),
    )
    const calls: [string, string, RequestInit][] = [
      [`/v1/suppressions/${results[0].id}`, 'GET', {}],
      [`/v1/suppressions/${results[0].id}`, 'DELETE', {}],
      [`/v1/api-keys/${key.id}`, 'DELETE', {}],
      [`/v1/webhook-endpoints/${hook.id}`, 'GET', {}],
      [`/v1/webhook-endpoints/${hook.id}`, 'DELETE', {}],
    ]
    await first.writesNothing(() =>
      second.writesNothing(async () => {
        for (const [path, method] of calls) {
          const answer = await second.call(path, undefined, { method })
          expect([method, path, answer.status]).toEqual([method, path, 404])
        }
      }),
    )
    expect(await second.check('only-first@example.com')).toMatchObject({ decision: 'allow' })
    expect((await first.call('/v1/check', { topic: 'news', addresses: [] }, { key: key.key })).status).toBe(
      200,
    )
    await answered(await remove(first, `/v1/webhook-endpoints/${hook.id}`))
  })

  test('a mail that does nothing is counted where its mailbox is', async ({ pair: { first, second } }) => {
    const to = await mailbox(second, 'unsubscribe_mailbox', 'leave')
    const counted = (world: World) => world.sql('SELECT door, why, count FROM inbound_refusal')
    const before = await counted(first)
    await expectRefused(second, 'mail', 'no_token', () =>
      second.mail(to, 'From: a@example.com\r\nMessage-ID: <2@example.com>\r\n\r\nhello\r\n'),
    )
    expect(await counted(first)).toEqual(before)
  })

  test('a link that some program spelled with percent signs leads to the same place', async ({
    pair: { first, second },
  }) => {
    const { unsubscribeUrl } = await second.links('spelled@example.com')
    const [, path = ''] = unsubscribeUrl.split('floe.example.com')
    const spelled = path.replace(/\/u\/(.)/, (_, c: string) => `/%75/%${c.charCodeAt(0).toString(16)}`)
    expect(spelled).not.toBe(path)
    await first.writesNothing(async () => expect((await click(second, spelled)).status).toBe(200))
    expect(await second.check('spelled@example.com')).toMatchObject({ decision: 'deny' })
  })
})

test('a recipient of the second cluster sees and restricts what is held there, by a link that is mailed', async () => {
  const mail = await openTestMail()
  const clusters = await openClusters({
    MAIL_URL: `smtp://127.0.0.1:${mail.smtp.port}`,
    MAIL_FROM: 'confirm@north.example',
  })
  try {
    const { first, second } = await clusters.next()
    await first.writesNothing(async () => {
      const data = await openData({ world: second, mail }, 'ada@example.com')
      expect(data.page).toContain('ada@example.com')
      expect((await data.send('/restrict')).status).toBe(200)
      expect(await second.check('ada@example.com')).toMatchObject({ reason: 'restricted' })
      expect((await data.send('/export', { as: 'json' })).status).toBe(200)
    })
    expect(await first.check('ada@example.com')).toMatchObject({ decision: 'allow' })
    // A confirmation that is due is mailed by the schedule, in each cluster.
    for (const world of [first, second]) {
      expect((await world.call('/v1/subscriptions', signUp(`due-${world.tenant}@example.com`))).status).toBe(
        202,
      )
    }
    const mails = await mail.received(3)
    const links = mails.flatMap(({ text }) => /\/c\/[\w-]{32}/.exec(text) ?? []).map(String)
    expect(links).toHaveLength(2)
    for (const link of links) expect((await press(first, link)).status).toBe(200)
    for (const world of [first, second])
      expect(await world.sql("SELECT count(*) FROM event WHERE type = 'consent.confirmed'")).toEqual([[1]])
    // A form stands in pages that name no cluster but by its key.
    const made = await second.call('/v1/forms', SIGN_UP_FORM)
    const { url } = (await made.json()) as { url: string }
    for (const path of [new URL(url).pathname, `/${new URL(url).pathname}.`]) {
      const sent = await first.writesNothing(() => first.fetch(path, form({ address: 'bob@example.com' })))
      expect([sent.status, await sent.text()]).toEqual([200, expect.stringContaining('Look into your inbox')])
    }
    const signedUp = await second.sql("SELECT count(*) FROM event WHERE actor = 'visitor'")
    expect(signedUp).toEqual([[2]])
  } finally {
    await clusters.close()
    await mail.close()
  }
})

test('the schedule serves both clusters: webhooks of each tell of its own', async ({
  pair: { first, second },
}) => {
  const receivers = await Promise.all([openReceiver(), openReceiver()])
  try {
    for (const [i, world] of [first, second].entries()) {
      await created(await world.call('/v1/webhook-endpoints', { url: receivers[i]!.url }))
      const entries = [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }]
      await answered(await world.call('/v1/suppressions', { entries }))
    }
    await first.runCron()
    const told = receivers.map(({ received }) =>
      received.map(({ event }) => event.data).filter(({ type }) => type === 'suppression.added'),
    )
    expect(told.map(events => events.length)).toEqual([1, 1])
    expect(told[0]![0].id).not.toBe(told[1]![0].id)
  } finally {
    for (const receiver of receivers) await receiver.close()
  }
})

test(
  'while one cluster is down the other goes on, and both are told of',
  withClusters(
    async ({ first, second }) => {
      const [mine, theirs] = await Promise.all([first, second].map(world => world.links('bob@example.com')))
      // A Worker that knows where the topic belongs keeps what is said while the database is away.
      expect((await click(second, (await second.links('eve@example.com')).unsubscribeUrl)).status).toBe(200)
      await second.database.stop()
      expect((await click(first, mine!.unsubscribeUrl)).status).toBe(200)
      expect(await first.check('bob@example.com')).toMatchObject({ decision: 'deny' })
      const check = await second.call('/v1/check', { topic: 'news', addresses: ['bob@example.com'] })
      expect([check.status, check.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await (await click(second, theirs!.unsubscribeUrl)).text()).toBe('Unsubscribed.\n')
      await first.runCron()

      const ready = await readyz(first)
      expect(ready.status).toBe(503)
      expect(await ready.json()).toMatchObject({
        status: 'not_ready',
        obstacles: [],
        primary: { answers: true },
        others: [{ cluster: 1, obstacles: ['primary_unreachable'], lane: { answers: true, depth: 1 } }],
      })
      const scraped = await first.fetch('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })
      const families = readOpenMetrics(await scraped.text())
      const gauge = (name: string, cluster: number) =>
        families.get(name)!.samples.get(`${name}{cluster="${cluster}"}`)
      expect([gauge('floe_primary_up', 0), gauge('floe_primary_up', 1)]).toEqual([1, 0])
      expect([gauge('floe_lane_depth', 0), gauge('floe_lane_depth', 1)]).toEqual([0, 1])
      expect([gauge('floe_lane_mood', 0), gauge('floe_lane_mood', 1)]).toEqual([0, 2])
      expect(gauge('floe_schema_fits', 1)).toBeUndefined()
    },
    { METRICS_TOKEN: TOKEN },
  ),
)

describe('a suppression for the platform', () => {
  const platform = (address: string) => ({ address, scope: 'platform', reason: 'legal' })
  const operatorOf = async (world: World) => {
    const permissions = [...SENDER_PERMISSIONS, 'platform_suppressions:write'] as const
    return { key: (await createKey(world.endpoint, world.keyring, world.path, permissions)).text }
  }

  test.for(['first', 'second'] as const)(
    'from a key of the %s cluster denies in both',
    async (name, { pair }) => {
      const own = { address: 'mine@example.com', scope: 'tenant', reason: 'manual' }
      const entries = [platform(`trap-of-${name}@example.com`), own]
      const operator = await operatorOf(pair[name])
      const { results } = await answered(await pair[name].call('/v1/suppressions', { entries }, operator))
      expect(results).toMatchObject([{ outcome: 'added' }, { outcome: 'added' }])
      for (const world of [pair.first, pair.second]) {
        expect(await world.check(`trap-of-${name}@example.com`)).toMatchObject({
          reason: 'legal',
          scope: 'platform',
        })
        const denied = (await world.check('mine@example.com')).decision
        expect(denied).toBe(world === pair[name] ? 'deny' : 'allow')
      }
    },
  )

  test('is refused while a cluster cannot take it, and the same again makes it whole, with one event in each', async ({
    pair: { first, second },
  }) => {
    const operator = await operatorOf(first)
    const address = 'trap-of-nobody@example.com'
    const add = () => first.call('/v1/suppressions', { entries: [platform(address)] }, operator)
    const addressId = new AddressIndexes(parseKey(first.indexKey)!).platform.id(addressHash(address))
    const rows = (world: OwnWorld) =>
      world.raw(
        `SELECT (SELECT count(*) FROM platform_suppression WHERE address_id = ?1),
          (SELECT count(*) FROM event WHERE type = 'suppression.added' AND address_id = ?1)`,
        [addressId],
      )
    await second.raw('ALTER TABLE platform_suppression RENAME TO away')
    const refused = await add()
    await second.raw('ALTER TABLE away RENAME TO platform_suppression')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await refused.json()).toMatchObject({ code: 'cluster.unavailable' })
    expect(await rows(second)).toEqual([[0, 0]])
    await answered(await add())
    await answered(await add())
    expect(await rows(first)).toEqual([[1, 1]])
    expect(await rows(second)).toEqual([[1, 1]])
    expect(await second.check(address)).toMatchObject({ decision: 'deny', scope: 'platform' })
  })
})

describe('with a setting that is wrong,', () => {
  /** Asks a Worker that has it, beside the one that runs: it is to write nothing. */
  async function withSetting(
    { first, second }: Pair,
    clusters: object[],
    act: (beside: Pick<World, 'fetch' | 'call'>) => Promise<void>,
  ): Promise<void> {
    const worker = await openWorker({ ...first.bindings, CLUSTERS: JSON.stringify(clusters) })
    const reach: World['fetch'] = (pathOrUrl, init) =>
      fetch(worker.url + pathOrUrl.replace(/^https:\/\/[^/]+/, ''), { redirect: 'manual', ...init })
    const { call } = askingAs(reach, second, second.endpoint)
    await first
      .writesNothing(() => second.writesNothing(() => act({ fetch: reach, call })))
      .finally(() => worker.stop())
  }

  test('what is genuine and of a cluster that no setting names is answered 503, never as gone, and nothing is written', async ({
    pair,
  }) => {
    const { first, second } = pair
    const { unsubscribeUrl, preferencesUrl } = await second.links('bob@example.com')
    const { confirmation } = await request(second, 'eve@example.com')
    const asks: [string, RequestInit][] = [
      [unsubscribeUrl, { method: 'POST' }],
      [unsubscribeUrl, {}],
      [preferencesUrl, form({ act: 'stop' })],
      [confirmation.confirmUrl, form({})],
      [confirmation.cancelUrl, { method: 'POST' }],
    ]
    await withSetting(pair, [], async beside => {
      for (const [url, init] of asks) {
        const answer = await beside.fetch(url, init)
        expect([url, answer.status, answer.headers.get('retry-after')]).toEqual([url, 503, '5'])
      }
      const check = await beside.call('/v1/check', { topic: 'news', addresses: [] })
      expect(await check.json()).toMatchObject({ status: 503, code: 'database.unavailable' })
      // What only looks like it is refused as anything is that nobody signed.
      const claim = { topic: 200 * 2 ** 24 + 1, addressId: new Uint8Array(12), ref: new Uint8Array() }
      const forged = mintToken(first.keyring, 'preferences', claim)
      expect((await beside.fetch(`/u/${forged}`, { method: 'POST' })).status).toBe(404)
      expect((await beside.fetch(`/c/${'A'.repeat(32)}`)).status).toBe(404)
      const key = `${second.apiKey.slice(0, -1)}${second.apiKey.endsWith('A') ? 'B' : 'A'}`
      expect((await beside.call('/v1/check', { topic: 'news', addresses: [] }, { key })).status).toBe(401)
    })
  })

  test('a setting that leads to the wrong database is noticed, and no click is answered for nothing', async ({
    pair,
  }) => {
    const { unsubscribeUrl } = await pair.second.links('bob@example.com')
    const mistaken = [{ number: 1, primary: pair.first.database.primaryUrl }]
    await withSetting(pair, mistaken, async beside => {
      expect((await beside.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(503)
      const ready = await readyz(beside)
      expect(ready.status).toBe(503)
      expect(await ready.json()).toMatchObject({
        obstacles: [],
        others: [{ obstacles: ['cluster_mistaken'] }],
      })
    })
  })
})

test('a host of a workspace in the second cluster serves its links alone', async ({
  pair: { first, second },
}) => {
  const host = 'mail.north.example'
  const planOf = ({ path }: World) => {
    const [tenant] = DEMO.tenants
    return {
      tenants: [
        {
          ...tenant!,
          name: path.split('/')[0]!,
          workspaces: [{ ...tenant!.workspaces[0]!, linkHost: host }],
        },
      ],
    }
  }
  await provision(second.endpoint, planOf(second), undefined, { cluster: 1, beside: [first.endpoint] })
  const pathOf = (url: string) => new URL(url).pathname
  const theirs = pathOf((await second.links('bob@example.com')).unsubscribeUrl)
  const mine = pathOf((await first.links('bob@example.com')).unsubscribeUrl)
  await first.writesNothing(async () => {
    expect((await askHost(first.url, host, mine, { method: 'POST' })).status).toBe(404)
    expect((await askHost(first.url, host, theirs, { method: 'POST' })).status).toBe(200)
  })
  // Of nobody's host every cluster is asked, and then every link works on it.
  expect((await askHost(first.url, 'old.example.com', mine, { method: 'POST' })).status).toBe(200)
  const again = provision(first.endpoint, planOf(first), undefined, { cluster: 0, beside: [second.endpoint] })
  await expect(again).rejects.toThrow('mail.north.example is the host of a workspace in another cluster')
})
